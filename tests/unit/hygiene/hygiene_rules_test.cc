// Which rules look at a file: by path, by keyword, by whether the file speaks of a token at all.
#include "hygiene/file_finder.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "hygiene/matcher.h"

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Rule line_rule(std::string id, std::string keyword, std::string any) {
  Rule rule;
  rule.id = std::move(id);
  LineMatch match;
  match.keywords = {std::move(keyword)};
  match.any = {std::move(any)};
  rule.match = match;
  return rule;
}

std::vector<std::string> ids(const std::vector<Rule>& rules, std::string_view text, std::string_view path = "a.txt") {
  std::vector<const Rule*> active;
  for (const Rule& rule : rules) active.push_back(&rule);
  FileHits found;
  FileFinder(active, Facts::leave).find(text, path, found);
  std::vector<std::string> named;
  for (const RuleHit& hit : found.hits) named.push_back(hit.rule->id);
  return named;
}

TEST(HygieneRules, EachRuleWithAKeywordInTheFileIsAsked) {
  const std::vector<Rule> rules = {line_rule("one", "alpha", "alpha"), line_rule("two", "beta", "beta"),
                                   line_rule("three", "gamma", "HF_TOKEN")};
  EXPECT_THAT(ids(rules, "alpha beta $HF_TOKEN\n"), testing::UnorderedElementsAre("one", "two"));
}

TEST(HygieneRules, KeywordsIgnoreCase) {
  EXPECT_THAT(ids({line_rule("one", "AlPha", "(?i)alpha")}, "aLPHA $HF_TOKEN\n"), ElementsAre("one"));
}

TEST(HygieneRules, PathsOfARuleAreObeyed) {
  std::vector<Rule> rules = {line_rule("one", "alpha", "alpha")};
  rules[0].paths = {"*.cfg"};
  EXPECT_THAT(ids(rules, "alpha $HF_TOKEN\n", "a/b.cfg"), ElementsAre("one"));
  EXPECT_THAT(ids(rules, "alpha $HF_TOKEN\n", "a/b.txt"), IsEmpty());
}

TEST(HygieneRules, AFileThatSaysNothingOfATokenIsLeft) {
  EXPECT_THAT(ids({line_rule("one", "alpha", "alpha")}, "alpha\n"), IsEmpty());
}

TEST(HygieneRules, SomeKeywordsAreEnoughByThemselves) {
  Rule rule = line_rule("one", "alpha", "alpha|beta");
  std::get<LineMatch>(rule.match).keywords_alone = {"beta"};
  EXPECT_THAT(ids({rule}, "beta\n"), ElementsAre("one"));
  EXPECT_THAT(ids({rule}, "alpha\n"), IsEmpty());
  EXPECT_THAT(ids({rule}, "beta $HF_TOKEN\n"), ElementsAre("one"));
}

TEST(HygieneRules, ReportsOfScannersAreNoConfiguration) {
  const std::vector<Rule> rules = {line_rule("one", "alpha", "alpha")};
  EXPECT_THAT(ids(rules, "alpha $HF_TOKEN\n", "a.sarif"), IsEmpty());
  EXPECT_THAT(ids(rules, "alpha $HF_TOKEN\n", "a.sarif.json"), IsEmpty());
}

TEST(HygieneRules, RulesOfOtherKindsAreLeftAlone) {
  Rule credential;
  credential.match = CredentialMatch{};
  Rule unknown;
  unknown.match = StructureMatch{"no such matcher", {"alpha"}};
  const std::vector<const Rule*> rules = {&credential, &unknown};
  WordList words;
  EXPECT_TRUE(HygieneRules(rules, words).empty());
  const Rule line = line_rule("one", "alpha", "alpha");
  const std::vector<const Rule*> with_line = {&credential, &line};
  EXPECT_FALSE(HygieneRules(with_line, words).empty());
}

TEST(HygieneRules, MoreHitsThanAreReportedAreSaidOnce) {
  std::string text = "HF_TOKEN\n";
  for (int i = 0; i < 3000; ++i) text += "alpha\n";
  const Rule rule = line_rule("one", "alpha", "alpha");
  const std::vector<const Rule*> rules = {&rule};
  FileHits found;
  FileFinder(rules, Facts::leave).find(text, "a.txt", found);
  EXPECT_EQ(found.hits.size(), FileCheck::kMostHits);
  EXPECT_THAT(found.gave_up, ElementsAre("one: more places than are reported"));
}

TEST(HygieneRules, WhatCouldNotBeReadIsSaid) {
  Rule rule = line_rule("one", "alpha", "alpha");
  rule.match = CommandMatch{{"alpha"}, {CommandForm{"alpha", {}, {}, {}, {}, {}}}};
  const std::vector<const Rule*> rules = {&rule};
  FileHits found;
  FileFinder(rules, Facts::leave).find("# alpha HF_TOKEN\njobs: [a\nb: c\n", "a.yml", found);
  EXPECT_THAT(found.gave_up, ElementsAre(testing::HasSubstr("YAML")));
}

}  // namespace
}  // namespace hfscan
