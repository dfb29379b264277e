#include "inventory/rotation_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "base/time.h"

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t kDay = 86400;
const std::int64_t kNow = *instant_from("2026-11-21T12:00:00Z");

std::string days_ago(int days) { return instant_text(kNow - days * kDay); }

UsePlace place_of(std::string kind, std::string role_place, std::string updated_at = "", std::string token = "") {
  UsePlace place;
  place.kind = std::move(kind);
  place.role_place = std::move(role_place);
  place.updated_at = std::move(updated_at);
  if (!token.empty()) place.secret_ids = {std::move(token)};
  return place;
}

std::vector<std::string> rows_of(const RotationPolicy& policy, const std::vector<UsePlace>& places,
                                 const FactsByToken& facts = {}) {
  std::vector<std::string> rows;
  for (const RotationIssue& issue : check_rotation(policy, places, facts, kNow))
    rows.push_back(cat(std::to_string(issue.place), " ", to_string(issue.problem), " ", std::to_string(issue.age_days), "/",
                       std::to_string(issue.most_days)));
  return rows;
}

TEST(RotationCheck, StoresTellTheAgeOfWhatTheyKeep) {
  const std::vector<UsePlace> places = {
      place_of("github-actions-secret", "ci", days_ago(75)), place_of("github-actions-secret", "ci", days_ago(77)),
      place_of("hf-space-secret", "production", days_ago(90)), place_of("hf-space-secret", "production", days_ago(91)),
      place_of("github-actions-secret", "ci")};
  EXPECT_THAT(rows_of({}, places), ElementsAre("1 due 77/90", "2 due 90/90", "3 overdue 91/90"));
}

TEST(RotationCheck, TokenTellsItsOwnAgeAndRole) {
  const FactsByToken facts = {{"aaaaaaaaaaaa", {"read", days_ago(200)}}, {"bbbbbbbbbbbb", {"write", days_ago(200)}}};
  const std::vector<UsePlace> places = {place_of("dotenv", "local", "", "aaaaaaaaaaaa"),
                                        place_of("dotenv", "local", "", "bbbbbbbbbbbb"),
                                        place_of("dotenv", "local", "", "cccccccccccc")};
  EXPECT_THAT(rows_of({}, places, facts), ElementsAre("1 overdue 200/90"));
}

TEST(RotationCheck, PlaceShortensThePeriodAndNarrowsTheRole) {
  RotationPolicy policy;
  policy.places.push_back({.match = "production", .allow_roles = {TokenRole::read}, .max_age = 90});
  const FactsByToken facts = {{"aaaaaaaaaaaa", {"read", days_ago(100)}}, {"bbbbbbbbbbbb", {"fineGrained", days_ago(1)}}};
  const std::vector<UsePlace> places = {place_of("dotenv", "production", "", "aaaaaaaaaaaa"),
                                        place_of("dotenv", "production", "", "bbbbbbbbbbbb"),
                                        place_of("dotenv", "local", "", "aaaaaaaaaaaa")};
  EXPECT_THAT(rows_of(policy, places, facts), ElementsAre("0 overdue 100/90", "1 role-too-wide 0/0"));
}

TEST(RotationCheck, TokensThatEndByThemselvesHaveNoAge) {
  const FactsByToken facts = {{"aaaaaaaaaaaa", {"oauth", days_ago(1000)}}};
  EXPECT_THAT(rows_of({}, {place_of("token-file", "local", days_ago(1000), "aaaaaaaaaaaa")}, facts), IsEmpty());
}

TEST(RotationCheck, StoreKnowsWhenTheTokenDoesNot) {
  const FactsByToken facts = {{"aaaaaaaaaaaa", {"read", ""}}};
  EXPECT_THAT(rows_of({}, {place_of("netrc", "local", days_ago(370), "aaaaaaaaaaaa")}, facts),
              ElementsAre("0 overdue 370/365"));
}

TEST(RotationCheck, PipelinesMayBeToldOfTrustedPublishers) {
  RotationPolicy policy;
  policy.places.push_back({.match = "ci", .prefer = Preference::trusted_publisher});
  const std::vector<UsePlace> places = {place_of("github-actions-secret", "ci"), place_of("trusted-publisher", "ci"),
                                        place_of("dotenv", "ci"), place_of("gitlab-variable", "ci"),
                                        place_of("github-actions-secret", "other")};
  EXPECT_THAT(rows_of(policy, places), ElementsAre("0 prefers-trusted-publisher 0/0", "3 prefers-trusted-publisher 0/0"));
}

TEST(RotationCheck, CodeThatOnlyReadsAndDatesThatAreNoneAreNothing) {
  EXPECT_THAT(
      rows_of({}, {place_of("code", "local", days_ago(900)), place_of("dotenv", "local", "yesterday"),
                   place_of("github-actions-secret", "ci", days_ago(-900)), place_of("no-such-kind", "ci", days_ago(900))}),
      IsEmpty());
}

TEST(RotationCheck, MessageSaysWhatAndHowLong) {
  const auto issues = check_rotation({}, std::vector{place_of("github-actions-secret", "ci", days_ago(91))}, {}, kNow);
  ASSERT_EQ(issues.size(), 1U);
  EXPECT_EQ(issues[0].message, "its value was set 91 days ago; 90 is the most");
}

}  // namespace
}  // namespace hfscan
