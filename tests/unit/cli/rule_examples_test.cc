// Every built-in rule against its own examples, together with all the others; those about a repository or about the host each
// in a folder of their own.
#include "cli/rule_examples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "host/host_rules.h"
#include "hygiene/repository/repository.h"
#include "rules/rule_set.h"

namespace hfscan {
namespace {

const RuleSet& builtin() {
  static const RuleSet kRules;
  return kRules;
}

std::vector<const Rule*> repository_rules() {
  std::vector<const Rule*> rules;
  for (const Rule* rule : builtin().all()) {
    const auto* match = std::get_if<StructureMatch>(&rule->match);
    if (match != nullptr && is_repository_matcher(match->matcher)) rules.push_back(rule);
  }
  return rules;
}

std::vector<const Rule*> host_rules() {
  std::vector<const Rule*> rules;
  for (const Rule* rule : builtin().all()) {
    const auto* match = std::get_if<StructureMatch>(&rule->match);
    if (match != nullptr && is_host_matcher(match->matcher)) rules.push_back(rule);
  }
  return rules;
}

class BuiltinRule : public testing::TestWithParam<const Rule*> {};

TEST_P(BuiltinRule, ExamplesHold) {
  const Status status = check_rule_examples(*GetParam(), builtin().all());
  EXPECT_TRUE(status.ok()) << status.error().message;
}

INSTANTIATE_TEST_SUITE_P(All, BuiltinRule, testing::ValuesIn(builtin().all()),
                         [](const testing::TestParamInfo<const Rule*>& rule) { return rule.param->id; });

TEST(RuleExamples, ModeOfAHostExampleDecidesAndMustBeOctal) {
  Rule rule = *builtin().find("HF8001");
  rule.bad.front().mode = "0600";
  EXPECT_THAT(check_rule_examples(rule, builtin().all()).error().message, testing::HasSubstr("gives no finding of HF8001"));
  rule.bad.front().mode = "rw";
  EXPECT_THAT(check_rule_examples(rule, builtin().all()).error().message, testing::HasSubstr("must be octal"));
}

TEST(RuleExamples, HostRulesRunInTheirProfileOnlyUnlessTheyLookElsewhereToo) {
  const std::vector<const Rule*> usual = *builtin().select({}, "strict");
  for (const Rule* rule : host_rules()) {
    const bool runs = std::find(usual.begin(), usual.end(), rule) != usual.end();
    EXPECT_EQ(runs, rule->id == "HF8005" || rule->id == "HF9001") << rule->id;
  }
}

TEST(RuleExamples, ExampleThatDoesNotHoldIsNamed) {
  Rule rule = *repository_rules().front();
  rule.bad = {{".env.example", "HF_TOKEN=\n", true}};
  EXPECT_THAT(check_rule_examples(rule, {&rule}).error().message, testing::HasSubstr("the bad example '.env.example'"));
}

TEST(RuleExamples, ExampleMayNotLeaveItsRepository) {
  Rule rule = *repository_rules().front();
  rule.bad = {{"../.env", "HF_TOKEN=a\n", true}};
  EXPECT_THAT(check_rule_examples(rule, {&rule}).error().message, testing::HasSubstr("must stay inside"));
}

}  // namespace
}  // namespace hfscan
