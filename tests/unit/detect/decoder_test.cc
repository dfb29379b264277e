#include "detect/decoder.h"

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
  Gunzip gunzip;
  Decoder decoder(text, gunzip);
  for (const Anchor& anchor : anchors) {
    for (const DerivedText& derived : decoder.decode(anchor)) {
      const std::size_t at = derived.bytes.find(secret);
      if (at == std::string::npos) continue;
      const ByteSpan span{at, at + secret.size()};
      return {true, derived.to_parent(span), std::string(derived.encoding_of(span, text))};
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

TEST(Decoder, Base64IsDecodedAtEveryAlignmentWrappingAndAlphabet) {
  RandomText random(1);
  for (std::size_t round = 0; round < 3000; ++round) {
    const std::string token = random.token();
    const std::array<std::size_t, 4> columns = {0, 64, 76, 33};
    const std::size_t before = random.below(100);
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

TEST(Decoder, TokenGluedToTheEncodedRunIsStillAligned) {
  RandomText random(2);
  for (std::size_t glued = 0; glued < 12; ++glued) {
    const std::string token = random.token();
    const std::string text = "/" + random.letters(glued) + "/" + base64_encode("a=" + token);
    EXPECT_TRUE(find_decoded(text, token).found) << glued;
  }
}

TEST(Decoder, Base64TwiceGivesTheInnerRun) {
  RandomText random(3);
  for (int round = 0; round < 500; ++round) {
    const std::string inner = base64_encode(random.letters(random.below(9)) + random.token() + random.letters(random.below(9)));
    ASSERT_TRUE(find_decoded(base64_encode(random.letters(random.below(9)) + inner), inner).found) << round;
  }
}

TEST(Decoder, JsonLineBreaksInsideBase64AreStepped) {
  RandomText random(4);
  for (std::size_t before = 0; before < 80; ++before) {
    const std::string token = random.token();
    const std::string line = base64_encode(random.letters(before) + token + random.letters(50));
    EXPECT_TRUE(find_decoded("{\"data\": \"" + test::wrapped(line, 76, "\\n") + "\"}", token).found) << before;
  }
}

TEST(Decoder, HexIsDecodedInEitherCase) {
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

TEST(Decoder, BytesWrittenOneByOneAreDecoded) {
  struct Form {
    std::string_view before;
    std::string_view after;
    std::string_view encoding;
  };
  RandomText random(6);
  for (const auto& [before, after, encoding] : std::initializer_list<Form>{
           {"\\x", "", "hex-escape"},
           {"\\x{", "}", "hex-escape"},
           {"\\u00", "", "unicode-escape"},
           {"\\U000000", "", "unicode-escape"},
           {"\\u{", "}", "unicode-escape"},
           {"%", "", "percent"},
           {"%u00", "", "percent"},
           {"&#x", ";", "html-entity"},
           {"&#X", ";", "html-entity"},
           {"=", "", "quoted-printable"},
           {"0x", ", ", "hex-list"},
           {"0x", ",", "hex-list"},
           {"0x", ",\n    ", "hex-list"},
           {"'\\x", "', ", "hex-list"},
           {"", " ", "hex-list"},
           {"", ":", "hex-list"},
           {"", "-", "hex-list"},
           {"chr(0x", ") + ", "hex-list"},
       }) {
    const std::string token = random.token();
    const std::string text = "c = " + each_byte(token, before, after) + " ;";
    const Found found = find_decoded(text, token);
    ASSERT_TRUE(found.found) << before << ' ' << after;
    EXPECT_EQ(found.encoding, encoding) << before;
    EXPECT_GE(found.parent.begin, 4U);
    EXPECT_LE(found.parent.end, text.size() - 2);
    EXPECT_GE(found.parent.size(), 37 * (before.size() + 2) - before.size()) << before;
  }
}

TEST(Decoder, WideTokenInsideBinaryDataIsDecodedInEveryWidthAndOrder) {
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

TEST(Decoder, PlainKindsHaveNothingToDecode) {
  for (const AnchorKind kind : {AnchorKind::prefix, AnchorKind::org_prefix, AnchorKind::app_secret, AnchorKind::s3_key_id}) {
    const std::string token = RandomText(8).token();
    Gunzip gunzip;
    EXPECT_TRUE(Decoder(token, gunzip).decode({0, kind}).empty());
  }
}

TEST(Decoder, AnyTextAroundAnAnchorGivesSpansInsideTheText) {
  RandomText random(9);
  for (int round = 0; round < 3000; ++round) {
    std::string text = random.of("aGZf68665fxX\\0%u &#;,hf_\"n\n\r =/+", 300);
    std::vector<Anchor> anchors;
    find_anchors(text, anchors);
    Gunzip gunzip;
    Decoder decoder(text, gunzip);
    for (const Anchor& anchor : anchors) {
      for (const DerivedText& derived : decoder.decode(anchor)) {
        for (std::size_t i = 0; i < derived.bytes.size(); ++i) {
          const ByteSpan parent = derived.to_parent({i, i + 1});
          ASSERT_LT(parent.begin, parent.end);
          ASSERT_LE(parent.end, text.size());
        }
      }
    }
  }
}

}  // namespace
}  // namespace hfscan
