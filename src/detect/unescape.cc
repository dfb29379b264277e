#include "detect/unescape.h"

#include <array>
#include <optional>
#include <utility>

#include "base/encoding.h"
#include "detect/byte_classes.h"

namespace hfscan {
namespace {

using std::string_view;

struct Unescaped {
  char byte;  // '\0': dropped
  std::size_t length;
};

std::optional<char> hex_byte(string_view text, std::size_t position) {
  if (run_length(text, position, kHexClass, 2) != 2) return std::nullopt;
  return (*hex_decode(text.substr(position, 2)))[0];
}

std::optional<Unescaped> backslash(string_view text, std::size_t i) {
  if (i + 1 >= text.size()) return std::nullopt;
  switch (text[i + 1]) {
    case 'n': return Unescaped{'\n', 2};
    case 't': return Unescaped{'\t', 2};
    case 'r': return Unescaped{'\r', 2};
    case '"':
    case '\'':
    case '/':
    case '`':
    case '$':
    case '\\': return Unescaped{text[i + 1], 2};
    case 'u':
      if (starts_with_at(text, i + 2, "00")) {
        if (const auto byte = hex_byte(text, i + 4)) return Unescaped{*byte, 6};
      }
      return std::nullopt;
    case 'x':
      if (const auto byte = hex_byte(text, i + 2)) return Unescaped{*byte, 4};
      return std::nullopt;
    default: return std::nullopt;
  }
}

std::optional<Unescaped> entity(string_view text, std::size_t i) {
  static constexpr std::array<std::pair<string_view, char>, 8> kEntities = {{
      {"&quot;", '"'},
      {"&apos;", '\''},
      {"&#39;", '\''},
      {"&#34;", '"'},
      {"&lt;", '<'},
      {"&gt;", '>'},
      {"&amp;", '&'},
      {"&#61;", '='},
  }};
  for (const auto& [name, byte] : kEntities) {
    if (starts_with_at(text, i, name)) return Unescaped{byte, name.size()};
  }
  return std::nullopt;
}

std::optional<Unescaped> ansi_colour(string_view text, std::size_t i) {
  if (!starts_with_at(text, i, "\x1b[")) return std::nullopt;
  std::size_t end = i + 2;
  while (end < text.size() && ((text[end] >= '0' && text[end] <= '9') || text[end] == ';')) ++end;
  if (end >= text.size() || text[end] != 'm') return std::nullopt;
  return Unescaped{'\0', end + 1 - i};
}

std::optional<Unescaped> escape_at(string_view text, std::size_t i) {
  switch (text[i]) {
    case '\\': return backslash(text, i);
    case '&': return entity(text, i);
    case '\x1b': return ansi_colour(text, i);
    case '%':
      if (const auto byte = hex_byte(text, i + 1)) return Unescaped{*byte, 3};
      return std::nullopt;
    case '=':
      // Only what quoted-printable must encode; `=20` after a name is otherwise an assignment.
      for (const string_view code : {string_view("=3D"), string_view("=20"), string_view("=22")}) {
        if (starts_with_at(text, i, code)) return Unescaped{*hex_byte(text, i + 1), 3};
      }
      return std::nullopt;
    default: return std::nullopt;
  }
}

}  // namespace

std::string undo_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::optional<Unescaped> found = escape_at(text, i);
    if (!found)
      out.push_back(text[i]);
    else if (found->byte != '\0')
      out.push_back(found->byte);
    i += found ? found->length : 1;
  }
  return out;
}

}  // namespace hfscan
