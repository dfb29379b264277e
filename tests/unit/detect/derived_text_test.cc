#include "detect/derived_text.h"

#include <gtest/gtest.h>

#include <array>

#include "base/encoding.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;

// What was found in one decoded layer, and where the parent encodes it.
struct Found {
  bool found = false;
  ByteSpan parent;
  std::string encoding;
};

Found find_decoded(std::string_view text, std::string_view secret) {
  std::vector<Anchor> anchors;
  find_anchors(text, anchors);
  for (const Anchor& anchor : anchors) {
    for (const DerivedText& derived : decode_around(text, anchor)) {
      const std::size_t at = derived.bytes.find(secret);
      if (at != std::string::npos) return {true, derived.to_parent({at, at + secret.size()}), derived.encoding};
    }
  }
  return {};
}

std::string without_breaks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '\n' && c != '\r' && c != ' ' && c != '\t') out.push_back(c);
  }
  return out;
}

// Encodes `before + token + after` in base64 of the given alphabet and line width.
std::string encoded(RandomText& random, std::size_t before, const std::string& token, bool url, std::size_t columns) {
  const std::string plain = random.letters(before) + token + "\"\n" + random.bytes(random.below(60));
  const std::string line = url ? test::base64_url(plain) : base64_encode(plain);
  return columns == 0 ? line : test::wrapped(line, columns, columns % 2 == 0 ? "\n" : "\r\n    ");
}

// Whether a line of `columns` characters ends inside the few that encode the prefix of a token behind `before` bytes: an anchor
// is looked for in one piece.
bool cuts_anchor(std::size_t before, std::size_t columns) {
  const std::size_t first = before * 8 / 6;
  const std::size_t last = (before * 8 + 24 + 5) / 6;
  return columns != 0 && first / columns != last / columns;
}

TEST(DerivedText, Base64IsDecodedAtEveryAlignmentWrappingAndAlphabet) {
  RandomText random(1);
  for (std::size_t round = 0; round < 3000; ++round) {
    const std::string token = random.token();
    const std::array<std::size_t, 4> columns = {0, 64, 76, 33};
    std::size_t before = random.below(100);
    while (cuts_anchor(before, columns.at(round / 2 % 4))) ++before;
    const std::string text = "key: " + encoded(random, before, token, round % 2 == 0, columns.at(round / 2 % 4)) + " # end";
    const Found found = find_decoded(text, token);
    ASSERT_TRUE(found.found) << "round " << round;
    EXPECT_EQ(found.encoding, "base64");
    // The span holds whole characters, so it decodes to the token and at most a byte's bits on either side.
    const std::string part = without_breaks(text.substr(found.parent.begin, found.parent.size()));
    const std::string padding(before % 3 * 8 / 6, 'A');
    EXPECT_NE(base64_decode_lenient(padding + part).find(token.substr(1, 35)), std::string::npos) << "round " << round;
    EXPECT_LE(part.size(), 51U);
  }
}

TEST(DerivedText, TokenGluedToTheEncodedRunIsStillAligned) {
  RandomText random(2);
  for (std::size_t glued = 0; glued < 12; ++glued) {
    const std::string token = random.token();
    const std::string text = "/" + random.letters(glued) + "/" + base64_encode("a=" + token);
    EXPECT_TRUE(find_decoded(text, token).found) << glued;
  }
}

TEST(DerivedText, Base64TwiceGivesTheInnerRun) {
  RandomText random(3);
  for (int round = 0; round < 500; ++round) {
    const std::string inner = base64_encode(random.letters(random.below(9)) + random.token() + random.letters(random.below(9)));
    ASSERT_TRUE(find_decoded(base64_encode(random.letters(random.below(9)) + inner), inner).found) << round;
  }
}

TEST(DerivedText, JsonLineBreaksInsideBase64AreStepped) {
  RandomText random(4);
  for (std::size_t before = 0; before < 80; ++before) {
    if (cuts_anchor(before, 76)) continue;
    const std::string token = random.token();
    const std::string line = base64_encode(random.letters(before) + token + random.letters(50));
    EXPECT_TRUE(find_decoded("{\"data\": \"" + test::wrapped(line, 76, "\\n") + "\"}", token).found) << before;
  }
}

TEST(DerivedText, HexIsDecodedInEitherCase) {
  RandomText random(5);
  const std::string token = random.token();
  std::string upper = hex_encode("k=" + token + ";");
  for (char& c : upper) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  for (const std::string& hex : {hex_encode(token), hex_encode("k=" + token + ";"), upper, hex_encode(token) + "0"}) {
    const Found found = find_decoded("x " + hex + " y", token);
    ASSERT_TRUE(found.found);
    EXPECT_EQ(found.encoding, "hex");
    EXPECT_EQ(hex_decode(("x " + hex).substr(found.parent.begin, found.parent.size())), token);
  }
}

std::string each_byte(std::string_view bytes, std::string_view before, std::string_view after) {
  std::string out;
  for (const char c : bytes) out.append(before).append(hex_encode(std::string(1, c))).append(after);
  return out;
}

TEST(DerivedText, BytesWrittenOneByOneAreDecoded) {
  RandomText random(6);
  const std::array<std::pair<std::string_view, std::string_view>, 8> forms = {
      {{"\\x", ""}, {"0x", ", "}, {"0x", ","}, {"%", ""}, {"\\u00", ""}, {"&#x", ";"}, {"0x", ",\n    "}, {"'\\x", "', "}}};
  for (const auto& [before, after] : forms) {
    const std::string token = random.token();
    const std::string text = "c = " + each_byte(token, before, after) + " ;";
    const Found found = find_decoded(text, token);
    ASSERT_TRUE(found.found) << before;
    EXPECT_EQ(found.encoding, "hex-escape");
    EXPECT_GE(found.parent.begin, 4U);
    EXPECT_LE(found.parent.end, text.size() - 2);
    EXPECT_GE(found.parent.size(), 37 * (before.size() + 2) - before.size()) << before;
  }
}

TEST(DerivedText, WideTokenInsideBinaryDataIsDecodedInEveryWidthAndOrder) {
  RandomText random(7);
  for (const std::size_t width : {2U, 4U}) {
    for (const ByteOrder order : {ByteOrder::little, ByteOrder::big}) {
      const std::string token = random.token();
      const std::string wide = test::wide("k=" + token + ";", width, order);
      const std::string text = "\x01\x02\x03\xff" + std::string("\x04\x05\x06\x07") + wide + "\xfe\xfe\xfe\xfe";
      const Found found = find_decoded(text, token);
      ASSERT_TRUE(found.found) << width;
      EXPECT_EQ(found.parent, (ByteSpan{8 + 2 * width, 8 + 39 * width})) << found.encoding;
    }
  }
}

TEST(DerivedText, PlainKindsHaveNothingToDecode) {
  for (const AnchorKind kind : {AnchorKind::prefix, AnchorKind::escaped_prefix, AnchorKind::org_prefix, AnchorKind::app_secret,
                                AnchorKind::s3_key_id}) {
    EXPECT_TRUE(decode_around(RandomText(8).token(), {0, kind}).empty());
  }
}

TEST(DerivedText, AnyTextAroundAnAnchorGivesSpansInsideTheText) {
  RandomText random(9);
  for (int round = 0; round < 3000; ++round) {
    std::string text = random.of("aGZf68665fxX\\0%u &#;,hf_\"n\n\r =/+", 300);
    std::vector<Anchor> anchors;
    find_anchors(text, anchors);
    for (const Anchor& anchor : anchors) {
      for (const DerivedText& derived : decode_around(text, anchor)) {
        for (std::size_t i = 0; i < derived.bytes.size(); ++i) {
          const ByteSpan parent = derived.to_parent({i, i + 1});
          ASSERT_LT(parent.begin, parent.end);
          ASSERT_LE(parent.end, text.size());
        }
      }
    }
  }
}

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
