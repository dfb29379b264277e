#include "rules/rule_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace hfscan {
namespace {

using testing::HasSubstr;

std::vector<std::string> ids(const std::vector<const Rule*>& rules) {
  std::vector<std::string> result;
  for (const Rule* rule : rules) result.push_back(rule->id);
  return result;
}

std::vector<std::string> selected(const RuleSet& set, const std::vector<std::string>& selectors,
                                  std::string_view profile = "default") {
  const auto rules = set.select(selectors, profile);
  return rules.ok() ? ids(*rules) : std::vector<std::string>{"error: " + rules.error().message};
}

Rule user_rule(std::string id, std::string name, std::vector<std::string> profiles) {
  Rule rule;
  rule.id = std::move(id);
  rule.name = std::move(name);
  rule.profiles = std::move(profiles);
  rule.origin = "mine.toml";
  return rule;
}

TEST(RuleSetTest, AllRulesAreSortedAndFoundByIdAndName) {
  const RuleSet set;
  const std::vector<std::string> all = ids(set.all());
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  for (const Rule* rule : set.all()) {
    EXPECT_EQ(set.find(rule->id), rule);
    EXPECT_EQ(set.find(rule->name), rule);
    EXPECT_EQ(rule->origin, "built-in");
  }
  EXPECT_EQ(set.find("HF1"), nullptr);
  EXPECT_EQ(set.names().size(), 2 * all.size());
}

TEST(RuleSetTest, ProfileDecidesWhenNothingIsNamed) {
  RuleSet set;
  ASSERT_TRUE(set.add(user_rule("XX1001", "in-default", {"default"})).ok());
  ASSERT_TRUE(set.add(user_rule("XX1002", "in-strict", {"strict"})).ok());
  EXPECT_THAT(selected(set, {}), testing::Contains("XX1001"));
  EXPECT_THAT(selected(set, {}), testing::Not(testing::Contains("XX1002")));
  EXPECT_THAT(selected(set, {}, "strict"), testing::IsSupersetOf({"XX1001", "XX1002"}));
}

TEST(RuleSetTest, NamesIdsAndPrefixesSelect) {
  RuleSet set;
  ASSERT_TRUE(set.add(user_rule("XX1001", "first", {"default"})).ok());
  ASSERT_TRUE(set.add(user_rule("XX2001", "second", {"strict"})).ok());
  EXPECT_EQ(selected(set, {"XX1001"}), (std::vector<std::string>{"XX1001"}));
  EXPECT_EQ(selected(set, {"second"}), (std::vector<std::string>{"XX2001"}));
  EXPECT_EQ(selected(set, {"XX2", "first"}), (std::vector<std::string>{"XX1001", "XX2001"}));
  EXPECT_EQ(selected(set, {"XX1", "XX1001"}), (std::vector<std::string>{"XX1001"}));
}

TEST(RuleSetTest, MinusRemovesFromWhatIsThere) {
  RuleSet set;
  ASSERT_TRUE(set.add(user_rule("XX1001", "first", {"default"})).ok());
  const std::vector<std::string> without = selected(set, {"-first"});
  EXPECT_EQ(without.size() + 1, selected(set, {}).size());
  EXPECT_THAT(without, testing::Not(testing::Contains("XX1001")));
  EXPECT_EQ(selected(set, {"HF1001", "XX1001", "-XX1"}), (std::vector<std::string>{"HF1001"}));
}

TEST(RuleSetTest, UnknownSelectorIsAnErrorWithASuggestion) {
  const RuleSet set;
  const std::string name = set.find("HF1001")->name;
  EXPECT_THAT(selected(set, {name.substr(0, name.size() - 1)})[0], HasSubstr("did you mean '" + name + "'"));
  for (const std::string_view selector : {"H", "HF", "", "-", "-nothing"})
    EXPECT_THAT(selected(set, {std::string(selector)})[0], HasSubstr("error: ")) << selector;
}

TEST(RuleSetTest, NothingLeftToRunIsAnError) {
  EXPECT_THAT(selected(RuleSet(), {"HF1001", "-HF1001"})[0], HasSubstr("no rule is left"));
}

TEST(RuleSetTest, TakenIdOrNameIsRefused) {
  RuleSet set;
  EXPECT_THAT(set.add(user_rule("HF1001", "new-name", {})).error().message, HasSubstr("built-in"));
  EXPECT_FALSE(set.add(user_rule("XX1001", set.find("HF1001")->name, {})).ok());
  EXPECT_TRUE(set.add(user_rule("XX1001", "new-name", {})).ok());
  EXPECT_THAT(set.add(user_rule("XX1001", "other-name", {})).error().message, HasSubstr("mine.toml"));
}

TEST(RuleSetTest, PointersStayWhenRulesAreAdded) {
  RuleSet set;
  const Rule* rule = set.find("HF1001");
  for (int i = 1000; i < 1200; ++i)
    ASSERT_TRUE(set.add(user_rule("XX" + std::to_string(i), "rule-" + std::to_string(i), {})).ok());
  EXPECT_EQ(set.find("HF1001"), rule);
}

TEST(RuleSetTest, DigestDependsOnWhichRulesRun) {
  const RuleSet set;
  EXPECT_NE(digest_of(set.all()), digest_of(*set.select({"HF1001"}, "default")));
  EXPECT_EQ(digest_of(set.all()), digest_of(RuleSet().all()));
}

}  // namespace
}  // namespace hfscan
