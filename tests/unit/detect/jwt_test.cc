#include "detect/jwt.h"

#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;

std::string jwt(std::string_view payload, std::string_view header = R"({"alg":"EdDSA"})") {
  return test::base64_url(header) + "." + test::base64_url(payload) + "." + std::string(43, 's');
}

std::string described(std::string_view payload) {
  const std::optional<JwtClaims> claims = decode_jwt("hf_oauth_" + jwt(payload));
  return claims ? describe(*claims) : "no token";
}

TEST(Jwt, ScopesAudienceLifetimeAndInstantAreRead) {
  EXPECT_EQ(described(R"({"scope":["openid","write-repos"],"aud":"app-1","iat":1767225600,"exp":1767254400})"),
            "write scopes write-repos; read scopes openid; audience app-1; valid for 8 h; expires 2026-01-01T08:00:00Z");
}

TEST(Jwt, ScopesMayBeOneTextAndPermissionsAnObject) {
  EXPECT_EQ(described(R"({"scope":"openid  manage-repos"})"), "admin scopes manage-repos; read scopes openid");
  EXPECT_EQ(described(R"({"permissions":{"repo.content.read":true,"repo.write":false,"inference":{"a":1},"x":{}}})"),
            "write permissions inference; read permissions repo.content.read");
}

TEST(Jwt, EveryPublishedScopeHasItsLevel) {
  for (const char* scope : {"openid", "profile", "email", "read-billing", "read-repos", "gated-repos", "read-mcp"})
    EXPECT_EQ(access_of(scope), Access::read) << scope;
  for (const char* scope : {"contribute-repos", "write-repos", "inference-api", "jobs", "webhooks", "write-discussions", "new"})
    EXPECT_EQ(access_of(scope), Access::write) << scope;
  for (const char* scope : {"manage-repos", "admin", "org.admin", "Admin:all"})
    EXPECT_EQ(access_of(scope), Access::admin) << scope;
}

TEST(Jwt, OnlyWhatNamesReadingScopesAloneIsReadOnly) {
  const auto read_only = [](std::string_view payload) { return is_read_only(*decode_jwt(jwt(payload))); };
  EXPECT_TRUE(read_only(R"({"scope":"openid read-repos"})"));
  EXPECT_FALSE(read_only(R"({"scope":"openid write-repos"})"));
  EXPECT_FALSE(read_only(R"({"scope":["openid","un/showable"]})"));
  EXPECT_FALSE(read_only(R"({})"));
}

TEST(Jwt, NamesAddressesAndOtherClaimsAreNeverShown) {
  const std::string text = described(
      R"({"sub":"jane","name":"jane","email":"jane@x.org","onBehalfOf":{"user":"jane"},"preferred_username":"jane",)"
      R"("permissions":{"models/jane/private":true,"jane@x.org":true},"aud":"https://hf.co/jane?u=jane","scope":"read-repos"})");
  EXPECT_EQ(text.find("jane"), std::string::npos) << text;
  EXPECT_NE(text.find("audience https://hf.co"), std::string::npos) << text;
}

TEST(Jwt, HostileTextIsNeitherLongNorDangerous) {
  const std::string token = "hf_" + RandomText(1).letters(34);
  EXPECT_EQ(described("{\"scope\":[\"" + token + "\"]}"), "write scopes hf_…(37)");
  EXPECT_EQ(described("{\"scope\":\"a\\u001b[2J\\n b\\u202e\"}"), "write scopes 2 unnamed");
  EXPECT_EQ(described("{\"scope\":\"" + std::string(41, 'a') + "\"}"), "write scopes 1 unnamed");
  std::string many = "[";
  for (int i = 0; i < 500; ++i) many += "\"scope-of-some-length-" + std::to_string(i) + "\",";
  const std::string text = described("{\"scope\":" + many + "\"x\"]}");
  EXPECT_LT(text.size(), 700U);
  EXPECT_NE(text.find(" and 489 more"), std::string::npos) << text;
}

TEST(Jwt, InstantsOutsideTheCalendarAreLeftOut) {
  for (const char* claims :
       {R"({"exp":-1})", R"({"exp":1e300})", R"({"exp":253402300800})", R"({"exp":"soon"})", R"({"exp":18446744073709551615})"})
    EXPECT_EQ(described(claims), "") << claims;
  EXPECT_EQ(described(R"({"exp":10.9,"iat":20})"), "expires 1970-01-01T00:00:10Z");
}

TEST(Jwt, WhatIsNotTwoJsonObjectsDoesNotDecode) {
  EXPECT_FALSE(decode_jwt(jwt("[]")));
  EXPECT_FALSE(decode_jwt(jwt("{}", "[]")));
  EXPECT_FALSE(decode_jwt(jwt("{\"a\":")));
  EXPECT_FALSE(decode_jwt("hf_oauth_" + RandomText(2).letters(40)));
  EXPECT_FALSE(decode_jwt(".."));
  EXPECT_FALSE(decode_jwt(""));
  EXPECT_FALSE(decode_jwt(jwt("{}") + ".x"));
  EXPECT_TRUE(decode_jwt(jwt("{}")));
}

TEST(Jwt, PayloadsUpToSixteenKibibytesAreRead) {
  const auto of_size = [](std::size_t size) { return jwt("{\"a\":\"" + std::string(size - 8, 'x') + "\"}"); };
  EXPECT_TRUE(decode_jwt(of_size(std::size_t{16} * 1024)));
  EXPECT_FALSE(decode_jwt(of_size(std::size_t{16} * 1024 + 1)));
}

TEST(Jwt, EveryTruncationAndEveryByteChangeIsHarmless) {
  RandomText random(3);
  const std::string whole = "hf_jwt_" + jwt(R"({"scope":["a","b"],"permissions":{"c":[1]},"aud":["x"],"iat":1,"exp":3601})");
  for (int round = 0; round < 4000; ++round) {
    std::string text = whole.substr(0, random.below(whole.size() + 1));
    if (!text.empty()) text[random.below(text.size())] = static_cast<char>(random.below(256));
    const std::optional<JwtClaims> claims = decode_jwt(text);
    EXPECT_LT(claims ? describe(*claims).size() : 0, 700U);
  }
}

TEST(Jwt, DurationsHaveTheirTwoLargestUnits) {
  EXPECT_EQ(duration_text(0), "0 s");
  EXPECT_EQ(duration_text(90), "1 min 30 s");
  EXPECT_EQ(duration_text(3600), "1 h");
  EXPECT_EQ(duration_text(86400), "1 day");
  EXPECT_EQ(duration_text(2592000), "30 days");
  EXPECT_EQ(duration_text(90061), "1 day 1 h");
  EXPECT_EQ(duration_text(3601), "1 h 1 s");
}

}  // namespace
}  // namespace hfscan
