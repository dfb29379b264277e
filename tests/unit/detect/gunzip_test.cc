#include "detect/gunzip.h"

#include <gtest/gtest.h>

#include "base/encoding.h"
#include "support/detection.h"
#include "support/gzip_text.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::gzip_of;
using test::RandomText;

TEST(Gunzip, TokenInCompressedTextIsFoundAtTheRun) {
  RandomText random(1);
  for (int round = 0; round < 50; ++round) {
    const std::string token = random.token();
    const std::string run =
        base64_encode(gzip_of(random.letters(random.below(300)) + "\nHF_TOKEN=" + token + "\n" + random.letters(50)));
    for (const std::string& text :
         {"data: " + run + "\n", test::wrapped(run, 76, "\n"), "\"" + test::wrapped(run, 64, "\\n") + "\""}) {
      const BlobResult result = test::detect(text);
      ASSERT_TRUE(test::finds(result, token));
      EXPECT_EQ(result.findings[0].secret->encoding, "base64+gzip");
      EXPECT_EQ(result.findings[0].location.span.begin, text.find("H4sI"));
      EXPECT_TRUE(result.gave_up.empty());
    }
  }
}

TEST(Gunzip, HelmReleaseIsUnpacked) {
  RandomText random(2);
  const std::string token = random.token();
  const std::string release =
      base64_encode(base64_encode(gzip_of("{\"values\":{\"token\":\"" + token + "\"}}" + random.letters(100000))));
  const BlobResult result = test::detect("data:\n  release: " + release + "\n");
  ASSERT_TRUE(test::finds(result, token));
  EXPECT_EQ(result.findings[0].secret->encoding, "base64+base64+gzip");
}

TEST(Gunzip, StreamThatIsCutOrDamagedGivesWhatWasWhole) {
  RandomText random(3);
  const std::string token = random.token();
  const std::string whole = base64_encode(gzip_of("HF_TOKEN=" + token + "\n" + random.letters(20000)));
  const BlobResult cut = test::detect(whole.substr(0, whole.size() / 2));
  EXPECT_TRUE(test::finds(cut, token));
  std::string damaged = whole;
  damaged.replace(whole.size() / 2, 40, std::string(40, '/'));
  test::detect(damaged);
  for (std::size_t size = 0; size < 120; ++size) test::detect(whole.substr(0, size));
}

TEST(Gunzip, WhatOnlyLooksLikeAHeaderIsNone) {
  EXPECT_FALSE(begins_gzip(""));
  EXPECT_FALSE(begins_gzip("H4sI"));
  EXPECT_FALSE(begins_gzip(base64_encode(std::string("\x1f\x8b\x08\x00\0\0\0\0\x09\x03", 10))));  // no such level
  EXPECT_FALSE(begins_gzip(base64_encode(std::string("\x1f\x8b\x08\x00\0\0\0\0\x02\x40", 10))));  // no such system
  EXPECT_TRUE(begins_gzip(base64_encode(std::string("\x1f\x8b\x08\x00\0\0\0\0\x02\x03", 10))));
}

TEST(Gunzip, BombIsBoundedAndSaid) {
  const std::string bomb = base64_encode(gzip_of(std::string(std::size_t{40} << 20U, 'x')));
  const BlobResult result = test::detect("line\n\"" + bomb + "\"\n");
  EXPECT_EQ(result.gave_up, std::vector<std::string>{"line 2: compressed text in base64 is larger than 16 MiB"});
  EXPECT_LE(result.decoded_bytes, Gunzip::kMostOut);
}

TEST(Gunzip, ManyBombsShareOneBudget) {
  const std::string bomb = base64_encode(gzip_of(std::string(std::size_t{40} << 20U, 'x')));
  std::string text;
  for (int i = 0; i < 20; ++i) text += "\"" + bomb + "\"\n";
  const BlobResult result = test::detect(text);
  EXPECT_LE(result.decoded_bytes, Gunzip::kMostTotal);
  ASSERT_FALSE(result.gave_up.empty());
  EXPECT_LE(result.gave_up.size(), 6U);
  EXPECT_NE(result.gave_up.back().find("more compressed text in base64 than is unpacked in one file"), std::string::npos);
}

TEST(Gunzip, StreamThatReachesOutOfAWindowIsSaid) {
  RandomText random(4);
  const std::string token = random.token();
  const std::string stream = gzip_of("HF_TOKEN=" + token + "\n" + random.bytes(200000));
  // The first window of a large blob ends in the middle of the run.
  std::string text = std::string((std::size_t{16} << 20U) + (std::size_t{1} << 17U), '\n');
  const std::size_t begin = (std::size_t{16} << 20U) - 70000;
  text.replace(begin, base64_encode(stream).size(), base64_encode(stream));
  thread_local Detector::Scratch scratch;
  test::ChunkedContent content(text, 100000, 5);
  const BlobResult result = test::builtin_detector().scan(content, Item{}, scratch);
  EXPECT_TRUE(test::finds(result, token));
  ASSERT_EQ(result.gave_up.size(), 1U);
  EXPECT_NE(result.gave_up[0].find("reaches further than is looked at at once"), std::string::npos);
}

}  // namespace
}  // namespace hfscan
