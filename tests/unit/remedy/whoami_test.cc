#include "remedy/whoami.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hfscan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kFineGrained = R"({"type":"user","id":"1","name":"ann","fullname":"Ann Example","email":"ann@example.org",
  "orgs":[{"name":"acme"},{"name":"umbrella"}],
  "auth":{"type":"access_token","expiresAt":"2027-01-01T00:00:00.000Z","accessToken":{"displayName":"laptop","role":"fineGrained",
  "createdAt":"2024-01-01T00:00:00.000Z","fineGrained":{"global":["post.write"],"scoped":[
  {"entity":{"type":"model","name":"ann/private"},"permissions":["repo.write","repo.content.read"]},
  {"entity":{"type":"org","name":"acme"},"permissions":["repo.write"]}]}}}})";

TEST(WhoAmI, OfAFineGrainedToken) {
  const std::optional<WhoAmI> who = read_whoami(kFineGrained);
  ASSERT_TRUE(who);
  EXPECT_EQ(who->type, "user");
  EXPECT_EQ(who->role, "fineGrained");
  EXPECT_EQ(who->created_at, "2024-01-01T00:00:00.000Z");
  EXPECT_EQ(who->expires_at, "2027-01-01T00:00:00.000Z");
  EXPECT_EQ(who->organisations, 2U);
  EXPECT_EQ(who->scopes, "global: post.write; in 2 places: repo.content.read, repo.write");
}

TEST(WhoAmI, PersonalDataOnlyWhenAskedFor) {
  const std::optional<WhoAmI> who = read_whoami(kFineGrained);
  ASSERT_TRUE(who);
  const std::string hidden = dump_line(to_json(*who, Identities::hidden));
  for (const char* personal : {"ann", "Ann", "example.org", "laptop", "acme", "umbrella"})
    EXPECT_THAT(hidden, Not(HasSubstr(personal)));
  const std::string shown = dump_line(to_json(*who, Identities::shown));
  EXPECT_THAT(shown, HasSubstr("\"account\":\"ann\""));
  EXPECT_THAT(shown, Not(HasSubstr("example.org")));
}

TEST(WhoAmI, OfAnOAuthTokenSaysLittle) {
  const std::optional<WhoAmI> who = read_whoami(R"({"type":"user","name":"ann","auth":{}})");
  ASSERT_TRUE(who);
  EXPECT_EQ(who->role, "");
  EXPECT_EQ(dump_line(to_json(*who, Identities::hidden)), R"({"type":"user","organisations":0})");
}

TEST(WhoAmI, OtherAnswersAreNone) {
  for (const char* body :
       {"", "null", "[]", "{}", "true", "<html>Welcome</html>", R"({"type":"user"})", R"({"name":"ann"})",
        R"({"type":7,"name":"ann"})", R"({"error":"Invalid user token."})", R"({"type":"user","name":"ann")", "\xff"}) {
    EXPECT_FALSE(read_whoami(body)) << body;
  }
  EXPECT_FALSE(read_whoami(std::string(100'000, '[')));
}

TEST(WhoAmI, WrongTypesInsideReadAsEmpty) {
  const std::optional<WhoAmI> who = read_whoami(
      R"({"type":"user","name":"ann","orgs":{},"auth":{"accessToken":{"role":[],"createdAt":1,"fineGrained":{"global":"x","scoped":[1,{"permissions":7}]}}}})");
  ASSERT_TRUE(who);
  EXPECT_EQ(who->role, "");
  EXPECT_EQ(who->organisations, 0U);
}

TEST(WhoAmI, TextsAreSafeToShow) {
  const std::string token = "hf_" + std::string(34, 'q');
  const std::optional<WhoAmI> who = read_whoami("{\"type\":\"user\\u001b[31m\\nx\",\"name\":\"" + token +
                                                "\",\"auth\":{\"accessToken\":{\"role\":\"" + std::string(5000, 'x') + "\"}}}");
  ASSERT_TRUE(who);
  EXPECT_THAT(who->type, Not(HasSubstr("\n")));
  EXPECT_THAT(who->type, Not(HasSubstr("\x1b")));
  EXPECT_THAT(who->identity.account, Not(HasSubstr(token)));
  EXPECT_LT(who->role.size(), 200U);
}

}  // namespace
}  // namespace hfscan
