// Text that was hidden in other text: base64, hexadecimal, UTF-16. Keeps for every byte where it came from, so that a finding
// is reported in the original bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf.h"
#include "core/location.h"
#include "detect/anchors.h"

namespace hfscan {

struct DerivedText {
  std::string bytes;
  std::string encoding;               // base64 | hex | hex-escape | utf-16le | utf-16be | utf-32le | utf-32be
  std::vector<std::uint32_t> begins;  // begins[i]: offset in the parent of the first byte that encodes bytes[i]
  std::vector<std::uint32_t> ends;    // one past the last such byte

  void append(char byte, std::size_t begin, std::size_t end);
  // `span` of `bytes`, not empty, as the span of the parent that encodes it.
  [[nodiscard]] ByteSpan to_parent(ByteSpan span) const;
};

// What is encoded around an anchor of a kind other than the plain ones; base64 gives up to four candidates, one for each way in
// which the run can be aligned. Bounded: at most kMaxRun bytes on either side. Empty for the plain kinds.
std::vector<DerivedText> decode_around(std::string_view text, const Anchor& anchor);

// How the characters of a whole text are stored.
enum class TextEncoding { bytes, utf16_little, utf16_big, utf32_little, utf32_big };

// From a byte order mark, or from where the zero bytes stand among the first 4,096. `bytes` for everything else, UTF-8
// included.
TextEncoding detect_text_encoding(std::string_view head);

// The whole text as UTF-8. Only for the wide encodings. Unpaired surrogates become U+FFFD.
DerivedText transcode(std::string_view bytes, TextEncoding encoding);

}  // namespace hfscan
