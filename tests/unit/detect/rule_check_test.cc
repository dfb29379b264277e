#include "detect/rule_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hfscan {
namespace {

using testing::HasSubstr;

Rule pattern_rule(std::string pattern) {
  Rule rule;
  rule.id = "XX1001";
  rule.name = "example-key";
  rule.origin = "rules.toml";
  rule.message = "an example key";
  rule.match = PatternMatch{{std::move(pattern)}, {"exk_"}, true};
  rule.bad = {{"a.txt", "key exk_12345678\n"}};
  rule.good = {{"a.txt", "key exk_short\n"}};
  return rule;
}

std::string error_of(const Status& status) { return status.ok() ? "" : status.error().message; }

TEST(RuleCheck, GoodRulePasses) {
  const Rule rule = pattern_rule("exk_[0-9]{8}");
  EXPECT_EQ(error_of(check_patterns(rule)), "");
  EXPECT_EQ(error_of(check_examples(rule, {&rule})), "");
}

TEST(RuleCheck, PatternThatDoesNotCompileNamesTheRule) {
  const std::string error = error_of(check_patterns(pattern_rule("exk_(")));
  EXPECT_THAT(error, HasSubstr("rules.toml: rule XX1001 (example-key)"));
  EXPECT_THAT(error, HasSubstr("'exk_('"));
}

TEST(RuleCheck, PatternThatIsTooLargeIsRefused) {
  EXPECT_THAT(error_of(check_patterns(pattern_rule("exk_[a-z]{900}[A-Z]{900}[0-9]{900}"))), HasSubstr("states"));
}

// Each `a` may begin a hit of 200 more characters: no automaton settles.
TEST(RuleCheck, PatternThatReadsItsWorstTextSlowlyIsRefused) {
  const std::string error = error_of(check_cost(pattern_rule("[ab]*a[ab]{200}exk_")));
  EXPECT_THAT(error, HasSubstr("rules.toml: rule XX1001 (example-key)"));
  EXPECT_THAT(error, HasSubstr("at least 20"));
}

TEST(RuleCheck, BoundedRepeatsBehindALiteralAreQuick) {
  EXPECT_EQ(error_of(check_cost(pattern_rule("exk_[a-z0-9]{8,64}"))), "");
  EXPECT_EQ(error_of(check_cost(pattern_rule(""))), "");
}

CredentialMatch token_match(const std::string& before, const std::string& after, const std::string& callee) {
  CredentialMatch match;
  match.kinds = {CredentialKind::user_access_token};
  match.contexts = {{before, after, "", {}}};
  match.callee = callee;
  return match;
}

TEST(RuleCheck, ContextsAndCalleesAreCheckedToo) {
  Rule rule = pattern_rule("");
  rule.match = token_match("ok", "[", "");
  EXPECT_NE(error_of(check_patterns(rule)), "");
  rule.match = token_match("", "", "f(");
  EXPECT_NE(error_of(check_patterns(rule)), "");
  rule.match = token_match("a", "b", "f");
  EXPECT_EQ(error_of(check_patterns(rule)), "");
}

TEST(RuleCheck, ExamplesOfBothKindsAreDemanded) {
  Rule rule = pattern_rule("exk_[0-9]{8}");
  rule.good.clear();
  EXPECT_THAT(error_of(check_examples(rule, {&rule})), HasSubstr("[[rule.good]]"));
  rule = pattern_rule("exk_[0-9]{8}");
  rule.bad.clear();
  EXPECT_THAT(error_of(check_examples(rule, {&rule})), HasSubstr("[[rule.bad]]"));
}

TEST(RuleCheck, ExampleThatDoesNotHoldIsNamed) {
  Rule rule = pattern_rule("exk_[0-9]{9}");
  EXPECT_THAT(error_of(check_examples(rule, {&rule})), HasSubstr("the bad example 'a.txt' gives nothing"));
  rule = pattern_rule("exk_[0-9a-z]{5}");
  EXPECT_THAT(error_of(check_examples(rule, {&rule})), HasSubstr("the good example 'a.txt' gives a finding"));
}

TEST(RuleCheck, FixtureMacroThatIsWrongIsAnError) {
  Rule rule = pattern_rule("exk_[0-9]{8}");
  rule.bad[0].content = "{{letters:a:many}}";
  EXPECT_THAT(error_of(check_examples(rule, {&rule})), HasSubstr("letters"));
}

}  // namespace
}  // namespace hfscan
