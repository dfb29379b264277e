// Tested by tests/unit/remedy/revocation_test.cc.
#include "remedy/revocation.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/time.h"
#include "remedy/hub_kinds.h"

namespace hfscan {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{1000};  // between two questions about one that is not dead yet; doubles

// One token on its way to the proof.
struct Watch {
  const RevokeItem* item;
  RevokeResult* result;
  milliseconds due{0};
  milliseconds pause = kFirstPause;
  std::optional<milliseconds> dead_since = {};
  bool done = false;
};

class Prover {
 public:
  Prover(const HubClient& hub, const ProofTiming& timing, const RevokeProgress& progress)
      : hub_(hub), interval_(timing.interval), end_(hub.clock().elapsed() + timing.patience), progress_(progress) {}

  void run(std::vector<Watch>& watches) {
    while (Watch* next = earliest(watches)) {
      const milliseconds now = hub_.clock().elapsed();
      if (next->due > now) hub_.clock().sleep(next->due - now);
      ask(*next);
    }
  }

 private:
  static Watch* earliest(std::vector<Watch>& watches) {
    Watch* first = nullptr;
    for (Watch& watch : watches) {
      if (!watch.done && (first == nullptr || watch.due < first->due)) first = &watch;
    }
    return first;
  }

  void ask(Watch& watch) {
    const milliseconds asked = hub_.clock().elapsed();
    const HubVerdict verdict = hub_.whoami(*watch.item->secret);
    watch.result->status = verdict.status;
    if (verdict.state == Liveness::dead) return see_dead(watch, asked);
    if (watch.dead_since) say(watch, "answered 401 once, and now something else: the proof begins anew");
    watch.dead_since.reset();
    watch.result->first_401.reset();
    settle_for_now(watch, verdict);
  }

  // The time between the two is from the first answer to the second question.
  void see_dead(Watch& watch, milliseconds asked) {
    if (watch.dead_since && asked - *watch.dead_since >= interval_) {
      watch.result->second_401 = hub_.clock().now();
      watch.result->state = RevokeState::revoked;
      watch.result->reason.clear();
      watch.done = true;
      return say(watch, "answers 401 for the second time: revoked");
    }
    if (!watch.dead_since) {
      watch.dead_since = hub_.clock().elapsed();
      watch.result->first_401 = hub_.clock().now();
      say(watch, cat("answers 401; asked again in ", std::to_string(interval_.count() / 1000), " s"));
    }
    watch.result->reason = "it answered 401 only once";
    watch.due = *watch.dead_since + interval_;
  }

  // Asking again would say the same: whoami has no answer that means "dead" for this kind.
  static bool cannot_be_proven(const Watch& watch, const HubVerdict& verdict) {
    const std::optional<CredentialKind> kind = kind_of_token(watch.item->secret->expose());
    const bool tells = kind && hub_kind(*kind).whoami == WhoamiSays::everything;
    return !tells && verdict.state == Liveness::unknown && (verdict.status == 401 || verdict.status == 0);
  }

  void settle_for_now(Watch& watch, const HubVerdict& verdict) {
    const bool live = verdict.state == Liveness::live;
    watch.result->state = live ? RevokeState::still_live : RevokeState::unproven;
    watch.result->reason = live ? cat("it still works (200): ", hub_kind(watch.item->kind).by_hand) : verdict.reason;
    const milliseconds now = hub_.clock().elapsed();
    watch.done = now >= end_ || cannot_be_proven(watch, verdict);
    watch.due = std::max(std::min(now + watch.pause, end_), now);
    watch.pause = std::min(2 * watch.pause, std::max(interval_, kFirstPause));
    say(watch, live ? "still answers 200" : verdict.reason);
  }

  void say(const Watch& watch, const std::string& what) const {
    if (progress_) progress_(cat(watch.result->masked, " ", to_hex(watch.result->id).substr(0, 12), ": ", what));
  }

  const HubClient& hub_;
  milliseconds interval_;
  milliseconds end_;
  const RevokeProgress& progress_;
};

// Sends in requests of bounded size; what was not taken keeps its reason.
void send(const HubClient& hub, const std::vector<Watch>& watches) {
  for (std::size_t begin = 0; begin < watches.size(); begin += kMostCredentials) {
    const std::size_t end = std::min(begin + kMostCredentials, watches.size());
    std::vector<const Secret*> batch;
    for (std::size_t i = begin; i < end; ++i) batch.push_back(&*watches[i].item->secret);
    const Delivery delivery = hub.revoke(batch);
    for (std::size_t i = begin; i < end; ++i) {
      RevokeResult& result = *watches[i].result;
      result.status = delivery.status;
      result.state = RevokeState::unproven;
      if (delivery.accepted) result.accepted_at = hub.clock().now();
      result.reason = delivery.accepted ? "accepted, and not proven yet" : cat("the request was not taken: ", delivery.reason);
    }
  }
}

std::string why_by_hand(const RevokeItem& item) {
  const HubKind& kind = hub_kind(item.kind);
  if (!item.secret) return item.no_secret.empty() ? "its bytes are not at hand" : item.no_secret;
  if (kind.api == ApiRevocation::undocumented)
    return cat("the Hub does not say that it revokes this kind (", to_string(item.kind),
               "), so it was not sent: ", kind.by_hand);
  return cat("the Hub does not revoke this kind (", to_string(item.kind), "): ", kind.by_hand);
}

RevokeOutcome results_of(const RevokeRequest& request) {
  RevokeOutcome outcome;
  for (const RevokeItem& item : request.items) {
    RevokeResult& result = outcome.results.emplace_back();
    result.id = item.id;
    result.masked = item.masked;
    result.kind = item.kind;
    result.reason = why_by_hand(item);
  }
  return outcome;
}

template <typename Wanted>
std::vector<Watch> watches_of(const RevokeRequest& request, RevokeOutcome& outcome, Wanted wanted) {
  std::vector<Watch> watches;
  for (std::size_t i = 0; i < request.items.size(); ++i) {
    if (wanted(request.items[i])) watches.push_back({&request.items[i], &outcome.results[i]});
  }
  return watches;
}

void add_moment(Json& object, const char* name, const std::optional<std::int64_t>& moment) {
  if (moment) object[name] = instant_text(*moment);
}

}  // namespace

const char* to_string(RevokeState state) {
  static constexpr std::array<const char*, 4> kNames = {"revoked", "still_live", "unproven", "by_hand"};
  return kNames.at(static_cast<std::size_t>(state));
}

bool RevokeOutcome::all(RevokeState state) const {
  return std::all_of(results.begin(), results.end(), [state](const RevokeResult& result) { return result.state == state; });
}

bool RevokeOutcome::any(RevokeState state) const {
  return std::any_of(results.begin(), results.end(), [state](const RevokeResult& result) { return result.state == state; });
}

bool is_revocable(const RevokeItem& item, UndocumentedKinds undocumented) {
  const ApiRevocation api = hub_kind(item.kind).api;
  const bool taken =
      api == ApiRevocation::documented || (api == ApiRevocation::undocumented && undocumented == UndocumentedKinds::send);
  return item.secret && taken && is_sendable(item.secret->expose());
}

RevokeOutcome revoke_all(const HubClient& hub, const RevokeRequest& request, const RevokeProgress& progress) {
  RevokeOutcome outcome = results_of(request);
  std::vector<Watch> watches =
      watches_of(request, outcome, [&request](const RevokeItem& item) { return is_revocable(item, request.undocumented); });
  send(hub, watches);
  std::erase_if(watches, [](const Watch& watch) { return !watch.result->accepted_at; });
  Prover(hub, request.timing, progress).run(watches);
  return outcome;
}

RevokeOutcome prove_dead(const HubClient& hub, const RevokeRequest& request, const RevokeProgress& progress) {
  RevokeOutcome outcome = results_of(request);
  std::vector<Watch> watches = watches_of(request, outcome, [](const RevokeItem& item) {
    return item.secret && hub_kind(item.kind).whoami != WhoamiSays::nothing && is_sendable(item.secret->expose());
  });
  Prover(hub, request.timing, progress).run(watches);
  return outcome;
}

Json to_json(const RevokeResult& result) {
  Json object = {{"sha256", to_hex(result.id)},
                 {"masked", result.masked},
                 {"kind", to_string(result.kind)},
                 {"state", to_string(result.state)}};
  if (!result.reason.empty()) object["reason"] = result.reason;
  if (result.status != 0) object["status"] = result.status;
  add_moment(object, "accepted_at", result.accepted_at);
  add_moment(object, "first_401", result.first_401);
  add_moment(object, "second_401", result.second_401);
  return object;
}

}  // namespace hfscan
