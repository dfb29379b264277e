// What the Hub says about tokens: whether one is alive, and that revocations were accepted. The meaning of its answers is here;
// how they are fetched is in hub_http.h, and when a token counts as revoked in revocation.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "base/secret.h"
#include "remedy/hub_http.h"
#include "remedy/whoami.h"

namespace hfscan {

enum class Liveness {
  live,         // 200 and a body of whoami
  dead,         // 401 by the endpoint itself
  org_blocked,  // 403: an organisation does not take it; elsewhere it works
  unknown,      // everything else. Never good news
};
const char* to_string(Liveness liveness);  // "live", "dead", "org_blocked", "unknown"

struct HubVerdict {
  Liveness state = Liveness::unknown;
  int status = 0;                  // of HTTP, 0: none
  std::string reason;              // one line, safe to show; empty only for live and dead
  std::optional<WhoAmI> who = {};  // live only
};

// state, status, reason, whoami.
Json to_json(const HubVerdict& verdict, Identities identities);

struct Delivery {
  bool accepted = false;  // 2xx. It says nothing about any of the tokens: the Hub answers so to everything
  int status = 0;
  std::string reason;  // when not accepted: one line, safe to show
};

// Time as the caller wants it to pass.
struct HubClock {
  std::function<std::int64_t()> now;                   // seconds since 1970, for what is written down
  std::function<std::chrono::milliseconds()> elapsed;  // since any fixed moment; never goes back
  std::function<void(std::chrono::milliseconds)> sleep;
};

// How long one question may take when the Hub says "later": waits of 1, 2, 4, ... seconds, or as long as it asks for.
struct HubPatience {
  std::chrono::milliseconds first{1000};
  std::chrono::milliseconds most{16'000};  // of one wait that the Hub did not ask for
  std::chrono::milliseconds total{20'000};
};

inline constexpr std::size_t kMostCredentials = 100;  // of one request; the Hub's own bound is not documented

// Immutable.
class HubClient {
 public:
  HubClient(HubTransport transport, HubClock clock, HubPatience patience = {})
      : transport_(std::move(transport)), clock_(std::move(clock)), patience_(patience) {}

  // GET /api/whoami-v2. Kinds of which it can tell nothing (hub_kinds.h) are not sent and unknown.
  [[nodiscard]] HubVerdict whoami(const Secret& token) const;

  // POST /api/credentials/revoke with at most kMostCredentials tokens, each of them sendable (hub_kinds.h).
  [[nodiscard]] Delivery revoke(std::span<const Secret* const> tokens) const;

  [[nodiscard]] const HubClock& clock() const { return clock_; }

 private:
  [[nodiscard]] HubAnswer ask(const HubCall& call) const;
  HubTransport transport_;
  HubClock clock_;
  HubPatience patience_;
};

// What an answer of whoami means for a token of which whoami can tell everything.
HubVerdict read_verdict(const HubAnswer& answer);

}  // namespace hfscan
