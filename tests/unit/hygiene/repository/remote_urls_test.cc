#include "hygiene/repository/remote_urls.h"

#include <gtest/gtest.h>

#include "rules/fixture.h"

namespace hfscan {
namespace {

std::vector<RuleHit> hits_in(const std::string& text) {
  static const Rule kRule;
  std::vector<RuleHit> hits;
  find_remote_urls(kRule, text, hits);
  return hits;
}

const std::string kToken = *expand_fixture("{{hf_token:remote}}");

TEST(RemoteUrls, TokenOnAnyHostIsFoundWithItsIdAndMask) {
  const std::string text = "[remote \"o\"]\n\turl = https://me:" + kToken + "@example.com/a\n";
  const std::vector<RuleHit> hits = hits_in(text);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].secret->id, sha256(kToken));
  EXPECT_EQ(hits[0].secret->masked.find(kToken), std::string::npos);
  EXPECT_EQ(text.substr(hits[0].span.begin, hits[0].span.size()), kToken);
}

TEST(RemoteUrls, AnyPasswordCountsOnTheHubOnly) {
  EXPECT_EQ(hits_in("url = https://u:pw@hf.co/u/m\n").size(), 1U);
  EXPECT_EQ(hits_in("url = https://u:pw@cdn.huggingface.co/u/m\n").size(), 1U);
  EXPECT_TRUE(hits_in("url = https://u:pw@example.com/u/m\n").empty());
  EXPECT_TRUE(hits_in("url = https://u:pw@nothf.co/u/m\n").empty());
}

TEST(RemoteUrls, UserNamesVariablesCommentsAndOtherSchemesAreNone) {
  EXPECT_TRUE(hits_in("url = https://me@hf.co/a\nurl = https://hf.co/a@b\nurl = git@hf.co:me/s\n").empty());
  EXPECT_TRUE(hits_in("url = https://me:$HF_TOKEN@hf.co/a\n").empty());
  EXPECT_TRUE(hits_in("# url = https://u:pw@hf.co/a\n  ; https://u:pw@hf.co/a\n").empty());
  EXPECT_TRUE(hits_in("url = ssh://u:pw@hf.co/a\n").empty());
}

TEST(RemoteUrls, EditTakesTheUserPartOut) {
  std::string text = "url = https://u:pw@hf.co/u/m\n";
  const std::vector<RuleHit> hits = hits_in(text);
  ASSERT_EQ(hits.size(), 1U);
  const ByteSpan span = hits[0].edits.at(0).span;
  EXPECT_EQ(text.replace(span.begin, span.size(), ""), "url = https://hf.co/u/m\n");
}

}  // namespace
}  // namespace hfscan
