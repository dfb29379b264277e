#include "rules/rule_record.h"

#include <gtest/gtest.h>

#include "rules/builtin_rules.h"
#include "rules/rule_set.h"

namespace hfscan {
namespace {

TEST(RuleRecord, EveryBuiltinRecordIsReadBackAndGivesTheSameBytes) {
  std::size_t count = 0;
  for (std::string_view records = builtin_rule_records(); !records.empty(); ++count) {
    const std::string_view before = records;
    const Result<Rule> rule = take_rule(records);
    ASSERT_TRUE(rule.ok()) << "record " << count;
    const std::string_view record = before.substr(0, before.size() - records.size());
    EXPECT_EQ(serialise(*rule), record);
    EXPECT_EQ(rule->digest, sha256(record));
  }
  EXPECT_GT(count, 0U);
  EXPECT_EQ(RuleSet().all().size(), count);
}

RuleExample example(std::string path, std::string content) {
  RuleExample file;
  file.path = std::move(path);
  file.content = std::move(content);
  return file;
}

Rule full_rule() {
  Rule rule;
  rule.id = "XX1001";
  rule.name = "a-name";
  rule.title = "1:2:3";
  rule.message = std::string("a\0\n\xff", 4);
  rule.severity = Severity::error;
  rule.confidence = Confidence::medium;
  rule.security_severity = "9.1";
  rule.cwe = {"CWE-798", ""};
  rule.paths = {"*.py"};
  rule.match = PatternMatch{{"a", "b"}, {"key"}, false};
  rule.bad = {example("p", "c"), example("", "")};
  rule.bad[0].also = {example("r", "e")};
  rule.bad[0].mode = "0600";
  rule.bad[0].age_days = 120;
  rule.good = {example("q", "d")};
  rule.autofix = Autofix::review;
  rule.note_in_documentation = true;
  return rule;
}

CredentialMatch full_match() {
  CredentialMatch match;
  match.kinds = {CredentialKind::s3_secret_key};
  match.contexts = {{"x", "", "n", {CredentialKind::web_token}}, {"", "y", "", {}}};
  match.callee = "f";
  match.secret_ids = {"id"};
  match.encoded = true;
  match.precedence = -7;
  match.telling = {{"t", "u", "v", {}}};
  match.companions = {CredentialKind::s3_key_id};
  match.length = 52;
  match.reach = 100;
  match.decodes = true;
  match.severity_by = SeverityBy::scopes;
  return match;
}

TEST(RuleRecord, EveryFieldSurvives) {
  Rule rule = full_rule();
  const std::vector<Match> matches = {
      rule.match,
      full_match(),
      LineMatch{{"shell"}, {"key"}, {"a", "b"}, {"c"}, {"d"}, {"e"}},
      CommandMatch{{"key"}, {{"hf login", {"--token"}, "o", "v", "m", "x", true, true, true}}},
      StructureMatch{"name", {"key"}},
  };
  for (const Match& match : matches) {
    rule.match = match;
    const std::string record = serialise(rule);
    std::string_view records = record;
    const Result<Rule> back = take_rule(records);
    ASSERT_TRUE(back.ok());
    EXPECT_TRUE(records.empty());
    EXPECT_EQ(serialise(*back), record);
    EXPECT_EQ(back->message, rule.message);
    EXPECT_EQ(back->cwe, rule.cwe);
    EXPECT_EQ(back->severity, Severity::error);
    EXPECT_EQ(back->match.index(), rule.match.index());
    EXPECT_EQ(back->bad.size(), 2U);
  }
}

TEST(RuleRecord, EveryTruncationIsAnError) {
  const std::string record = serialise(full_rule());
  for (std::size_t size = 0; size < record.size(); ++size) {
    std::string_view records = std::string_view(record).substr(0, size);
    EXPECT_FALSE(take_rule(records).ok()) << size;
  }
}

TEST(RuleRecord, RecordsFollowEachOther) {
  Rule second = full_rule();
  second.id = "XX1002";
  const std::string both = serialise(full_rule()) + serialise(second);
  std::string_view records = both;
  EXPECT_EQ(take_rule(records)->id, "XX1001");
  EXPECT_EQ(take_rule(records)->id, "XX1002");
  EXPECT_TRUE(records.empty());
}

TEST(RuleRecord, DigestDependsOnEveryField) {
  const std::string record = serialise(full_rule());
  Rule other = full_rule();
  other.good[0].content = "e";
  EXPECT_NE(serialise(other), record);
  other = full_rule();
  std::get<PatternMatch>(other.match).is_secret = true;
  EXPECT_NE(serialise(other), record);
}

}  // namespace
}  // namespace hfscan
