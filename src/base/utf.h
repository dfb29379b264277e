// UTF-8 and UTF-16, as the borders of the program need them: bytes inside, UTF-16 code units in SARIF, U+FFFD for bad bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hfscan {

constexpr char32_t kReplacementCharacter = 0xFFFD;

struct DecodedCharacter {
  char32_t value;      // U+FFFD for an ill-formed sequence
  std::size_t length;  // bytes consumed, at least 1; for an ill-formed sequence its maximal subpart (Unicode 15, table 3-8)
  bool valid;
};

// `position` < text.size().
DecodedCharacter decode_utf8(std::string_view text, std::size_t position);

void append_utf8(std::string& out, char32_t character);

[[nodiscard]] bool is_valid_utf8(std::string_view text);

// Every ill-formed sequence replaced by U+FFFD.
std::string to_valid_utf8(std::string_view text);

// Number of UTF-16 code units of the text, ill-formed sequences counting as one.
std::uint64_t utf16_length(std::string_view text);

enum class ByteOrder { little, big };

// Transcodes; unpaired surrogates and a lone last byte become U+FFFD.
std::string utf16_to_utf8(std::string_view bytes, ByteOrder order);

}  // namespace hfscan
