#include "remedy/hub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/hub_answers.h"

namespace hfscan {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using test::alive;
using test::answer;
using test::ScriptedHub;

std::string token_text(char c = 'q') { return "hf_" + std::string(34, c); }

HubVerdict verdict_of(std::deque<HubAnswer> answers, const std::string& token = token_text()) {
  ScriptedHub hub;
  hub.whoami = std::move(answers);
  return hub.client().whoami(Secret(token));
}

TEST(HubWhoami, MeaningOfEachAnswer) {
  EXPECT_EQ(verdict_of({alive()}).state, Liveness::live);
  EXPECT_EQ(verdict_of({answer(401, "Invalid user token.")}).state, Liveness::dead);
  EXPECT_EQ(verdict_of({answer(403, "revoked by the organization administrator")}).state, Liveness::org_blocked);
  EXPECT_EQ(verdict_of({answer(403, "Due to the organization token policy")}).state, Liveness::org_blocked);
}

TEST(HubWhoami, NothingButA401MeansDead) {
  for (int status = 0; status < 1000; ++status) {
    if (status == 401) continue;
    for (const char* body : {"", "Invalid user token.", "401", R"({"error":"Invalid user token."})"}) {
      EXPECT_NE(read_verdict(answer(status, body)).state, Liveness::dead) << status;
    }
    if (status == 200 || status == 403) continue;
    EXPECT_EQ(read_verdict({.status = status, .body = alive().body}).state, Liveness::unknown) << status;
    if (status != 0) {
      EXPECT_THAT(read_verdict(answer(status)).reason, HasSubstr(std::to_string(status)));
    }
  }
}

TEST(HubWhoami, PageThatAnswersEverythingWith200IsUnknown) {
  for (const char* body : {"", "<html>Log in to the wireless network</html>", "{}", R"({"ok":true})"}) {
    const HubVerdict verdict = verdict_of({answer(200, body)});
    EXPECT_EQ(verdict.state, Liveness::unknown);
    EXPECT_NE(verdict.reason, "");
  }
}

TEST(HubWhoami, KindsThatItDoesNotKnowAreNotSent) {
  for (const char* prefix : {"hf_oauth__refresh_", "hf_jwt_", "hf_s3_", "oauth_app_secret_", "sesame_"}) {
    ScriptedHub hub;
    EXPECT_EQ(hub.client().whoami(Secret(prefix + std::string(34, 'q'))).state, Liveness::unknown);
    EXPECT_THAT(hub.requests, IsEmpty()) << prefix;
  }
}

TEST(HubWhoami, BytesThatNoTokenHasAreNotSent) {
  for (const char* tail : {"\"", "\\", "\n", "\r", " ", "'", "\x7f"}) {
    ScriptedHub hub;
    EXPECT_EQ(hub.client().whoami(Secret(token_text() + tail)).state, Liveness::unknown);
    EXPECT_THAT(hub.requests, IsEmpty());
  }
}

TEST(HubWhoami, A401DoesNotProveThatAPieceOfATokenIsDead) {
  const std::string cut = "hf_" + std::string(33, 'q');
  EXPECT_EQ(verdict_of({answer(401)}, cut).state, Liveness::unknown);
  EXPECT_EQ(verdict_of({alive()}, cut).state, Liveness::live);
}

TEST(HubWhoami, GoesToItsPathWithTheTokenAndNothingElse) {
  ScriptedHub hub;
  static_cast<void>(hub.client().whoami(Secret(token_text())));
  ASSERT_EQ(hub.requests.size(), 1U);
  EXPECT_EQ(hub.requests[0].path, "/api/whoami-v2");
  EXPECT_EQ(hub.requests[0].bearer, token_text());
  EXPECT_EQ(hub.requests[0].json, "");
}

TEST(HubWhoami, ServersTextIsMaskedAndOneLine) {
  HubAnswer evil = answer(403);
  evil.error_message = "no\x1b[31m\n" + token_text();
  const HubVerdict verdict = read_verdict(evil);
  EXPECT_THAT(verdict.reason, Not(HasSubstr(token_text())));
  EXPECT_THAT(verdict.reason, Not(HasSubstr("\n")));
  EXPECT_THAT(verdict.reason, Not(HasSubstr("\x1b")));
  EXPECT_THAT(read_verdict(answer(500, "{\"error\":\"broken " + token_text() + "\"}")).reason, Not(HasSubstr(token_text())));
}

TEST(HubBackOff, WaitsLongerEachTimeAndThenGivesUp) {
  ScriptedHub hub;
  hub.whoami = {answer(500)};
  EXPECT_EQ(hub.client().whoami(Secret(token_text())).state, Liveness::unknown);
  EXPECT_THAT(hub.sleeps, ElementsAre(seconds(1), seconds(2), seconds(4), seconds(8)));
  EXPECT_LE(hub.now, seconds(20));
}

TEST(HubBackOff, GoesOnWhenTheHubIsBack) {
  ScriptedHub hub;
  hub.whoami = {answer(503), answer(429), alive()};
  EXPECT_EQ(hub.client().whoami(Secret(token_text())).state, Liveness::live);
  EXPECT_THAT(hub.sleeps, ElementsAre(seconds(1), seconds(2)));
}

TEST(HubBackOff, WaitsAsLongAsItIsToldTo) {
  ScriptedHub hub;
  HubAnswer busy = answer(429);
  busy.wait = seconds(7);
  hub.whoami = {busy, answer(401)};
  EXPECT_EQ(hub.client().whoami(Secret(token_text())).state, Liveness::dead);
  EXPECT_THAT(hub.sleeps, ElementsAre(seconds(7)));
}

TEST(HubBackOff, LongerThanItsPatienceIsUnknownAtOnceAndSaysSo) {
  ScriptedHub hub;
  HubAnswer busy = answer(429);
  busy.wait = seconds(300);
  hub.whoami = {busy};
  const HubVerdict verdict = hub.client().whoami(Secret(token_text()));
  EXPECT_EQ(verdict.state, Liveness::unknown);
  EXPECT_THAT(verdict.reason, HasSubstr("300 s"));
  EXPECT_THAT(hub.sleeps, IsEmpty());
}

TEST(HubBackOff, DoesNotBegForWhatWasRefused) {
  for (const int status : {301, 302, 307, 400, 401, 403, 404}) {
    ScriptedHub hub;
    hub.whoami = {answer(status)};
    static_cast<void>(hub.client().whoami(Secret(token_text())));
    EXPECT_EQ(hub.requests.size(), 1U) << status;
  }
}

TEST(HubBackOff, OfflineIsTriedThreeTimes) {
  ScriptedHub hub;
  hub.whoami = {{.trouble = "no connection (offline?)", .worth_another_try = true}};
  const HubVerdict verdict = hub.client().whoami(Secret(token_text()));
  EXPECT_EQ(verdict.reason, "no connection (offline?)");
  EXPECT_EQ(hub.requests.size(), 3U);
}

TEST(HubBackOff, FailedEncryptionIsNotTriedAgain) {
  ScriptedHub hub;
  hub.whoami = {{.trouble = "certificate"}};
  EXPECT_EQ(hub.client().whoami(Secret(token_text())).state, Liveness::unknown);
  EXPECT_EQ(hub.requests.size(), 1U);
}

TEST(HubRevoke, SendsAListAndTakesAny2xx) {
  const Secret a(token_text('a'));
  const Secret b(token_text('b'));
  ScriptedHub hub;
  EXPECT_TRUE(hub.client().revoke(std::vector<const Secret*>{&a, &b}).accepted);
  EXPECT_EQ(hub.requests[0].json, "{\"credentials\":[\"" + token_text('a') + "\",\"" + token_text('b') + "\"]}");
  EXPECT_EQ(hub.requests[0].bearer, "");
  for (const int status : {301, 400, 401, 403, 404, 413, 422}) {
    hub.revoke = {answer(status)};
    const Delivery delivery = hub.client().revoke(std::vector<const Secret*>{&a});
    EXPECT_FALSE(delivery.accepted) << status;
    EXPECT_THAT(delivery.reason, HasSubstr(std::to_string(status)));
  }
}

TEST(HubRevoke, RefusesMoreThanABatchAndUnsafeBytes) {
  const Secret good(token_text());
  const Secret bad(token_text() + "\"");
  ScriptedHub hub;
  EXPECT_FALSE(hub.client().revoke({}).accepted);
  EXPECT_FALSE(hub.client().revoke(std::vector<const Secret*>(kMostCredentials + 1, &good)).accepted);
  EXPECT_FALSE(hub.client().revoke(std::vector<const Secret*>{&good, &bad}).accepted);
  EXPECT_THAT(hub.requests, IsEmpty());
}

}  // namespace
}  // namespace hfscan
