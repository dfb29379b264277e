// Random tokens and the dresses in which text formats put them, made at run time so that no token-shaped literal stands in a
// file. A seed always gives the same text.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "base/encoding.h"
#include "base/utf.h"

namespace hfscan::test {

class RandomText {
 public:
  explicit RandomText(std::uint64_t seed) : engine_(seed) {}

  // 0 .. limit - 1. Not std::uniform_int_distribution, whose sequence differs between standard libraries.
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_() % limit); }

  std::string of(std::string_view alphabet, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text.push_back(alphabet[below(alphabet.size())]);
    return text;
  }
  std::string letters(std::size_t count) { return of(kLetters, count); }
  std::string bytes(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text.push_back(static_cast<char>(below(256)));
    return text;
  }
  std::string token() { return "hf_" + letters(34); }

  static constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  static constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

 private:
  std::mt19937_64 engine_;
};

inline std::string base64_url(std::string_view bytes) {
  std::string encoded = base64_encode(bytes);
  while (!encoded.empty() && encoded.back() == '=') encoded.pop_back();
  for (char& c : encoded) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return encoded;
}

// In lines of `columns` characters, each ended by `line_end`.
inline std::string wrapped(std::string_view text, std::size_t columns, std::string_view line_end) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += columns) out.append(text.substr(i, columns)).append(line_end);
  return out;
}

inline void append_unit(std::string& out, std::uint32_t value, std::size_t width, ByteOrder order) {
  for (std::size_t i = 0; i < width; ++i) {
    const std::size_t shift = 8 * (order == ByteOrder::little ? i : width - 1 - i);
    out.push_back(static_cast<char>(value >> shift & 0xFFU));
  }
}

// UTF-8 as units of 2 or 4 bytes.
inline std::string wide(std::string_view utf8, std::size_t width, ByteOrder order) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size();) {
    const DecodedCharacter character = decode_utf8(utf8, i);
    i += character.length;
    const auto value = static_cast<std::uint32_t>(character.value);
    if (width == 2 && value > 0xFFFF) {
      append_unit(out, 0xD800 + ((value - 0x10000) >> 10U), 2, order);
      append_unit(out, 0xDC00 + ((value - 0x10000) & 0x3FFU), 2, order);
    } else {
      append_unit(out, value, width, order);
    }
  }
  return out;
}

inline std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace hfscan::test
