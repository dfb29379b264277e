#include "cli/rule_text.h"

#include <gmock/gmock.h>

#include "rules/rule_set.h"

namespace hfscan {
namespace {

using testing::HasSubstr;
using testing::Not;

Rule example_rule() {
  Rule rule;
  rule.id = "HF5999";
  rule.name = "made-up";
  rule.title = "Title";
  rule.what = "What it finds.";
  rule.why = "Why it matters.";
  rule.fix = "What to do.";
  rule.security_severity = "5.0";
  rule.profiles = {"strict"};
  rule.autofix = Autofix::safe;
  rule.bad = {{"README.md", "```sh\nrun --token x\n```\n", true}};
  rule.good = {{"b.sh", "run\n"}};
  return rule;
}

TEST(RuleText, SaysProfileAndFix) {
  EXPECT_THAT(rule_as_text(example_rule()), HasSubstr("warning, security severity 5.0, profile strict, hfscan fix mends it\n"));
}

TEST(RuleText, ExampleSaysItsStateInGit) { EXPECT_THAT(rule_as_text(example_rule()), HasSubstr("  README.md (tracked)\n")); }

TEST(RuleText, FenceInAnExampleDoesNotEndItsBlock) {
  const Rule rule = example_rule();
  EXPECT_THAT(rules_as_markdown({&rule}), HasSubstr("````text\n```sh\nrun --token x\n```\n````\n"));
}

TEST(RuleText, TableLeadsToTheSection) {
  const Rule rule = example_rule();
  const std::string text = rules_as_markdown({&rule});
  EXPECT_THAT(text, HasSubstr("| [HF5999](#hf5999-made-up) | `made-up` | warning | Title |"));
  EXPECT_THAT(text, HasSubstr("### HF5999 `made-up`\n"));
}

TEST(RuleText, EveryBuiltInRuleStandsInTheDocumentOnce) {
  const RuleSet rules;
  const std::string text = rules_as_markdown(rules.all());
  for (const Rule* rule : rules.all()) {
    const std::string heading = "### " + rule->id + " `" + rule->name + "`\n";
    const std::size_t first = text.find(heading);
    ASSERT_NE(first, std::string::npos) << rule->id;
    EXPECT_EQ(text.find(heading, first + 1), std::string::npos) << rule->id;
    EXPECT_THAT(text, HasSubstr("| [" + rule->id + "]"));
  }
}

}  // namespace
}  // namespace hfscan
