#include "detect/anchors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;

constexpr std::array<AnchorKernel, 4> kKernels = {AnchorKernel::best, AnchorKernel::ssse3, AnchorKernel::avx2,
                                                  AnchorKernel::neon};

std::vector<Anchor> anchors_of(std::string_view bytes, AnchorKernel kernel) {
  std::vector<Anchor> anchors;
  find_anchors(bytes, anchors, kernel);
  return anchors;
}

// Pieces of the literals themselves, so that near misses and half matches are as frequent as matches.
std::string vocabulary_text(RandomText& random, std::size_t pieces) {
  static const std::array<std::string, 38> kPieces = {"hf_",         "api_org_",  "oauth_app_secret_",
                                                      "HFAK",        "hf%5F",     "hf\\_",
                                                      "68665f",      "\\x68",     "\\x66",
                                                      "\\x5f",       "aGZf",      "2hmX0",
                                                      "BoZl8",       "YXBp",      "X29yZ1",
                                                      "YUdaZi",      "aABmAF8A",  "SEZBS",
                                                      "oauth_",      "_refresh_", "jwt_",
                                                      "app_",        "\"",        "=\n",
                                                      "&#95;",       "hf",        "_",
                                                      "eyJ",         "\\",        "0",
                                                      "api_",        "Cookie",    "token\t",
                                                      "webhook",     "WEBHOOK",   "secret",
                                                      "&Signature=", "."};
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) {
    switch (random.below(6)) {
      case 0: text += random.letters(random.below(40)); break;
      case 1: text += random.of(RandomText::kBase64, random.below(8)); break;
      case 2: text += test::wide("hf_" + random.letters(random.below(40)), 2 + 2 * random.below(2), ByteOrder::little); break;
      default: text += kPieces.at(random.below(kPieces.size()));
    }
  }
  return text;
}

std::string random_text(RandomText& random, std::size_t round, std::size_t size) {
  if (round % 3 == 0) return random.bytes(size);
  if (round % 3 == 1) return random.of(RandomText::kBase64, size);
  return vocabulary_text(random, size / 4);
}

void expect_kernels_agree(std::string_view bytes) {
  const std::vector<Anchor> expected = anchors_of(bytes, AnchorKernel::scalar);
  for (const AnchorKernel kernel : kKernels) {
    if (!has_kernel(kernel)) continue;
    ASSERT_EQ(anchors_of(bytes, kernel), expected) << "kernel " << static_cast<int>(kernel) << ", " << bytes.size() << " bytes";
  }
}

TEST(Anchors, ScalarAndBestKernelAreAlwaysThere) {
  EXPECT_TRUE(has_kernel(AnchorKernel::scalar));
  EXPECT_TRUE(has_kernel(AnchorKernel::best));
}

TEST(Anchors, EveryKernelGivesTheSameListAtEveryAlignment) {
  RandomText random(1);
  for (std::size_t round = 0; round < 30; ++round) {
    const std::string text = random_text(random, round, 600);
    for (std::size_t from = 0; from < std::min<std::size_t>(64, text.size()); ++from)
      expect_kernels_agree(std::string_view(text).substr(from));
  }
}

TEST(Anchors, EveryKernelGivesTheSameListForEveryTailLength) {
  RandomText random(2);
  for (std::size_t round = 0; round < 60; ++round) {
    const std::string text = random_text(random, round, 500);
    for (std::size_t length = 0; length <= std::min<std::size_t>(100, text.size()); ++length)
      expect_kernels_agree(std::string_view(text).substr(0, length));
  }
}

// The bytes stand in a heap block of exactly their size, so a sanitizer sees a kernel that reads on.
TEST(Anchors, AnchorAtTheVeryEndIsFoundByEveryKernel) {
  RandomText random(3);
  for (std::size_t before = 0; before <= 130; ++before) {
    const std::string text = random.of("xyz ", before) + random.token();
    const std::vector<char> exact(text.begin(), text.end());
    const std::string_view bytes(exact.data(), exact.size());
    expect_kernels_agree(bytes);
    EXPECT_EQ(anchors_of(bytes, AnchorKernel::best), (std::vector<Anchor>{{before, AnchorKind::prefix}}));
  }
}

TEST(Anchors, LongTextsGiveTheSameListInEveryKernel) {
  RandomText random(4);
  for (std::size_t round = 0; round < 6; ++round) expect_kernels_agree(random_text(random, round, 200000));
}

TEST(Anchors, PrefixAnchorsAreThoseOfANaiveSearch) {
  RandomText random(5);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 20; ++i) text += random.of("hf_ x,", random.below(12)) + "hf_" + random.letters(random.below(60)) + " ";
    std::vector<Anchor> expected;
    for (std::size_t at = text.find("hf_"); at != std::string::npos; at = text.find("hf_", at + 1)) {
      const std::size_t body = text.find_first_not_of(RandomText::kLetters, at + 3);
      if ((body == std::string::npos ? text.size() : body) - at - 3 >= 30) expected.push_back({at, AnchorKind::prefix});
    }
    std::vector<Anchor> found = anchors_of(text, AnchorKernel::scalar);
    std::erase_if(found, [](const Anchor& anchor) { return anchor.kind != AnchorKind::prefix; });  // base64 by chance
    ASSERT_EQ(found, expected);
  }
}

TEST(Anchors, EveryBase64FormOfATokenHasAnAnchorInsideTheEncodedToken) {
  RandomText random(6);
  for (int round = 0; round < 5000; ++round) {
    const std::size_t before = random.below(20);
    const std::string token = random.token();
    const std::string encoded = base64_encode(random.bytes(before) + token + random.bytes(random.below(20)));
    const std::size_t begin = before * 8 / 6;
    const std::size_t end = ((before + 3) * 8 + 5) / 6 + 1;
    const auto inside = [&](const Anchor& anchor) {
      return anchor.kind == AnchorKind::base64 && begin <= anchor.offset && anchor.offset < end;
    };
    const std::vector<Anchor> found = anchors_of(encoded, AnchorKernel::scalar);
    ASSERT_TRUE(std::any_of(found.begin(), found.end(), inside)) << "round " << round << ", alignment " << before % 3;
  }
}

TEST(Anchors, EveryTwiceEncodedTokenHasAnAnchor) {
  RandomText random(7);
  for (int round = 0; round < 5000; ++round) {
    const std::string inner =
        base64_encode(random.letters(random.below(20)) + random.token() + random.letters(random.below(9)));
    const std::string outer = base64_encode(random.letters(random.below(9)) + inner);
    const std::vector<Anchor> found = anchors_of(outer, AnchorKernel::scalar);
    const auto twice = [](const Anchor& anchor) { return anchor.kind == AnchorKind::base64; };
    ASSERT_TRUE(std::any_of(found.begin(), found.end(), twice)) << "round " << round;
  }
}

TEST(Anchors, CredentialsWithoutAPrefixAreAnchoredAtTheirNames) {
  RandomText random(9);
  const std::string letters = random.letters(128);
  const std::array<std::tuple<std::string, AnchorKind, bool>, 14> texts = {{
      {"eyJ" + random.letters(30) + ".x", AnchorKind::web_token, true},
      {"eyJ" + random.letters(200), AnchorKind::web_token, true},
      {"eyJ" + random.letters(30) + " ", AnchorKind::web_token, false},
      {"eyJ" + random.letters(9) + ".x", AnchorKind::web_token, false},
      {"api_" + random.letters(30), AnchorKind::legacy_prefix, true},
      {"api_" + random.letters(29) + "_", AnchorKind::legacy_prefix, false},
      {"cookie", AnchorKind::cookie, true},
      {"token\t" + letters, AnchorKind::cookie_jar, true},
      {"token\t" + letters.substr(1) + "\t", AnchorKind::cookie_jar, false},
      {"WebHook and its Secret", AnchorKind::webhook, true},
      {"webhook" + std::string(200, ' ') + "secret", AnchorKind::webhook, false},
      {"?Signature=" + random.letters(16), AnchorKind::signature, true},
      {"?Signature=" + random.letters(15) + "&", AnchorKind::signature, false},
      {"xSignature=" + random.letters(16), AnchorKind::signature, false},
  }};
  for (const auto& [text, kind, expected] : texts) {
    const std::vector<Anchor> found = anchors_of("  " + text, AnchorKernel::best);
    EXPECT_EQ(std::find(found.begin(), found.end(), Anchor{2, kind}) != found.end(), expected) << text;
  }
}

TEST(Anchors, WhatStandsFurtherAwayThanTheReachChangesNothing) {
  RandomText random(8);
  for (std::size_t round = 0; round < 200; ++round) {
    const std::string middle = vocabulary_text(random, 20);
    const std::string before = random.letters(kAnchorReach);
    const std::string after = random.letters(kAnchorReach);
    const std::vector<Anchor> bare = anchors_of(before + middle + after, AnchorKernel::scalar);
    for (const Anchor& anchor :
         anchors_of(random.bytes(32) + before + middle + after + random.bytes(32), AnchorKernel::scalar)) {
      if (anchor.offset < 32 + kAnchorReach || anchor.offset >= 32 + kAnchorReach + middle.size()) continue;
      EXPECT_NE(std::find(bare.begin(), bare.end(), Anchor{anchor.offset - 32, anchor.kind, anchor.phase}), bare.end());
    }
  }
}

}  // namespace
}  // namespace hfscan
