// The matchers of the rules about the host. Internal to HostRules.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>

#include "core/rotation.h"
#include "detect/hit_finder.h"
#include "host/places.h"
#include "host/token_finder.h"

namespace hfscan {

// What a matcher is given: one place with its tokens, and the one rule it decides for.
struct HostCheck {
  const Rule& rule;
  const HostPlace& place;
  std::string_view text;
  std::span<const FoundToken> tokens;
  const std::set<Sha256Digest>& named_read;  // tokens of the host whose name says that they only read
  const RotationPolicy& policy;
  FileHits& found;

  // A hit at a span of the text. `identity` says what it is about, for the fingerprint; never a secret.
  RuleHit& hit(ByteSpan span, std::string identity) const;
  // A hit at a token.
  RuleHit& hit(const FoundToken& token) const;
};

// Whether the permission bits let others than the owner do anything.
constexpr bool is_open_to_others(std::uint32_t mode) { return (mode & 077U) != 0; }

// "chmod 600 ~/.netrc"
std::string chmod_command(const HostPlace& place);

// huggingface.co, hf.co and what is below them; a port may follow.
[[nodiscard]] bool is_hub_host(std::string_view host);

void match_credential_file(const HostCheck& check);  // HF8003
void match_netrc(const HostCheck& check);            // HF8006
void match_process(const HostCheck& check);          // HF8007

}  // namespace hfscan
