// From "please revoke these" to "they are dead, and here is the proof". Separate from the client, because what counts as proof
// is a decision of ours: the Hub accepts everything, so that a token is only called revoked when whoami has answered 401 twice
// with some time between.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/secret.h"
#include "base/sha256.h"
#include "core/rule.h"
#include "remedy/hub.h"

namespace hfscan {

// A secret that is to die. Without bytes (they could not be found) it is left to a person.
struct RevokeItem {
  Sha256Digest id{};
  std::string masked;
  CredentialKind kind = CredentialKind::other;
  std::optional<Secret> secret = {};
  std::string no_secret = {};  // why there are no bytes: one line
};

struct ProofTiming {
  std::chrono::seconds interval{30};   // at least so long between the two 401
  std::chrono::seconds patience{300};  // so long one that still answers 200 is asked again
};

// Whether kinds are sent of which nobody says that the endpoint takes them.
enum class UndocumentedKinds { leave, send };

struct RevokeRequest {
  std::vector<RevokeItem> items;
  ProofTiming timing = {};
  UndocumentedKinds undocumented = UndocumentedKinds::leave;
};

enum class RevokeState {
  revoked,     // two 401
  still_live,  // 200 to the end
  unproven,    // no such answer: refused, offline, 403, 429, ...
  by_hand,     // nothing was sent; `reason` says what a person does
};
const char* to_string(RevokeState state);  // "revoked", "still_live", "unproven", "by_hand"

// Moments are seconds since 1970.
struct RevokeResult {
  Sha256Digest id{};
  std::string masked;
  CredentialKind kind = CredentialKind::other;
  RevokeState state = RevokeState::by_hand;
  std::string reason;                            // one line, safe to show; empty when revoked
  std::optional<std::int64_t> accepted_at = {};  // when the Hub took the request
  std::optional<std::int64_t> first_401 = {};
  std::optional<std::int64_t> second_401 = {};
  int status = 0;  // of the last answer about it
};

struct RevokeOutcome {
  std::vector<RevokeResult> results;  // in the order of the items
  [[nodiscard]] bool all(RevokeState state) const;
  [[nodiscard]] bool any(RevokeState state) const;
};

// What happens, for people who wait: one line, safe to show.
using RevokeProgress = std::function<void(const std::string& line)>;

// Whether this would be sent, or why not: what a person does instead.
[[nodiscard]] bool is_revocable(const RevokeItem& item, UndocumentedKinds undocumented);

// Sends, then waits for the proof. One that fails stops no other.
RevokeOutcome revoke_all(const HubClient& hub, const RevokeRequest& request, const RevokeProgress& progress = {});

// The proof alone: for one that was revoked before, or on the web page. Sends nothing but the questions.
RevokeOutcome prove_dead(const HubClient& hub, const RevokeRequest& request, const RevokeProgress& progress = {});

// No secret, no personal data.
Json to_json(const RevokeResult& result);

}  // namespace hfscan
