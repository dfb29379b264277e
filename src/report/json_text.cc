#include "report/json_text.h"

#include <array>
#include <cstdio>

#include "base/encoding.h"
#include "base/text.h"
#include "base/utf.h"

namespace hfscan {
namespace {

// JSON itself escapes everything below U+0020 within strings. Whatever else a terminal could act on is at most U+FFFF.
bool acts_on_terminals(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character.front());
  if (lead < 0x7F) return false;
  return escape_for_display(character) != character;
}

std::string as_escape(char32_t character) {
  std::array<char, 8> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "\\u%04x", static_cast<unsigned>(character) & 0xFFFFU);
  return buffer.data();
}

}  // namespace

std::string escape_for_terminals(std::string_view dumped) {
  std::string out;
  out.reserve(dumped.size());
  for (std::size_t i = 0; i < dumped.size();) {
    const DecodedCharacter next = decode_utf8(dumped, i);
    const std::string_view raw = dumped.substr(i, next.length);
    if (acts_on_terminals(raw)) {
      out += as_escape(next.value);
    } else {
      out += raw;
    }
    i += next.length;
  }
  return out;
}

void add_path(Json& object, std::string_view path) {
  object["path"] = to_valid_utf8(path);
  if (!is_valid_utf8(path)) object["path_base64"] = base64_encode(path);
}

}  // namespace hfscan
