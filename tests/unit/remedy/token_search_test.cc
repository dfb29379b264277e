#include "remedy/token_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace hfscan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

// Never written joined.
std::string token(std::string_view prefix = "hf_") { return cat(prefix, "FAKEfakeFAKEfakeFAKEfakeFAKEfake", "00"); }

KnownSecret known(const std::string& value, std::string_view prefix = "hf_") {
  return {sha256(value), std::string(prefix), value.size()};
}

TEST(KnownSecret, IsReadFromTheMaskOfReports) {
  const auto secret = known_secret(sha256(token()), "hf_\u2026(37)");
  ASSERT_TRUE(secret);
  EXPECT_EQ(*secret, known(token()));
  for (const char* bad :
       {"", "\u2026(37)", "hf_", "hf_\u2026", "hf_\u2026(x)", "hf_\u2026(2)", "hf_\u2026(37", "hf_\u2026(99999999)"}) {
    EXPECT_FALSE(known_secret(sha256(token()), bad)) << bad;
  }
}

// The two vectors were worked out with sha256sum and by hand.
TEST(Replacement, HasTheLengthAndThePrefixOfTheToken) {
  EXPECT_EQ(replacement_of(known(token())), "hf_REVOKED_a1b524a0__________________");
  EXPECT_EQ(replacement_of(known(token("api_org_"), "api_org_")), "api_org_REVOKED_155af805__________________");
}

TEST(TokenSearch, FindsTheTokenAmongItsLikesAndGluedToOtherText) {
  const TokenSearch search({known(token())});
  std::string like = token();
  like.back() = '1';
  const std::string text = cat("a", token(), "9 hf_", token(), like, "hf_");
  const auto found = search.find(text);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].span, (ByteSpan{1, 38}));
  EXPECT_EQ(found[1].span, (ByteSpan{43, 80}));
  EXPECT_EQ(search.replaced(text).size(), text.size());
  EXPECT_THAT(search.replaced(text), Not(HasSubstr(token())));
  EXPECT_THAT(search.replaced(text), HasSubstr(like));
}

TEST(TokenSearch, FindsEveryByteOrderUpToTheLastByte) {
  const TokenSearch search({known(token())});
  for (const unsigned step : {2U, 4U}) {
    const std::string zeros(step - 1, '\0');
    std::string little;
    std::string big;
    for (const char c : token()) {
      little += cat(std::string(1, c), zeros);
      big += cat(zeros, std::string(1, c));
    }
    for (const std::string& text : {little, big, cat("x", little), cat(big, "y")}) {
      const auto found = search.find(text);
      ASSERT_THAT(found, SizeIs(1)) << step;
      EXPECT_EQ(TokenSearch::take(text, found[0]).expose(), token());
      const std::string clean = search.replaced(text);
      EXPECT_EQ(clean.size(), text.size());
      EXPECT_FALSE(search.holds_any(clean));
    }
  }
}

TEST(TokenSearch, FindsSeveralSecretsInOrder) {
  const TokenSearch search({known(token("api_org_"), "api_org_"), known(token())});
  const auto found = search.find(cat(token(), token("api_org_")));
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].secret, 1U);
  EXPECT_EQ(found[1].secret, 0U);
}

// Only the bytes of tokens change, wherever they stand.
TEST(TokenSearch, LeavesAllOtherBytesAlone) {
  const TokenSearch search({known(token())});
  for (std::size_t before = 0; before < 40; ++before) {
    const std::string head(before, 'h');
    const std::string text = cat(head, token(), head);
    EXPECT_EQ(search.replaced(text), cat(head, replacement_of(known(token())), head));
  }
}

}  // namespace
}  // namespace hfscan
