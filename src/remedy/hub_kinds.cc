// Tested by tests/unit/remedy/hub_kinds_test.cc.
#include "remedy/hub_kinds.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::string_view kTokenPage = "delete it, or 'Invalidate and refresh', on https://huggingface.co/settings/tokens";
constexpr std::string_view kLogin =
    "log out of the device and take the application's access away in the settings of the account; an access token also expires";
constexpr std::size_t kMostTokenBytes = 4096;

using enum CredentialKind;
constexpr auto kKinds = std::to_array<HubKind>({
    {user_access_token, WhoamiSays::everything, ApiRevocation::documented, kTokenPage},
    {org_token, WhoamiSays::everything, ApiRevocation::undocumented,
     "an administrator deletes or rotates it in the settings of the organisation"},
    {oauth_access_token, WhoamiSays::everything, ApiRevocation::undocumented, kLogin},
    {oauth_refresh_token, WhoamiSays::nothing, ApiRevocation::undocumented, kLogin},
    {oauth_app_secret, WhoamiSays::nothing, ApiRevocation::never,
     "make a new secret in the settings of the OAuth application, and delete this one"},
    {app_token, WhoamiSays::alive_only, ApiRevocation::undocumented, "make a new token in the settings of the application"},
    {short_lived_jwt, WhoamiSays::nothing, ApiRevocation::never,
     "it expires within 60 minutes; see that the workflow that made it shows no further ones"},
    {s3_secret_key, WhoamiSays::nothing, ApiRevocation::never, "delete the access key where it was made, and make another"},
    {s3_key_id, WhoamiSays::nothing, ApiRevocation::never, "delete the access key where it was made, and make another"},
    {web_token, WhoamiSays::nothing, ApiRevocation::never, "end the session or the key that signs it, at whoever gave it out"},
    {legacy_user_token, WhoamiSays::alive_only, ApiRevocation::undocumented, kTokenPage},
    {wrong_length_token, WhoamiSays::alive_only, ApiRevocation::undocumented, kTokenPage},
    {webhook_secret, WhoamiSays::nothing, ApiRevocation::never, "set another secret in the settings of the webhook"},
    {login_cookie, WhoamiSays::nothing, ApiRevocation::never, "log out of huggingface.co everywhere and change the password"},
    {presigned_url, WhoamiSays::nothing, ApiRevocation::never, "it expires by itself; its 'Expires' says when"},
    {other, WhoamiSays::nothing, ApiRevocation::never, "revoke it where it was made"},
});

struct Prefix {
  std::string_view text;
  std::size_t size;  // of the whole token; 0: any
  CredentialKind kind;
};

// Longer prefixes first: "hf_" begins most of them. Lengths as in the grammar of detection.
constexpr auto kPrefixes = std::to_array<Prefix>({
    {"oauth_app_secret_", 0, oauth_app_secret},
    {"hf_oauth__refresh_", 0, oauth_refresh_token},
    {"hf_oauth_", 0, oauth_access_token},
    {"hf_jwt_", 0, short_lived_jwt},
    {"hf_s3_", 0, s3_secret_key},
    {"hf_app_", 0, app_token},
    {"hf_", 37, user_access_token},
    {"hf_", 0, wrong_length_token},
    {"api_org_", 42, org_token},
    {"api_", 0, legacy_user_token},
});

bool is_sendable_byte(char c) { return is_name_byte(c) || c == '-' || c == '.'; }

}  // namespace

const HubKind& hub_kind(CredentialKind kind) {
  const auto* line = std::find_if(kKinds.begin(), kKinds.end(), [kind](const HubKind& known) { return known.kind == kind; });
  return line == kKinds.end() ? kKinds.back() : *line;
}

std::optional<CredentialKind> kind_of_token(std::string_view token) {
  for (const Prefix& prefix : kPrefixes) {
    if (token.starts_with(prefix.text) && (prefix.size == 0 || prefix.size == token.size())) return prefix.kind;
  }
  return std::nullopt;
}

bool is_sendable(std::string_view token) {
  return !token.empty() && token.size() <= kMostTokenBytes && std::all_of(token.begin(), token.end(), is_sendable_byte);
}

}  // namespace hfscan
