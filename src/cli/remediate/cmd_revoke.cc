// remediate revoke: the tokens of an incident are revoked and proven dead; with --prove-only, only proven dead; with
// --ask-only, only asked about.
#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "cli/consent.h"
#include "cli/hub_access.h"
#include "cli/output.h"
#include "cli/remediate/commands.h"
#include "cli/remediate/incident_work.h"
#include "cli/remediate/use_scan.h"
#include "cli/token_input.h"
#include "git/layout.h"
#include "git/object_store.h"
#include "remedy/revocation.h"
#include "remedy/secret_source.h"

namespace hfscan {
namespace {

constexpr unsigned kMostSeconds = 3600;

std::string name_of(const std::string& masked, const Sha256Digest& id) {
  return cat(escape_for_display(masked), "  sha256 ", to_hex(id).substr(0, 12));
}

RevokeItem item_of(const LeakedSecret& leaked) {
  RevokeItem item;
  item.id = leaked.id;
  item.masked = leaked.masked;
  item.kind = credential_kind_from(leaked.kind).value_or(CredentialKind::other);
  return item;
}

// The backup of a rewrite; holds nothing when there is none.
ObjectStore mirror_of(const IncidentWork& work) {
  const Result<std::optional<RepositoryLayout>> layout = repository_at(work.rewrite_folder() + "/mirror.git");
  return layout.ok() && *layout ? ObjectStore::open(**layout, {}, 1) : ObjectStore();
}

// From where they stood: the repository as it is now, and its files.
std::vector<RevokeItem> items_of(const IncidentWork& work) {
  SecretPlaces places;
  places.folder = work.incident().repository;
  const std::optional<RepositoryLayout> layout = work.repository();
  const ObjectStore store = layout ? ObjectStore::open(*layout, {"/"}, 1) : ObjectStore();
  if (layout) places.objects = &store;
  if (layout) places.layout = &*layout;
  const ObjectStore copy = mirror_of(work);  // after the repository itself was cleaned
  std::vector<RevokeItem> items;
  for (const LeakedSecret& leaked : work.incident().secrets) {
    RevokeItem& item = items.emplace_back(item_of(leaked));
    Result<Secret> secret = find_secret(leaked, places);
    if (!secret.ok()) secret = find_secret(leaked, {.objects = &copy});
    if (secret.ok())
      item.secret = std::move(*secret);
    else
      item.no_secret = secret.error().message;
  }
  return items;
}

// Only those that were given: the others are left as they are. One that is no part of the incident is refused, not shown.
Result<std::vector<RevokeItem>> items_of_stdin(const IncidentWork& work) {
  HFSCAN_TRY_ASSIGN(std::vector<Secret> secrets, tokens_of_standard_input());
  std::vector<RevokeItem> items;
  for (Secret& secret : secrets) {
    const std::vector<LeakedSecret>& known = work.incident().secrets;
    const auto leaked =
        std::find_if(known.begin(), known.end(), [&secret](const LeakedSecret& one) { return one.id == secret.id(); });
    if (leaked == known.end())
      return Error{cat("a token on standard input (sha256 ", to_hex(secret.id()).substr(0, 12),
                       ") is no part of this incident: nothing was sent")};
    items.push_back(item_of(*leaked));
    items.back().secret = std::move(secret);
  }
  return items;
}

Result<ProofTiming> timing_of(const RemediateOptions& flags) {
  ProofTiming timing;
  if (flags.proof_interval.empty()) return timing;
  unsigned seconds = 0;
  for (const char c : flags.proof_interval) {
    if (c < '0' || c > '9' || seconds > kMostSeconds) seconds = kMostSeconds + 1;
    seconds = seconds > kMostSeconds ? seconds : 10 * seconds + static_cast<unsigned>(c - '0');
  }
  if (seconds == 0 || seconds > kMostSeconds) return Error{"--proof-interval takes seconds, from 1 to 3600"};
  timing.interval = std::chrono::seconds(seconds);
  timing.patience = 10 * timing.interval;
  return timing;
}

enum class Purpose { revoke, prove, ask };

Purpose purpose_of(const RemediateOptions& flags) {
  return flags.ask_only ? Purpose::ask : flags.prove_only ? Purpose::prove : Purpose::revoke;
}

bool is_sent(const RevokeItem& item, Purpose purpose) {
  return purpose == Purpose::revoke ? is_revocable(item, UndocumentedKinds::leave) : item.secret.has_value();
}

std::string_view words_for(Purpose purpose) {
  switch (purpose) {
    case Purpose::revoke: return ", to be revoked:";
    case Purpose::prove: return ", to ask whether they are dead:";
    case Purpose::ask: return ", to ask what they are:";
  }
  return "";
}

// Whoever revokes the token by which this very machine logs in should know it before.
std::string users_text(IncidentWork& work) {
  const std::vector<std::string> users = users_on_this_host(work);
  if (users.empty()) return "";
  std::string text = "This machine uses it, and stops doing so; a new token there first ('hfscan remediate inventory --host'):";
  for (const std::string& user : users) text += cat("\n  ", user);
  return text;
}

// What goes where, and what then happens.
std::string question_of(const std::vector<RevokeItem>& items, const HubEndpoint& endpoint, Purpose purpose) {
  std::string text = cat("This sends to ", shown_endpoint(endpoint), words_for(purpose));
  std::string rest;
  for (const RevokeItem& item : items) {
    (is_sent(item, purpose) ? text : rest) += cat("\n  ", name_of(item.masked, item.id));
  }
  if (!rest.empty()) text += cat("\nThis is not sent (the answer says why, and what to do by hand):", rest);
  if (purpose != Purpose::revoke) return text;
  return text +
         "\nEverything that uses them stops at once, everywhere: CI, Spaces, Jobs, machines, logins.\n"
         "The Hub mails the owner of each, who has to make a new one; it takes leaked tokens of others as well.\n"
         "It cannot be undone.";
}

// Asks before anything leaves this machine.
Status consent(IncidentWork& work, const std::vector<RevokeItem>& items, const HubEndpoint& endpoint) {
  const Purpose purpose = purpose_of(work.flags());
  if (std::none_of(items.begin(), items.end(), [purpose](const RevokeItem& item) { return is_sent(item, purpose); })) return {};
  std::string text = question_of(items, endpoint, purpose);
  if (const std::string users = purpose == Purpose::revoke ? users_text(work) : ""; !users.empty()) {
    if (work.flags().yes) complain(users);
    text += cat("\n", users);
  }
  return ask_consent({text, purpose == Purpose::revoke ? "revoke" : "y", "nothing was sent"},
                     work.flags().yes ? Assumed::yes : Assumed::no);
}

std::string text_of(const RevokeResult& result) {
  if (result.state == RevokeState::revoked)
    return cat(name_of(result.masked, result.id), "  revoked: 401 at ", instant_text(*result.first_401), " and at ",
               instant_text(*result.second_401), "\n");
  const std::string_view word = result.state == RevokeState::still_live ? "STILL ALIVE"
                                : result.state == RevokeState::by_hand  ? "not sent"
                                                                        : "unknown, NOT proven dead";
  return cat(name_of(result.masked, result.id), "  ", word, ": ", result.reason, "\n");
}

// Reality decides: 0 only when all are proven dead.
ExitCode code_of(const RevokeOutcome& outcome) {
  if (outcome.any(RevokeState::unproven)) return ExitCode::incomplete;
  return outcome.all(RevokeState::revoked) ? ExitCode::clean : ExitCode::findings;
}

Status note_results(IncidentWork& work, const RevokeOutcome& outcome, const HubEndpoint& endpoint) {
  for (const RevokeResult& result : outcome.results) {
    Json data = to_json(result);
    data["endpoint"] = endpoint.url;
    HFSCAN_TRY(work.note(result.state == RevokeState::revoked ? "dead" : "not dead", data));
  }
  return {};
}

Status print_results(const RevokeOutcome& outcome, bool json) {
  std::string text;
  Json list = Json::array();
  for (const RevokeResult& result : outcome.results) {
    text += text_of(result);
    list.push_back(to_json(result));
  }
  const Json object = {{"secrets", std::move(list)}, {"exit_code", static_cast<int>(code_of(outcome))}};
  return print(json ? dump_pretty(object) : text);
}

Result<ExitCode> ask_about(IncidentWork& work, const HubClient& hub, const HubEndpoint& endpoint,
                           const std::vector<RevokeItem>& items) {
  const Identities identities = work.flags().include_identity ? Identities::shown : Identities::hidden;
  bool known = true;
  bool alive = false;
  Json list = Json::array();
  std::string text;
  for (const RevokeItem& item : items) {
    const HubVerdict verdict = item.secret ? hub.whoami(*item.secret) : HubVerdict{Liveness::unknown, 0, item.no_secret};
    Json data = to_json(verdict, identities);
    data["sha256"] = to_hex(item.id);
    data["endpoint"] = endpoint.url;
    HFSCAN_TRY(work.note("whoami", data));
    text += cat(name_of(item.masked, item.id), "  ", verdict_text(verdict, identities));
    list.push_back({{"sha256", to_hex(item.id)}, {"masked", item.masked}, {"answer", to_json(verdict, identities)}});
    known = known && verdict.state != Liveness::unknown;
    alive = alive || verdict.state != Liveness::dead;
  }
  HFSCAN_TRY(work.write_plan());
  HFSCAN_TRY(print(wants_json(work.options()).value() ? dump_pretty({{"secrets", std::move(list)}}) : text));
  if (!known) return ExitCode::incomplete;
  return alive ? ExitCode::findings : ExitCode::clean;
}

Result<ExitCode> settle(IncidentWork& work, const HubEndpoint& endpoint, const RevokeOutcome& outcome) {
  HFSCAN_TRY(note_results(work, outcome, endpoint));
  HFSCAN_TRY(work.write_plan());
  HFSCAN_TRY(print_results(outcome, wants_json(work.options()).value()));
  return code_of(outcome);
}

Result<ExitCode> revoke(IncidentWork& work, const HubClient& hub, const HubEndpoint& endpoint, const RevokeRequest& request) {
  Json ids = Json::array();
  for (const RevokeItem& item : request.items) {
    if (is_revocable(item, request.undocumented)) ids.push_back(to_hex(item.id));
  }
  // Before it is sent: should this process die, the diary says that it may have been.
  HFSCAN_TRY(work.note("revocation sent", {{"secrets", std::move(ids)}, {"endpoint", endpoint.url}}));
  return settle(work, endpoint, revoke_all(hub, request, complain));
}

}  // namespace

Result<ExitCode> revoke_secrets(IncidentWork& work) {
  const RemediateOptions& flags = work.flags();
  HFSCAN_TRY(wants_json(work.options()));
  HFSCAN_TRY_ASSIGN(const ProofTiming timing, timing_of(flags));
  HFSCAN_TRY_ASSIGN(const HubEndpoint endpoint, hub_endpoint(work.options()));
  HFSCAN_TRY_ASSIGN(const HubClient hub, hub_client(endpoint));
  RevokeRequest request;
  request.timing = timing;
  if (flags.token_stdin) {
    HFSCAN_TRY_ASSIGN(request.items, items_of_stdin(work));
  } else {
    request.items = items_of(work);
  }
  HFSCAN_TRY(consent(work, request.items, endpoint));
  switch (purpose_of(flags)) {
    case Purpose::ask: return ask_about(work, hub, endpoint, request.items);
    case Purpose::prove: return settle(work, endpoint, prove_dead(hub, request, complain));
    case Purpose::revoke: break;
  }
  return revoke(work, hub, endpoint, request);
}

}  // namespace hfscan
