#include "remedy/hub_kinds.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace hfscan {
namespace {

std::string body(std::size_t size) { return std::string(size, 'q'); }

TEST(HubKinds, EveryKindHasItsOwnLine) {
  std::set<CredentialKind> kinds;
  for (int number = 0; number <= static_cast<int>(CredentialKind::other); ++number) {
    const auto kind = static_cast<CredentialKind>(number);
    EXPECT_EQ(hub_kind(kind).kind, kind) << to_string(kind);
    EXPECT_FALSE(hub_kind(kind).by_hand.empty());
    kinds.insert(kind);
  }
  EXPECT_EQ(kinds.size(), 16U);
}

TEST(HubKinds, OnlyUserAccessTokensAreDocumentedToBeRevocable) {
  for (int number = 0; number <= static_cast<int>(CredentialKind::other); ++number) {
    const auto kind = static_cast<CredentialKind>(number);
    EXPECT_EQ(hub_kind(kind).api == ApiRevocation::documented, kind == CredentialKind::user_access_token) << to_string(kind);
  }
}

TEST(HubKinds, AreToldByPrefixAndLength) {
  EXPECT_EQ(kind_of_token("hf_" + body(34)), CredentialKind::user_access_token);
  EXPECT_EQ(kind_of_token("hf_" + body(33)), CredentialKind::wrong_length_token);
  EXPECT_EQ(kind_of_token("hf_" + body(40)), CredentialKind::wrong_length_token);
  EXPECT_EQ(kind_of_token("api_org_" + body(34)), CredentialKind::org_token);
  EXPECT_EQ(kind_of_token("api_" + body(34)), CredentialKind::legacy_user_token);
  EXPECT_EQ(kind_of_token("hf_oauth_" + body(60)), CredentialKind::oauth_access_token);
  EXPECT_EQ(kind_of_token("hf_oauth__refresh_" + body(34)), CredentialKind::oauth_refresh_token);
  EXPECT_EQ(kind_of_token("hf_jwt_" + body(60)), CredentialKind::short_lived_jwt);
  EXPECT_EQ(kind_of_token("sesame"), std::nullopt);
  EXPECT_EQ(kind_of_token(""), std::nullopt);
}

TEST(HubKinds, OnlyBytesThatNeedNoQuotingAreSent) {
  EXPECT_TRUE(is_sendable("hf_jwt_aZ09-_.x"));
  EXPECT_FALSE(is_sendable(""));
  EXPECT_FALSE(is_sendable("hf_" + body(5000)));
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool safe =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.';
    EXPECT_EQ(is_sendable(std::string("hf_") + c), safe) << byte;
  }
}

}  // namespace
}  // namespace hfscan
