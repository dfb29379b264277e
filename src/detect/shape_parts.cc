#include "detect/shape_parts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "detect/byte_classes.h"

namespace hfscan {
namespace {

using std::string_view;

// Directly before a token: an escape whose last character happens to be a letter or a digit, so that the token is not glued to
// a word. `before` ends where the token begins.
bool ends_in_escape(string_view before) {
  const auto hex_tail = [&](string_view lead, std::size_t digits) {
    if (before.size() < lead.size() + digits) return false;
    const string_view tail = before.substr(before.size() - lead.size() - digits);
    return tail.substr(0, lead.size()) == lead && run_length(tail, lead.size(), kHexClass, digits) == digits;
  };
  const auto letter_escape = [&] {
    constexpr string_view kLetters = "ntrbfv0";
    return before.size() >= 2 && before[before.size() - 2] == '\\' && kLetters.find(before.back()) != string_view::npos;
  };
  const auto ansi_colour = [&] {
    if (before.empty() || before.back() != 'm') return false;
    std::size_t i = before.size() - 1;
    while (i > 0 && ((before[i - 1] >= '0' && before[i - 1] <= '9') || before[i - 1] == ';')) --i;
    return i >= 2 && before[i - 1] == '[' && before[i - 2] == '\x1b';
  };
  // u00NN without its backslash: what is left after careless unescaping.
  return letter_escape() || hex_tail("\\x", 2) || hex_tail("\\u", 4) || hex_tail("\\U", 8) || hex_tail("%", 2) ||
         hex_tail("=", 2) || hex_tail("u00", 2) || ansi_colour();
}

}  // namespace

bool is_glued(std::string_view text, std::size_t begin) {
  if (begin == 0 || !is_alnum_ascii(text[begin - 1])) return false;
  constexpr std::size_t kLongestEscape = 12;
  const std::size_t from = begin - std::min(begin, kLongestEscape);
  return !ends_in_escape(text.substr(from, begin - from));
}

std::size_t web_token_length(std::string_view text, std::size_t position) {
  constexpr std::size_t kShortestPart = 10;
  // The payload: base64 of the 16 KiB that decode_jwt() reads. All three fit into the overlap of two windows.
  constexpr std::array<std::size_t, 3> kLongest = {8192, 22528, 8192};
  std::size_t end = position;
  for (std::size_t part = 0; part < kLongest.size(); ++part) {
    if (part > 0 && (end >= text.size() || text[end++] != '.')) return 0;
    const std::size_t run = run_length(text, end, kBase64UrlClass, kLongest.at(part));
    if (run < kShortestPart) return 0;
    end += run;
  }
  return end - position;
}

Credential plain_credential(std::string_view text, ByteSpan span, std::string_view canonical, CredentialKind kind) {
  return Credential{span,    Secret(canonical), kind,
                    "plain", BodyClass::token,  is_glued(text, static_cast<std::size_t>(span.begin))};
}

}  // namespace hfscan
