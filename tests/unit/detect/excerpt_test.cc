#include "detect/excerpt.h"

#include <gtest/gtest.h>

#include "base/encoding.h"
#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;

// Whether any eight neighbouring characters of the secret stand in one of the lines.
bool shows(const Excerpt& excerpt, std::string_view secret) {
  constexpr std::size_t kTelling = 8;
  for (const std::string& line : excerpt.lines) {
    for (std::size_t i = 0; i + kTelling <= secret.size(); ++i) {
      if (line.find(secret.substr(i, kTelling)) != std::string::npos) return true;
    }
  }
  return false;
}

TEST(ExcerptTest, HitAndItsNeighboursAreShownMasked) {
  const std::string token = RandomText(1).token();
  const BlobResult result = test::detect("one\ntwo\n\tk = '" + token + "';\r\nfour\nfive\n");
  ASSERT_EQ(result.findings.size(), 1U);
  const Excerpt& excerpt = result.findings[0].excerpt;
  EXPECT_EQ(excerpt.lines, (std::vector<std::string>{"two", "    k = 'hf_…(37)';", "four"}));
  EXPECT_EQ(excerpt.first_line, 2U);
  EXPECT_EQ(excerpt.hit_line, 1U);
  EXPECT_EQ(excerpt.lines[1].substr(excerpt.mark_begin, excerpt.mark_end - excerpt.mark_begin), "hf_…(37)");
}

TEST(ExcerptTest, HitThatIsNoSecretIsMarkedToo) {
  const std::string text = "one\n\thf login -t x $\n";
  const TextLayer layer(text, TextEncoding::bytes, WindowStart{});
  const std::size_t begin = text.find("hf");
  const Excerpt excerpt = make_excerpt(layer, {begin, text.find(" $")}, 2, {});
  EXPECT_EQ(excerpt.lines[1], "    hf login -t x $");
  EXPECT_EQ(excerpt.lines[1].substr(excerpt.mark_begin, excerpt.mark_end - excerpt.mark_begin), "hf login -t x");
}

TEST(ExcerptTest, MaskWithinAHitIsPartOfItsMark) {
  const std::string text = "run -t SECRET now; next\n";
  const TextLayer layer(text, TextEncoding::bytes, WindowStart{});
  const std::size_t secret = text.find("SECRET");
  const Excerpt excerpt = make_excerpt(layer, {4, text.find(';')}, 1, {{{secret, secret + 6}, "*"}});
  EXPECT_EQ(excerpt.lines[0], "run -t * now; next");
  EXPECT_EQ(excerpt.lines[0].substr(excerpt.mark_begin, excerpt.mark_end - excerpt.mark_begin), "-t * now");
}

TEST(ExcerptTest, BinaryDataShowsNothing) {
  const BlobResult result = test::detect(std::string(9, '\0') + RandomText(2).token() + "q");
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_TRUE(result.findings[0].excerpt.lines.empty());
}

TEST(ExcerptTest, ControlCharactersAreEscapedAndLongLinesCut) {
  const BlobResult result =
      test::detect("\x1b[31m" + std::string(9000, 'a') + " " + RandomText(3).token() + " " + std::string(9000, 'b'));
  ASSERT_EQ(result.findings.size(), 1U);
  const Excerpt& excerpt = result.findings[0].excerpt;
  ASSERT_EQ(excerpt.lines.size(), 1U);
  EXPECT_LT(excerpt.lines[0].size(), 200U);
  EXPECT_TRUE(excerpt.lines[0].starts_with("…"));
  EXPECT_TRUE(excerpt.lines[0].ends_with("…"));
}

TEST(ExcerptTest, WhatHasAPrefixButTheWrongLengthIsCutToo) {
  RandomText random(4);
  const std::string other = "hf_" + random.letters(36);
  const BlobResult result = test::detect("k=" + random.token() + "\nbroken=" + other + "\n");
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_FALSE(shows(result.findings[0].excerpt, other));
}

// Tokens in every dress, several on neighbouring lines, with short and very long stretches between them.
struct DressedText {
  std::string text;
  std::vector<std::string> secrets;  // what no excerpt may show: the tokens and what they are encoded as
};

DressedText dressed_text(RandomText& random) {
  DressedText result;
  for (int i = 0; i < 6; ++i) {
    const std::string token = random.token();
    std::string dressed = token;
    switch (random.below(6)) {
      case 0: dressed = test::wrapped(base64_encode("k=" + token + ";v"), 20 + random.below(40), "\n"); break;
      case 1: dressed = base64_encode(token); break;
      case 2: dressed = hex_encode(token); break;
      case 3: dressed = test::replaced(token, "_", "%5F"); break;
      case 4: dressed = token.substr(0, 18) + "\" +\n  \"" + token.substr(18) + "\""; break;
      default: break;
    }
    result.text += random.of(" .,", random.below(2) == 0 ? random.below(10) : random.below(300)) + "\"" + dressed + "\"";
    if (random.below(3) != 0) result.text += "\n";
    result.secrets.push_back(token.substr(3));
    if (test::finds(test::detect("\"" + dressed + "\"\n"), token)) result.secrets.push_back(test::replaced(dressed, "\n", ""));
  }
  return result;
}

TEST(ExcerptTest, NoExcerptShowsAnySecretInAnyDress) {
  RandomText random(5);
  for (int round = 0; round < 600; ++round) {
    const DressedText dressed = dressed_text(random);
    for (const Finding& finding : test::detect(dressed.text).findings) {
      for (const std::string& secret : dressed.secrets) {
        // The characters around the token in its base64 run hold no byte of it alone.
        ASSERT_FALSE(shows(finding.excerpt, secret)) << "round " << round;
      }
      for (const std::string& line : finding.excerpt.lines) ASSERT_LT(line.size(), 1000U);
    }
  }
}

// A window of a large blob may begin inside a token of the line before the hit.
TEST(ExcerptTest, TokenCutByTheStartOfAWindowIsNotShown) {
  RandomText random(6);
  std::string text(Detector::kWholeBlob + (std::size_t{1} << 20U), '.');
  const std::size_t window = Detector::kWholeBlob - 128 * 1024;
  std::vector<std::string> tokens;
  tokens.push_back(random.token());
  text.replace(window - 12, 39, " " + tokens[0] + " ");
  text[window + 64 * 1024 + 100] = '\n';
  tokens.push_back(random.token());
  text.replace(window + 64 * 1024 + 110, 39, " " + tokens[1] + " ");
  test::ChunkedContent content(text, 1U << 20U, 1);
  Detector::Scratch scratch;
  const BlobResult result = test::builtin_detector().scan(content, {}, scratch);
  ASSERT_EQ(result.findings.size(), 2U);
  for (const Finding& finding : result.findings) {
    for (const std::string& token : tokens) EXPECT_FALSE(shows(finding.excerpt, token.substr(3)));
  }
}

// The next line holds the beginning of a token of which nobody can know more.
TEST(ExcerptTest, TokenCutByTheEndOfWhatCouldBeReadIsNotShown) {
  RandomText random(7);
  const std::string token = random.token();
  for (const std::string& other :
       {random.token(), "hf_jwt_eyJ" + random.letters(300), base64_encode(random.token()), random.letters(128)}) {
    for (std::size_t length = 12; length < std::min<std::size_t>(other.size(), 40); ++length) {
      for (const std::string_view between : {"\nnext = ", " next = "}) {
        const std::string text = "k = " + token + std::string(between) + other;
        test::ChunkedContent content(text, 100, length);
        content.fail_at(text.size() - other.size() + length);
        Detector::Scratch scratch;
        const BlobResult result = test::builtin_detector().scan(content, {}, scratch);
        ASSERT_TRUE(test::finds(result, token));
        for (const Finding& finding : result.findings) EXPECT_FALSE(shows(finding.excerpt, other)) << length;
      }
    }
  }
}

TEST(ExcerptTest, TokenCutByTheEndOfAWindowIsNotShown) {
  RandomText random(8);
  std::string text(Detector::kWholeBlob + (std::size_t{1} << 20U), '.');
  const std::string first = random.token();
  const std::string second = random.token();
  text.replace(Detector::kWholeBlob - 64 * 1024 - 100, 39, " " + first + " ");
  text.replace(Detector::kWholeBlob - 18, 40, "\nk=" + second);
  test::ChunkedContent content(text, 1U << 20U, 1);
  Detector::Scratch scratch;
  const BlobResult result = test::builtin_detector().scan(content, {}, scratch);
  ASSERT_EQ(result.findings.size(), 2U);
  for (const Finding& finding : result.findings) EXPECT_FALSE(shows(finding.excerpt, second.substr(3)));
}

// A long line is cut to the surroundings of the hit, perhaps within a body that is no token.
TEST(ExcerptTest, BodyThatTheShownPartOfALineCutsIsNotShown) {
  RandomText random(9);
  const std::string token = random.token();
  for (const std::string& other :
       {"hf_" + random.letters(80), "hf_app_" + random.letters(40), "hf_jwt_eyJ" + random.letters(70)}) {
    for (std::size_t gap = 1; gap < 70; ++gap) {
      const std::string filler(400, ',');
      const std::string space(gap, ' ');
      const BlobResult result = test::detect(filler + other + space + token + space + other + filler + "\n");
      ASSERT_TRUE(test::finds(result, token));
      for (const Finding& finding : result.findings) EXPECT_FALSE(shows(finding.excerpt, other)) << gap;
    }
  }
}

}  // namespace
}  // namespace hfscan
