// A hostile text of nothing but anchors must cost about what any other text does: the bytes that all decoders write, at every
// depth, are counted, not the time.
#include <gtest/gtest.h>

#include "base/encoding.h"
#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;

std::string repeated(std::string_view unit, std::size_t size) {
  std::string text;
  text.reserve(size + unit.size());
  while (text.size() < size) text += unit;
  return text;
}

std::string encoded_again(std::string text, int times) {
  for (int i = 0; i < times; ++i) text = base64_encode(text);
  return text;
}

std::vector<std::pair<const char*, std::string>> hostile_units() {
  RandomText random(1);
  return {
      {"hf_", "hf_"},
      {"one alignment", "aGZf"},
      {"every alignment", "aGZfM"},
      {"every prefix pattern", "aGZfM2hmX0BoZl8xQ"},
      {"short runs", std::string("aGZfMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw\0", 41)},
      {"lines", repeated("aGZfM", 75) + "\n"},
      {"base64 of base64 of base64 of base64", encoded_again(repeated("hf_", 3000), 4)},
      {"hexadecimal", "68665f"},
      {"hexadecimal, odd", "68665f6"},
      {"escapes", "\\x68\\x66\\x5f"},
      {"escaped bodies", "hf_%41" + random.letters(30)},
      {"nested escapes", "hf%25252525255F" + random.letters(30)},
      {"backslashes", "hf\\\\\\\\\\\\\\\\_" + random.letters(30)},
      {"hexadecimal list", "68 66 5f "},
      {"decimal list", "104, 102, 95, "},
      {"octal list", "150 146 137 "},
      {"characters", "'h','f','_',"},
      {"wide", test::wide("hf_" + random.letters(30), 2, ByteOrder::little)},
      {"compressed, twice", "SDRzSUFBQUFBQUFB"},
      {"gzip headers", "H4sIAAAAAAACAw"},
  };
}

TEST(DecodedWork, IsLinearInTheSizeOfAHostileText) {
  constexpr std::uint64_t kMostPerByte = 12;
#ifdef NDEBUG
  constexpr std::size_t kSmall = std::size_t{1} << 18U;
#else
  constexpr std::size_t kSmall = std::size_t{1} << 16U;
#endif
  constexpr std::size_t kLarge = 8 * kSmall;
  for (const auto& [name, unit] : hostile_units()) {
    for (const std::size_t size : {kSmall, kLarge}) {
      const BlobResult result = test::detect(repeated(unit, size));
      EXPECT_LE(result.decoded_bytes, kMostPerByte * size) << name << ", " << size << " bytes";
    }
  }
}

TEST(DecodedWork, TokenAtTheEndOfAHostileTextIsFound) {
  RandomText random(2);
  for (const auto& [name, unit] : hostile_units()) {
    const std::string token = random.token();
    for (const std::string& dressed :
         {base64_encode("k=" + token + " "), hex_encode(token), test::replaced(token, "_", "%5F")}) {
      const std::string text = repeated(unit, std::size_t{1} << 17U) + "\n\"\n" + dressed + "\n";
      EXPECT_TRUE(test::finds(test::detect(text), token)) << name;
    }
  }
}

}  // namespace
}  // namespace hfscan
