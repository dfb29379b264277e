#include "detect/derived_text.h"

#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

TEST(TextEncodingTest, MarksAndZeroBytesDecide) {
  const std::string text = "HF_TOKEN=something\r\n";
  EXPECT_EQ(detect_text_encoding(test::wide("\xef\xbb\xbf" + text, 2, ByteOrder::little)), TextEncoding::utf16_little);
  EXPECT_EQ(detect_text_encoding(test::wide("\xef\xbb\xbf" + text, 2, ByteOrder::big)), TextEncoding::utf16_big);
  EXPECT_EQ(detect_text_encoding(test::wide("\xef\xbb\xbf" + text, 4, ByteOrder::little)), TextEncoding::utf32_little);
  EXPECT_EQ(detect_text_encoding(test::wide("\xef\xbb\xbf" + text, 4, ByteOrder::big)), TextEncoding::utf32_big);
  EXPECT_EQ(detect_text_encoding(test::wide(text, 2, ByteOrder::little)), TextEncoding::utf16_little);
  EXPECT_EQ(detect_text_encoding(test::wide(text, 2, ByteOrder::big)), TextEncoding::utf16_big);
  EXPECT_EQ(detect_text_encoding("\xef\xbb\xbf" + text), TextEncoding::bytes);
  EXPECT_EQ(detect_text_encoding(""), TextEncoding::bytes);
  EXPECT_EQ(detect_text_encoding(std::string(5000, '\0')), TextEncoding::bytes);
}

TEST(Transcode, EveryCharacterKnowsItsUnits) {
  const std::string utf8 = "a\xc3\xa4\xe4\xbb\xa4\xf0\x9f\x98\x80z";
  for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
    const bool little = order == ByteOrder::little;
    const DerivedText narrow =
        transcode(test::wide(utf8, 2, order), little ? TextEncoding::utf16_little : TextEncoding::utf16_big);
    EXPECT_EQ(narrow.bytes, utf8);
    EXPECT_EQ(narrow.to_parent({6, 10}), (ByteSpan{6, 10}));  // the astral character: two units
    EXPECT_EQ(narrow.to_parent({10, 11}), (ByteSpan{10, 12}));
    const DerivedText full =
        transcode(test::wide(utf8, 4, order), little ? TextEncoding::utf32_little : TextEncoding::utf32_big);
    EXPECT_EQ(full.bytes, utf8);
    EXPECT_EQ(full.to_parent({3, 6}), (ByteSpan{8, 12}));
  }
}

TEST(Transcode, UnpairedSurrogatesAndALoneByteAreHarmless) {
  const std::string replacement = "\xef\xbf\xbd";
  EXPECT_EQ(transcode(std::string("\0\xd8"
                                  "a\0",
                                  4),
                      TextEncoding::utf16_little)
                .bytes,
            replacement + "a");
  EXPECT_EQ(transcode(std::string("\0\xdc"
                                  "a",
                                  3),
                      TextEncoding::utf16_little)
                .bytes,
            replacement);
  EXPECT_EQ(transcode(std::string("\xff\xff\xff\xff", 4), TextEncoding::utf32_big).bytes, replacement);
}

}  // namespace
}  // namespace hfscan
