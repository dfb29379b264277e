// Text that was hidden in other text: base64, hexadecimal, escapes, UTF-16. Keeps for every byte where it came from, so that a
// finding is reported in the original bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/location.h"

namespace hfscan {

struct DerivedText {
  // As `encoding`, of text with escapes undone: each place says which escape it was.
  static constexpr const char* kEscapes = "escapes";

  std::string bytes;
  std::string encoding;               // docs/detection.md lists the names
  std::vector<std::uint32_t> begins;  // begins[i]: offset in the parent of the first byte that encodes bytes[i]
  std::vector<std::uint32_t> ends;    // one past the last such byte
  std::optional<ByteSpan> whole;      // in place of begins and ends, when only the whole can be located: what was compressed
  std::string limit;                  // why not all was decoded ("holds more than ..."); empty when all was

  void reserve(std::size_t size);
  void append(char byte, std::size_t begin, std::size_t end);
  // `span` of `bytes`, not empty, as the span of the parent that encodes it.
  [[nodiscard]] ByteSpan to_parent(ByteSpan span) const;
  // How `span` is encoded in `parent`; "plain" when no escape was undone in it.
  [[nodiscard]] std::string_view encoding_of(ByteSpan span, std::string_view parent) const;
};

// How the characters of a whole text are stored.
enum class TextEncoding { bytes, utf16_little, utf16_big, utf32_little, utf32_big };

// From a byte order mark, or from where the zero bytes stand among the first 4,096. `bytes` for everything else, UTF-8
// included.
TextEncoding detect_text_encoding(std::string_view head);

// The whole text as UTF-8. Only for the wide encodings. Unpaired surrogates become U+FFFD.
DerivedText transcode(std::string_view bytes, TextEncoding encoding);

}  // namespace hfscan
