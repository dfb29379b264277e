#include "cli/remediate/use_scan.h"

#include <cstdlib>
#include <optional>

#include "base/mask.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/session.h"
#include "cli/targets.h"
#include "cli/this_host.h"
#include "inventory/host_uses.h"
#include "remedy/journal_facts.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): environ(7) wants it declared

namespace hfscan {
namespace {

// When the last secret was taken by the Hub to be revoked: what was set before that has the old value. Empty: not yet.
std::string revoked_at(IncidentWork& work) {
  std::string last;
  for (const JournalEntry& entry : work.journal().entries()) {
    if (entry.event == "dead")
      last = std::max(last, json_text(entry.data, json_text(entry.data, "accepted_at").empty() ? "first_401" : "accepted_at"));
  }
  return last;
}

// Values are hashed here and go nowhere else.
std::map<std::string, Sha256Digest> tokens_of_environment() {
  std::map<std::string, Sha256Digest> tokens;
  for (char** pair = environ; pair != nullptr && *pair != nullptr; ++pair) {
    const std::string_view text = *pair;
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || !holds_token_shape(text.substr(equals + 1))) continue;
    tokens.emplace(text.substr(0, equals), sha256(text.substr(equals + 1)));
  }
  return tokens;
}

FactsByToken facts_of(IncidentWork& work) {
  FactsByToken facts;
  for (const JournalEntry& entry : work.journal().entries()) {
    const Json& who = json_member(entry.data, "whoami");
    if (entry.event != "whoami" || !who.is_object()) continue;
    facts[json_text(entry.data, "sha256").substr(0, kShownDigits)] = {json_text(who, "role"), json_text(who, "created_at")};
  }
  return facts;
}

// Of a scan for tokens. A session refers to them, so that they outlive it.
Options scan_options(const IncidentWork& work) {
  Options options = work.options();
  options.command = Command::scan;
  options.format.reset();
  options.config_flags.push_back({"rules.select", "--rules", "HF1"});
  return options;
}

std::set<Sha256Digest> ids_of(const Incident& incident) {
  std::set<Sha256Digest> ids;
  for (const LeakedSecret& secret : incident.secrets) ids.insert(secret.id);
  return ids;
}

// Tokens in a dress, in archives and in large files are for a scan to find. The report points into the session's rules.
Result<Report> scan_for_tokens(const Session& session, const std::string& folder) {
  HFSCAN_TRY_ASSIGN(Targets targets, find_targets({folder}));
  return session.scan(sources_of(std::move(targets), false), "scan");
}

void count(UseScan& scan, const std::string& revoked) {
  for (const UsePlace& place : scan.inventory.places) {
    if (place.holds == HoldsLeaked::yes) {
      const std::string line = place.line == 0 ? "" : cat(":", std::to_string(place.line));
      if (scan.holding++ == 0) scan.first = cat(place.path.empty() ? place.name : place.path, line);
    }
    const bool newer = !revoked.empty() && !place.updated_at.empty() && place.updated_at > revoked;
    if (place.holds == HoldsLeaked::unknown && !place.command.empty() && !newer) ++scan.unknown;
  }
}

}  // namespace

std::vector<std::string> users_on_this_host(IncidentWork& work) {
  const Options plain = scan_options(work);
  const Result<std::unique_ptr<Session>> session = Session::open(plain, {});
  const Result<HostView> view = view_of_this_host();
  if (!session.ok() || !view.ok()) return {};
  const std::vector<const Rule*> rules = (*session)->rules().all();
  const HostInventory host = take_inventory(*view);
  const std::set<Sha256Digest> leaked = ids_of(work.incident());
  std::vector<std::string> users;
  for (const UsePlace& place : find_host_uses({host, rules, leaked, nullptr, tokens_of_environment()})) {
    if (place.holds != HoldsLeaked::yes || place.kind == "shell-history") continue;
    users.push_back(place.path.empty() ? cat(place.name, " in the environment") : place.path);
  }
  return users;
}

Result<UseScan> scan_uses(IncidentWork& work, const UseScanOptions& options) {
  const Incident& incident = work.incident();
  const Options plain = scan_options(work);
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(plain, {incident.repository, "", {}}));
  const std::vector<const Rule*> rules = session->rules().all();
  const RotationPolicy policy = rotation_policy(session->settings());
  HFSCAN_TRY_ASSIGN(const Report found, scan_for_tokens(*session, incident.repository));
  InventoryRequest request;
  request.root = incident.repository;
  request.policy = &policy;
  request.findings = found.findings;
  request.rules = rules;
  request.leaked = ids_of(incident);
  std::optional<HostInventory> host;
  if (options.host) {
    HFSCAN_TRY_ASSIGN(const HostView view, view_of_this_host());
    host = take_inventory(view);
    request.host = &*host;
    request.environment = tokens_of_environment();
  }
  if (options.net) request.net = NetRequest{};
  UseScan scan;
  HFSCAN_TRY_ASSIGN(scan.inventory, take_inventory(request));
  scan.issues = check_rotation(policy, scan.inventory.places, facts_of(work), current_time());
  count(scan, revoked_at(work));
  return scan;
}

}  // namespace hfscan
