#include "core/rotation.h"

#include <gtest/gtest.h>

namespace hfscan {
namespace {

RotationPolicy with(RotationPlace place) {
  RotationPolicy policy;
  policy.places.push_back(std::move(place));
  return policy;
}

TEST(RotationPolicy, DefaultsAreTheUsualPeriods) {
  const RotationPolicy policy;
  EXPECT_EQ(policy.most_days(TokenRole::read), 365);
  EXPECT_EQ(policy.most_days(TokenRole::write), 90);
  EXPECT_EQ(policy.most_days(TokenRole::fine_grained), 90);
  EXPECT_EQ(policy.most_days(std::nullopt), 90);
  EXPECT_TRUE(policy.allows(TokenRole::write, "ci"));
  EXPECT_EQ(policy.preference("ci"), Preference::none);
}

TEST(RotationPolicy, UnknownRoleHasTheShortestPeriodOfThoseThatMayWrite) {
  RotationPolicy policy;
  policy.max_age = {700, 60, 30};
  EXPECT_EQ(policy.most_days(std::nullopt), 30);
  policy.max_age = {7, 60, 80};
  EXPECT_EQ(policy.most_days(std::nullopt), 60);
}

TEST(RotationPolicy, PlaceShortensAndNeverLengthens) {
  const RotationPolicy policy = with({.match = "production", .max_age = 90});
  EXPECT_EQ(policy.most_days(TokenRole::read, "production"), 90);
  EXPECT_EQ(policy.most_days(TokenRole::read, "local"), 365);
  EXPECT_EQ(policy.most_days(TokenRole::read), 365);
  EXPECT_EQ(with({.match = "local", .max_age = 3650}).most_days(TokenRole::write, "local"), 90);
}

TEST(RotationPolicy, EveryEntryAboutAPlaceHolds) {
  RotationPolicy policy = with({.match = "ci", .allow_roles = {TokenRole::read, TokenRole::fine_grained}, .max_age = 60});
  policy.places.push_back({.match = "ci", .allow_roles = {TokenRole::fine_grained}, .max_age = 80});
  policy.places.push_back({.match = "ci", .prefer = Preference::trusted_publisher});
  EXPECT_FALSE(policy.allows(TokenRole::read, "ci"));
  EXPECT_TRUE(policy.allows(TokenRole::fine_grained, "ci"));
  EXPECT_TRUE(policy.allows(TokenRole::write, "local"));
  EXPECT_EQ(policy.most_days(TokenRole::fine_grained, "ci"), 60);
  EXPECT_EQ(policy.preference("ci"), Preference::trusted_publisher);
}

TEST(RotationPolicy, FilesBelongToThePlaceThatNamesThem) {
  RotationPolicy policy = with({.match = "gpu", .paths = {"cluster/**", "*.slurm"}});
  policy.places.push_back({.match = "late", .paths = {"cluster/**"}});
  EXPECT_EQ(policy.place_of_path("cluster/a/run.sh"), "gpu");
  EXPECT_EQ(policy.place_of_path("x/train.slurm"), "gpu");
  EXPECT_EQ(policy.place_of_path("src/a.py"), "");
}

TEST(TokenRole, NamesAreThoseOfTheHub) {
  for (const TokenRole role : {TokenRole::read, TokenRole::write, TokenRole::fine_grained})
    EXPECT_EQ(token_role_from(to_string(role)), role);
  EXPECT_EQ(token_role_from("finegrained"), std::nullopt);
  EXPECT_EQ(token_role_from("god"), std::nullopt);
}

TEST(UsualPlace, PathsOfPipelinesAreCiAndWordsOfNamesSayTheRest) {
  EXPECT_EQ(usual_place_of(".github/workflows/prod.yml"), "ci");
  EXPECT_EQ(usual_place_of("x/.gitlab-ci.yml"), "ci");
  EXPECT_EQ(usual_place_of("deploy/prod/.env"), "production");
  EXPECT_EQ(usual_place_of(".env.local"), "local");
  EXPECT_EQ(usual_place_of("src/product.py"), "");
  EXPECT_EQ(place_named_in("HF_TOKEN_STAGING"), "staging");
  EXPECT_EQ(place_named_in("HF_TOKEN"), "");
}

}  // namespace
}  // namespace hfscan
