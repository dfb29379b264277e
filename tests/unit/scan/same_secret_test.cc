#include "scan/same_secret.h"

#include <gtest/gtest.h>

#include <string>

namespace hfscan {
namespace {

Rule rule_with(std::int64_t precedence) {
  Rule rule;
  rule.id = "HF" + std::to_string(1000 + precedence);
  CredentialMatch match;
  match.precedence = precedence;
  rule.match = match;
  return rule;
}

const Rule& plain_rule() {
  static const Rule rule = rule_with(1);
  return rule;
}
const Rule& specific_rule() {
  static const Rule rule = rule_with(5);
  return rule;
}

Finding finding(const std::string& path, const std::string& secret, const Rule& rule = plain_rule()) {
  Finding result;
  result.rule = &rule;
  result.secret = SecretReference{sha256(secret), "hf_…(37)", CredentialKind::user_access_token, "plain"};
  result.location.path = path;
  return result;
}

std::string told(std::vector<Finding> archive, std::vector<MemberFinding> members, Prefer prefer) {
  drop_doubles(archive, members, prefer);
  std::string paths;
  for (const Finding& one : archive) paths += one.location.path + " ";
  for (const MemberFinding& one : members) paths += one.finding.location.path + " ";
  return paths;
}

TEST(DropDoubles, OneOfThePairIsToldAsPreferred) {
  EXPECT_EQ(told({finding("zip", "s")}, {{finding("m", "s"), true}}, Prefer::archive), "zip ");
  EXPECT_EQ(told({finding("zip", "s")}, {{finding("m", "s"), true}}, Prefer::member), "m ");
}

TEST(DropDoubles, OtherSecretsAndMembersWithoutPartnerStay) {
  EXPECT_EQ(told({finding("zip", "s")}, {{finding("m", "t"), true}}, Prefer::archive), "zip m ");
  EXPECT_EQ(told({finding("zip", "s")}, {{finding("m", "s"), true}, {finding("n", "s"), true}}, Prefer::archive), "zip n ");
  EXPECT_EQ(told({}, {{finding("m", "s"), true}}, Prefer::archive), "m ");
}

TEST(DropDoubles, StoredMembersComeFirstAndPackedOnesAreToldAlways) {
  EXPECT_EQ(told({finding("zip", "s")}, {{finding("packed", "s"), false}, {finding("stored", "s"), true}}, Prefer::archive),
            "zip packed ");
  EXPECT_EQ(told({finding("zip", "s")}, {{finding("packed", "s"), false}}, Prefer::archive), "packed ");
}

TEST(DropDoubles, MoreSpecificRuleIsToldWhereverItStands) {
  EXPECT_EQ(told({finding("zip", "s")}, {{finding("m", "s", specific_rule()), true}}, Prefer::archive), "m ");
  EXPECT_EQ(told({finding("zip", "s", specific_rule())}, {{finding("m", "s"), true}}, Prefer::member), "zip ");
}

TEST(DropDoubles, ActiveFindingIsNeverHiddenByASuppressedOne) {
  Finding suppressed = finding("zip", "s", specific_rule());
  suppressed.disposition = Disposition::ignored_inline;
  EXPECT_EQ(told({suppressed}, {{finding("m", "s"), true}}, Prefer::archive), "m ");
}

}  // namespace
}  // namespace hfscan
