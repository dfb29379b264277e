// Tested by tests/unit/host/host_rules_test.cc.
#include "host/token_finder.h"

#include <algorithm>
#include <array>

namespace hfscan {
namespace {

std::vector<const Rule*> about_credentials(std::span<const Rule* const> rules) {
  std::vector<const Rule*> chosen;
  const auto claims = [](const Rule* rule) { return std::holds_alternative<CredentialMatch>(rule->match); };
  std::copy_if(rules.begin(), rules.end(), std::back_inserter(chosen), claims);
  return chosen;
}

// What lets somebody in who has nothing else.
bool is_token(CredentialKind kind) {
  static constexpr std::array kTokens = {
      CredentialKind::user_access_token,   CredentialKind::org_token,        CredentialKind::oauth_access_token,
      CredentialKind::oauth_refresh_token, CredentialKind::oauth_app_secret, CredentialKind::app_token,
      CredentialKind::short_lived_jwt,     CredentialKind::s3_secret_key,    CredentialKind::login_cookie};
  return std::find(kTokens.begin(), kTokens.end(), kind) != kTokens.end();
}

}  // namespace

TokenFinder::TokenFinder(std::span<const Rule* const> rules) : rules_(about_credentials(rules)), detector_(rules_, {}) {}

std::vector<FoundToken> TokenFinder::find(std::string_view text, std::string_view path) const {
  Item item;
  item.path = path;
  Detector::Scratch scratch;
  std::vector<FoundToken> tokens;
  for (const Finding& finding : detector_.scan_bytes(text, item, scratch).findings) {
    if (!finding.secret || !is_token(finding.secret->kind)) continue;
    tokens.push_back({finding.location.span, *finding.secret, finding.severity == Severity::note});
  }
  std::sort(tokens.begin(), tokens.end(), [](const FoundToken& a, const FoundToken& b) { return a.span < b.span; });
  return tokens;
}

}  // namespace hfscan
