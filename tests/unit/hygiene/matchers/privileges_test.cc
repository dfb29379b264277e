#include <gmock/gmock.h>

#include "hygiene/file_finder.h"
#include "rules/rule_set.h"
#include "workflows_support.h"

namespace hfscan {
namespace {

using test::hits_of;

constexpr std::string_view kPath = ".github/workflows/a.yml";

TEST(OverprivilegedSecret, NameIsOnlyAHint) {
  const auto hits = hits_of("HF9004", kPath, "env:\n  HF_TOKEN: ${{ secrets.WRITE_HF_TOKEN }}\n");
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits.front().severity, Severity::note);
}

TEST(OverprivilegedSecret, FileThatWritesNeedsIt) {
  EXPECT_TRUE(hits_of("HF9004", kPath, "x: ${{ secrets.HF_TOKEN_RW }}\nrun: model.push_to_hub()\n").empty());
}

TEST(OverprivilegedSecret, WordWithinANameIsNoRole) {
  EXPECT_TRUE(hits_of("HF9004", kPath, "x: ${{ secrets.HF_TOKEN_REWRITER }}\n").empty());
}

// What a policy for CI that allows fine-grained tokens only makes of a workflow that writes.
std::vector<RuleHit> hits_with(const RotationPolicy& policy) {
  static const RuleSet kRules;
  const std::vector<const Rule*> rules = {kRules.find("HF9004")};
  const FileFinder finder(rules, Facts::leave, policy);
  FileHits found;
  finder.find("env:\n  HF_TOKEN: ${{ secrets.HF_TOKEN_WRITE }}\nrun: hf upload a b\n", kPath, found);
  return std::move(found.hits);
}

TEST(OverprivilegedSecret, PolicyThatForbidsTheRoleIsObeyedWhateverTheFileDoes) {
  RotationPolicy policy;
  EXPECT_TRUE(hits_with(policy).empty());
  policy.places.push_back({.match = "ci", .allow_roles = {TokenRole::fine_grained}});
  const auto hits = hits_with(policy);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits.front().severity, std::nullopt);
  EXPECT_THAT(hits.front().message, testing::HasSubstr("'ci'"));
  policy.places.back().match = "production";
  EXPECT_TRUE(hits_with(policy).empty());
}

}  // namespace
}  // namespace hfscan
