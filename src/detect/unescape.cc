// Tested by tests/unit/detect/unescape_test.cc.
#include "detect/unescape.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/utf.h"
#include "detect/escapes.h"
#include "detect/joints.h"

namespace hfscan {
namespace {

using std::string_view;

bool begins_escape(char c) { return c == '\\' || c == '%' || c == '&' || c == '=' || c == '{'; }

// Beside a credential fewer escapes are undone than in it: `=20` after a name is an assignment unless quoted-printable must
// write it so, and `\d` or `%d0` of a pattern shall stay readable.
bool undone_beside(const Escape& escape) {
  constexpr string_view kQuotedPrintable = "= \"";
  constexpr string_view kBackslash = "\n\t\r\"'/`$\\";
  const bool ascii = escape.character < 0x80;
  const char c = ascii ? static_cast<char>(escape.character) : '\0';
  switch (escape.kind) {
    case EscapeKind::backslash: return kBackslash.find(c) != string_view::npos;
    case EscapeKind::quoted_printable: return kQuotedPrintable.find(c) != string_view::npos;
    default: return ascii;
  }
}

// Two digits of these stand for a byte, which may be a part of a character; all others for a character.
bool is_byte(const Escape& escape) {
  const bool of_bytes = escape.kind == EscapeKind::hex || escape.kind == EscapeKind::octal ||
                        escape.kind == EscapeKind::percent || escape.kind == EscapeKind::quoted_printable;
  return of_bytes && escape.character < 0x100;
}

}  // namespace

std::string undo_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t visible = text[i] == '\x1b' ? skip_invisible(text, i) : i;
    if (visible != i) {
      i = visible;
      continue;
    }
    const std::optional<Escape> escape = begins_escape(text[i]) ? escape_at(text, i) : std::nullopt;
    const bool undone = escape && undone_beside(*escape);
    out.push_back(undone ? static_cast<char>(escape->character) : text[i]);
    i = undone ? escape->end : i + 1;
  }
  return out;
}

DerivedText undress(std::string_view text, std::size_t begin, std::size_t end) {
  DerivedText derived;
  derived.encoding = DerivedText::kEscapes;
  end = std::min(end, text.size());
  derived.reserve(end - begin);
  std::string utf8;
  for (std::size_t i = begin; i < end;) {
    const std::optional<Escape> escape = begins_escape(text[i]) ? escape_at(text, i) : std::nullopt;
    if (!escape) {
      derived.append(text[i], i, i + 1);
      ++i;
      continue;
    }
    utf8.clear();
    if (is_byte(*escape))
      utf8.push_back(static_cast<char>(escape->character));
    else
      append_utf8(utf8, escape->character);
    for (const char byte : utf8) derived.append(byte, i, escape->end);
    i = escape->end;
  }
  return derived;
}

}  // namespace hfscan
