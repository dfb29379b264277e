// Tested by tests/unit/host/token_age_test.cc.
#include "host/token_age.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "detect/regex.h"

namespace hfscan {
namespace {

constexpr std::string_view kPlaceOfHosts = "local";  // of the rotation policy

// "my-read", "READ_ONLY", "ciRead"; neither "thread" nor "ready".
bool says_read(std::string_view name) {
  static const Regex read(
      R"((?:^|[^A-Za-z]|[a-z])(?:READ|Read)(?:$|[^A-Za-z]|[A-Z])|(?:^|[^A-Za-z])(?i:read(?:[-_ ]?only)?)(?:$|[^A-Za-z]))");
  static const Regex write(R"((?i)write|admin)");
  return read.search(name) && !write.search(name);
}

// The name in the last `[name]` before the token.
std::string_view section_of(std::string_view text, ByteSpan token) {
  const std::string_view before = text.substr(0, static_cast<std::size_t>(token.begin));
  const std::size_t open = before.rfind("\n[");
  const std::size_t begin = open != std::string_view::npos ? open + 2 : before.starts_with('[') ? 1 : before.size();
  return before.substr(begin, before.find(']', begin) - begin);
}

bool keeps_tokens(HostPlaceKind kind) {
  static constexpr std::array kKinds = {HostPlaceKind::token_file, HostPlaceKind::secret_file, HostPlaceKind::git_credentials,
                                        HostPlaceKind::netrc, HostPlaceKind::start_up_file};
  return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

int most_days(const HostCheck& check, const FoundToken& token) {
  const bool read = token.secret.id && check.named_read.contains(*token.secret.id);
  return check.policy.most_days(read ? std::optional(TokenRole::read) : std::nullopt, kPlaceOfHosts);
}

}  // namespace

std::set<Sha256Digest> tokens_named_read(const HostInventory& inventory, const TokenFinder& finder) {
  std::set<Sha256Digest> named;
  for (const HostPlace& place : inventory.places) {
    if (place.kind != HostPlaceKind::token_file || place.content.find('[') == std::string::npos) continue;
    for (const FoundToken& token : finder.find(place.content, place.shown)) {
      if (token.secret.id && says_read(section_of(place.content, token.span))) named.insert(*token.secret.id);
    }
  }
  return named;
}

void match_age(const HostCheck& check) {
  if (!keeps_tokens(check.place.kind)) return;
  for (const FoundToken& token : check.tokens) {
    const int most = most_days(check, token);
    if (token.harmless || check.place.age_days <= most) continue;
    check.hit(token).message = cat("Token is at least ", std::to_string(check.place.age_days), " days old, and ",
                                   std::to_string(most), " is the most: make a new one and revoke this one");
  }
}

}  // namespace hfscan
