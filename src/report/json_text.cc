#include "report/json_text.h"

#include <array>
#include <cstdio>

#include "base/encoding.h"
#include "base/text.h"
#include "base/utf.h"

namespace hfscan {
namespace {

// JSON itself escapes everything below U+0020 within strings. Whatever else a terminal could act on is at most U+FFFF.
bool is_harmless_ascii(char c) { return static_cast<unsigned char>(c) < 0x7F; }

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
    if (is_harmless_ascii(dumped[i])) {
      out += dumped[i++];
      continue;
    }
    const DecodedCharacter next = decode_utf8(dumped, i);
    const std::string_view raw = dumped.substr(i, next.length);
    out += escape_for_display(raw) == raw ? std::string(raw) : as_escape(next.value);
    i += next.length;
  }
  return out;
}

void add_path(Json& object, std::string_view path) {
  object["path"] = to_valid_utf8(path);
  if (!is_valid_utf8(path)) object["path_base64"] = base64_encode(path);
}

}  // namespace hfscan
