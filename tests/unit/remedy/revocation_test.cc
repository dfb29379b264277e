#include "remedy/revocation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/hub_answers.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using test::alive;
using test::answer;
using test::ScriptedHub;

constexpr const char* kWhoami = "/api/whoami-v2";
constexpr const char* kRevoke = "/api/credentials/revoke";

std::string token_text(char c) { return "hf_" + std::string(34, c); }

RevokeItem item(const std::string& token, CredentialKind kind = CredentialKind::user_access_token) {
  return {.id = sha256(token), .masked = "hf_\u2026(37)", .kind = kind, .secret = Secret(token)};
}

RevokeRequest request_of(char c = 'q') {
  RevokeRequest request;
  request.items.push_back(item(token_text(c)));
  return request;
}

RevokeResult revoked_with(ScriptedHub& hub, std::deque<HubAnswer> whoami) {
  hub.whoami = std::move(whoami);
  return revoke_all(hub.client(), request_of()).results.at(0);
}

TEST(Revocation, IsSaidAfterTwo401SomeTimeApart) {
  ScriptedHub hub;
  const RevokeResult result = revoked_with(hub, {answer(401)});
  EXPECT_EQ(result.state, RevokeState::revoked);
  EXPECT_EQ(result.reason, "");
  ASSERT_EQ(hub.asked(kWhoami), 2U);
  EXPECT_GE(hub.requests[2].at - hub.requests[1].at, seconds(30));
  ASSERT_TRUE(result.first_401 && result.second_401 && result.accepted_at);
  EXPECT_GE(*result.second_401 - *result.first_401, 30);
}

TEST(Revocation, IsNeverSaidBecauseTheRequestWasAccepted) {
  ScriptedHub hub;
  const RevokeResult result = revoked_with(hub, {alive()});
  EXPECT_EQ(result.state, RevokeState::still_live);
  EXPECT_THAT(result.reason, HasSubstr("settings/tokens"));
  EXPECT_GE(hub.now, seconds(300));
  EXPECT_LE(hub.now, seconds(301));
  EXPECT_LT(hub.asked(kWhoami), 20U);
}

TEST(Revocation, TakesEffectLate) {
  ScriptedHub hub;
  EXPECT_EQ(revoked_with(hub, {alive(), alive(), alive(), answer(401)}).state, RevokeState::revoked);
}

TEST(Revocation, One401AmongOthersIsNoProof) {
  for (const HubAnswer& later :
       {alive(), answer(403), answer(500), answer(429), answer(302), HubAnswer{.trouble = "offline"}}) {
    ScriptedHub hub;
    const RevokeResult result = revoked_with(hub, {answer(401), later});
    EXPECT_NE(result.state, RevokeState::revoked) << later.status;
    EXPECT_FALSE(result.first_401) << later.status;
  }
}

TEST(Revocation, ProofBeginsAnewAfterAnythingElse) {
  ScriptedHub hub;
  const RevokeResult result = revoked_with(hub, {answer(401), alive(), answer(401)});
  EXPECT_EQ(result.state, RevokeState::revoked);
  EXPECT_EQ(hub.asked(kWhoami), 4U);
}

TEST(Revocation, TroubleIsUnprovenAndSaysWhy) {
  for (const int status : {200, 302, 403, 429, 500}) {
    ScriptedHub hub;
    const RevokeResult result = revoked_with(hub, {answer(status)});
    EXPECT_EQ(result.state, RevokeState::unproven) << status;
    EXPECT_THAT(result.reason, HasSubstr(std::to_string(status)));
  }
}

// Whatever the Hub answers: two 401 in a row, at least the interval apart, or it is not called revoked.
TEST(Revocation, AnyAnswersInAnyOrder) {
  const std::vector<HubAnswer> kinds = {answer(401), answer(401), alive(), answer(403), answer(404), answer(302), answer(200)};
  for (unsigned seed = 0; seed < 400; ++seed) {
    std::mt19937 random(seed);
    ScriptedHub hub;
    hub.whoami.clear();
    for (int i = 0; i < 30; ++i) hub.whoami.push_back(kinds[random() % kinds.size()]);
    const std::deque<HubAnswer> given = hub.whoami;
    const RevokeResult result = revoke_all(hub.client(), request_of()).results.at(0);
    const std::size_t asked = hub.asked(kWhoami);
    ASSERT_GE(asked, 1U);
    const auto status_at = [&given](std::size_t i) { return given[std::min(i, given.size() - 1)].status; };
    const bool two = asked >= 2 && status_at(asked - 1) == 401 && status_at(asked - 2) == 401;
    EXPECT_EQ(result.state == RevokeState::revoked, two) << seed;
    if (two) {
      EXPECT_GE(hub.requests[asked].at - hub.requests[asked - 1].at, seconds(30)) << seed;
    }
  }
}

TEST(Revocation, RequestThatIsNotTakenIsNotFollowedByQuestions) {
  for (const int status : {302, 403, 404, 422}) {
    ScriptedHub hub;
    hub.revoke = {answer(status)};
    const RevokeResult result = revoke_all(hub.client(), request_of()).results.at(0);
    EXPECT_EQ(result.state, RevokeState::unproven);
    EXPECT_THAT(result.reason, HasSubstr("not taken"));
    EXPECT_FALSE(result.accepted_at);
    EXPECT_EQ(hub.asked(kWhoami), 0U);
  }
}

TEST(Revocation, ManyAreSentInBatchesAndEachIsProven) {
  ScriptedHub hub;
  RevokeRequest request;
  for (int i = 0; i < 230; ++i) request.items.push_back(item("hf_" + std::string(31, 'q') + std::to_string(100 + i)));
  const RevokeOutcome outcome = revoke_all(hub.client(), request);
  EXPECT_TRUE(outcome.all(RevokeState::revoked));
  EXPECT_EQ(hub.asked(kRevoke), 3U);
  EXPECT_EQ(hub.asked(kWhoami), 460U);
}

TEST(Revocation, KindsThatNobodyDocumentsAreLeftUnlessAskedFor) {
  for (const char* prefix : {"api_org_", "hf_oauth_", "hf_oauth__refresh_"}) {
    const std::string token = prefix + std::string(34, 'q');
    ScriptedHub hub;
    RevokeRequest request;
    request.items.push_back(item(token, *credential_kind_from(token.starts_with("api") ? "org_token" : "oauth_access_token")));
    EXPECT_TRUE(revoke_all(hub.client(), request).all(RevokeState::by_hand));
    EXPECT_THAT(hub.requests, IsEmpty());
    request.undocumented = UndocumentedKinds::send;
    EXPECT_FALSE(revoke_all(hub.client(), request).any(RevokeState::by_hand));
    EXPECT_EQ(hub.asked(kRevoke), 1U);
  }
}

TEST(Revocation, KindWithoutProofIsUnprovenAtOnce) {
  ScriptedHub hub;
  RevokeRequest request;
  request.items.push_back(item("hf_oauth__refresh_" + std::string(34, 'q'), CredentialKind::oauth_refresh_token));
  request.undocumented = UndocumentedKinds::send;
  EXPECT_TRUE(revoke_all(hub.client(), request).all(RevokeState::unproven));
  EXPECT_EQ(hub.asked(kWhoami), 0U);
  EXPECT_THAT(hub.sleeps, IsEmpty());
}

TEST(Revocation, WhatIsNeverRevocableIsNeverSent) {
  for (const CredentialKind kind : {CredentialKind::short_lived_jwt, CredentialKind::s3_secret_key, CredentialKind::other}) {
    ScriptedHub hub;
    RevokeRequest request;
    request.items.push_back(item(token_text('q'), kind));
    request.undocumented = UndocumentedKinds::send;
    const RevokeOutcome outcome = revoke_all(hub.client(), request);
    EXPECT_TRUE(outcome.all(RevokeState::by_hand));
    EXPECT_NE(outcome.results[0].reason, "");
    EXPECT_THAT(hub.requests, IsEmpty());
  }
}

TEST(Revocation, OneWithoutBytesStopsNoOther) {
  ScriptedHub hub;
  RevokeRequest request = request_of();
  request.items.push_back({.id = sha256("gone"), .masked = "hf_\u2026(37)", .no_secret = "its bytes were not found"});
  const RevokeOutcome outcome = revoke_all(hub.client(), request);
  EXPECT_EQ(outcome.results[0].state, RevokeState::revoked);
  EXPECT_EQ(outcome.results[1].state, RevokeState::by_hand);
  EXPECT_EQ(outcome.results[1].reason, "its bytes were not found");
}

TEST(Revocation, ProofAloneSendsNoRequest) {
  ScriptedHub hub;
  EXPECT_TRUE(prove_dead(hub.client(), request_of()).all(RevokeState::revoked));
  EXPECT_EQ(hub.asked(kRevoke), 0U);
  EXPECT_EQ(hub.asked(kWhoami), 2U);
}

TEST(Revocation, NothingThatIsSaidHoldsAToken) {
  ScriptedHub hub;
  HubAnswer echo = answer(403);
  echo.error_message = "no " + token_text('q');
  hub.whoami = {alive(), echo, answer(401)};
  std::string said;
  const RevokeOutcome outcome =
      revoke_all(hub.client(), request_of(), [&said](const std::string& line) { said += line + "\n"; });
  said += dump_line(to_json(outcome.results[0]));
  EXPECT_THAT(said, HasSubstr("403"));
  EXPECT_THAT(said, Not(HasSubstr(token_text('q'))));
}

}  // namespace
}  // namespace hfscan
