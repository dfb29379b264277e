#include "detect/pattern_rules.h"

#include <gtest/gtest.h>

#include <string>

namespace hfscan {
namespace {

Rule rule_of(std::vector<std::string> patterns, std::vector<std::string> keywords) {
  Rule rule;
  rule.id = "XX1001";
  rule.match = PatternMatch{std::move(patterns), std::move(keywords), true};
  return rule;
}

std::vector<PatternHit> hits_of(const Rule& rule, std::string_view text, std::string_view path = "a.txt") {
  const std::vector<const Rule*> rules = {&rule};
  std::vector<PatternHit> hits;
  PatternRules(rules).find(text, path, hits);
  return hits;
}

TEST(PatternRulesTest, HitsAreFoundAroundTheirKeyword) {
  const Rule rule = rule_of({"key=(?P<secret>[0-9]+);"}, {"key="});
  const auto hits = hits_of(rule, "a key=123; b key=; key=4567;");
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].whole, (ByteSpan{2, 10}));
  EXPECT_EQ(hits[0].secret, (ByteSpan{6, 9}));
  EXPECT_EQ(hits[1].secret, (ByteSpan{23, 27}));
  EXPECT_EQ(hits[1].rule, &rule);
}

TEST(PatternRulesTest, WithoutAGroupTheWholeHitIsTheSecret) {
  const Rule rule = rule_of({"key-[0-9]+"}, {"key-"});
  const auto hits = hits_of(rule, "x key-12 y");
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].secret, hits[0].whole);
}

TEST(PatternRulesTest, KeywordCaseIsIgnoredAndItsSignsAreLiteral) {
  const Rule rule = rule_of({"(?i)k\\.y\\+[0-9]+"}, {"k.y+"});
  EXPECT_EQ(hits_of(rule, "K.Y+1").size(), 1U);
  EXPECT_EQ(hits_of(rule, "kxy+1").size(), 0U);
}

TEST(PatternRulesTest, WithoutAKeywordThePatternIsNotTried) {
  EXPECT_TRUE(hits_of(rule_of({"[0-9]+"}, {"secret"}), "1 2 3").empty());
}

TEST(PatternRulesTest, OverlappingSurroundingsGiveEachHitOnce) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "word key=" + std::to_string(i) + ";\n";
  EXPECT_EQ(hits_of(rule_of({"key=[0-9]+;"}, {"key=", "word"}), text).size(), 100U);
}

TEST(PatternRulesTest, PathsOfTheRuleApply) {
  Rule rule = rule_of({"key=[0-9]+"}, {"key="});
  rule.paths = {"*.env", "config/*.yml"};
  EXPECT_EQ(hits_of(rule, "key=1", "a/b/.env").size(), 1U);
  EXPECT_EQ(hits_of(rule, "key=1", "config/a.yml").size(), 1U);
  EXPECT_EQ(hits_of(rule, "key=1", "a.txt").size(), 0U);
}

TEST(PatternRulesTest, BytesThatAreNotUtf8AreNoObstacle) {
  EXPECT_EQ(hits_of(rule_of({"key=\\w+"}, {"key="}), "\xff\xfekey=abc\xff").size(), 1U);
}

TEST(PatternRulesTest, EmptyHitsAreSteppedOver) { EXPECT_EQ(hits_of(rule_of({"[0-9]*"}, {"key"}), "key 12 345").size(), 2U); }

}  // namespace
}  // namespace hfscan
