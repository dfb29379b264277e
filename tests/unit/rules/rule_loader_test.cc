#include "rules/rule_loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

constexpr const char* kGood = R"([macros]
word = "[a-z]+"
[[rule]]
id = "XX1001"
name = "a-rule"
title = "Title"
what = "What"
why = "Why"
fix = "Fix"
severity = "error"
confidence = "medium"
security_severity = "9.1"
cwe = ["CWE-798"]
[rule.match]
kind = "pattern"
patterns = ["key=<<word>>"]
keywords = ["key="]
[[rule.bad]]
path = "a"
content = "b"
)";

// The error for the good file with `from` replaced by `to`; every error names file, line and column.
std::string error_with(std::string_view from, std::string_view to) {
  const std::string toml = test::replaced(kGood, from, to);
  EXPECT_NE(toml, kGood) << from;
  const auto rules = load_rules(toml, "my.toml");
  if (rules.ok()) return "no error";
  EXPECT_THAT(rules.error().message, MatchesRegex("my.toml:[0-9]+:[0-9]+: .+"));
  EXPECT_EQ(rules.error().message.find('\n'), std::string::npos);
  return rules.error().message;
}

TEST(RuleLoader, GoodFileGivesItsRules) {
  const auto rules = load_rules(kGood, "my.toml");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  ASSERT_EQ(rules->size(), 1U);
  const Rule& rule = rules->front();
  EXPECT_EQ(rule.id, "XX1001");
  EXPECT_EQ(rule.origin, "my.toml");
  EXPECT_EQ(rule.message, "Title");
  EXPECT_EQ(rule.profiles, (std::vector<std::string>{"default"}));
  EXPECT_EQ(rule.severity, Severity::error);
  EXPECT_EQ(rule.confidence, Confidence::medium);
  EXPECT_EQ(std::get<PatternMatch>(rule.match).patterns, (std::vector<std::string>{"key=[a-z]+"}));
  EXPECT_TRUE(std::get<PatternMatch>(rule.match).is_secret);
  EXPECT_EQ(rule.bad.size(), 1U);
}

TEST(RuleLoader, UnknownKeyHasItsPlaceAndASuggestion) {
  EXPECT_THAT(error_with("confidence =", "confidense ="), HasSubstr("my.toml:11:"));
  EXPECT_THAT(error_with("confidence =", "confidense ="), HasSubstr("did you mean 'confidence'"));
  EXPECT_THAT(error_with("keywords =", "keyword ="), HasSubstr("keyword"));
  EXPECT_THAT(error_with("content =", "contents ="), HasSubstr("content"));
}

TEST(RuleLoader, EveryRequiredTextIsDemanded) {
  for (const std::string key : {"id", "name", "title", "what", "why", "fix", "severity", "security_severity"}) {
    EXPECT_THAT(error_with("\n" + key + " = \"", "\n# \""), HasSubstr(key)) << key;
  }
}

TEST(RuleLoader, WrongValuesAreNamed) {
  EXPECT_THAT(error_with("XX1001", "XX1"), HasSubstr("my.toml:4:"));
  EXPECT_THAT(error_with("a-rule", "A rule"), HasSubstr("kebab-case"));
  EXPECT_THAT(error_with("\"error\"", "\"fatal\""), HasSubstr("note, warning or error"));
  EXPECT_THAT(error_with("\"medium\"", "\"sure\""), HasSubstr("low, medium or high"));
  EXPECT_THAT(error_with("\"9.1\"", "\"high\""), HasSubstr("security_severity"));
  EXPECT_THAT(error_with("\"9.1\"", "9.1"), HasSubstr("security_severity"));
  EXPECT_THAT(error_with("\"pattern\"", "\"magic\""), HasSubstr("credential, pattern, line, command or structure"));
  EXPECT_THAT(error_with("[\"key=\"]", "[\"k\"]"), HasSubstr("keywords"));
  EXPECT_THAT(error_with("[\"key=<<word>>\"]", "[]"), HasSubstr("patterns"));
  EXPECT_THAT(error_with("<<word>>", "<<none>>"), HasSubstr("no macro 'none'"));
  EXPECT_THAT(error_with("<<word>>", "<<word"), HasSubstr("never closed"));
}

TEST(RuleLoader, TwoRulesOfOneIdAndFilesWithoutRulesAreErrors) {
  const std::string rule = std::string(kGood).substr(std::string(kGood).find("[[rule]]"));
  const auto twice = load_rules(std::string(kGood) + rule, "my.toml");
  ASSERT_FALSE(twice.ok());
  EXPECT_THAT(twice.error().message, HasSubstr("a second rule"));
  for (const std::string_view text : {"", "# nothing\n", "[[rule"}) {
    const auto none = load_rules(text, "my.toml");
    ASSERT_FALSE(none.ok());
    EXPECT_THAT(none.error().message, HasSubstr("my.toml:"));
  }
}

TEST(RuleLoader, CredentialRulesNameKnownKinds) {
  const std::string credential = test::replaced(
      kGood, "kind = \"pattern\"\npatterns = [\"key=<<word>>\"]\nkeywords = [\"key=\"]",
      "kind = \"credential\"\ncredentials = [\"app_token\"]\nprecedence = 5\n[[rule.match.context]]\nbefore = \"<<word>>=\"");
  const auto rules = load_rules(credential, "my.toml");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  const auto& match = std::get<CredentialMatch>(rules->front().match);
  EXPECT_EQ(match.contexts.at(0).before, "[a-z]+=");
  EXPECT_EQ(match.precedence, 5);
  EXPECT_FALSE(load_rules(test::replaced(credential, "app_token", "any_token"), "my.toml").ok());
}

// The good file as a credential rule with further lines in its [rule.match].
Result<std::vector<Rule>> credential_rule(std::string_view lines) {
  const std::string match = "kind = \"credential\"\ncredentials = [\"web_token\"]\n" + std::string(lines);
  return load_rules(test::replaced(kGood, "kind = \"pattern\"\npatterns = [\"key=<<word>>\"]\nkeywords = [\"key=\"]", match),
                    "my.toml");
}

TEST(RuleLoader, FieldsThatDependOnTheCredentialAreRead) {
  const auto rules = credential_rule(
      "companions = [\"s3_key_id\"]\ndecodes = true\nseverity_by = \"scopes\"\nlength = 52\nreach = 100\n"
      "[[rule.match.context]]\ncredentials = [\"web_token\"]\nnear = \"<<word>>\"\n"
      "[[rule.match.telling]]\nbefore = \"x\"");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  const auto& match = std::get<CredentialMatch>(rules->front().match);
  EXPECT_EQ(match.companions, (std::vector<CredentialKind>{CredentialKind::s3_key_id}));
  EXPECT_EQ(match.contexts.at(0).kinds, (std::vector<CredentialKind>{CredentialKind::web_token}));
  EXPECT_EQ(match.contexts.at(0).near, "[a-z]+");
  EXPECT_EQ(match.telling.at(0).before, "x");
  EXPECT_TRUE(match.decodes);
  EXPECT_EQ(match.severity_by, SeverityBy::scopes);
  EXPECT_EQ(match.length, 52);
  EXPECT_EQ(match.reach, 100);
}

TEST(RuleLoader, FieldsThatDependOnTheCredentialHaveBounds) {
  for (const char* line : {"length = 0", "reach = 4097", "reach = -1", "severity_by = \"clock\"", "companions = [\"friend\"]",
                           "telling = true", "[[rule.match.context]]\nafterwards = \"x\""}) {
    const auto rules = credential_rule(line);
    ASSERT_FALSE(rules.ok()) << line;
    EXPECT_THAT(rules.error().message, HasSubstr("my.toml:")) << line;
  }
}

}  // namespace
}  // namespace hfscan
