#include "cli/remediate/incident_work.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "base/own_folder.h"
#include "base/text.h"
#include "remedy/journal_facts.h"

namespace hfscan {
namespace {

constexpr std::string_view kJournal = "journal.jsonl";

std::string variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing changes the environment
  return value == nullptr ? "" : value;
}

bool share_a_secret(const Incident& a, const Incident& b) {
  return std::any_of(a.secrets.begin(), a.secrets.end(), [&b](const LeakedSecret& secret) {
    return std::any_of(b.secrets.begin(), b.secrets.end(),
                       [&secret](const LeakedSecret& other) { return other.id == secret.id; });
  });
}

// The open incident that this one continues; empty when there is none.
std::string continued(const Incident& incident) {
  for (const KnownIncident& known : list_incidents(state_folder())) {
    if (!known.closed && known.incident.repository == incident.repository && share_a_secret(known.incident, incident))
      return known.incident.id;
  }
  return "";
}

// What is no longer found is still part of the incident: it leaked.
Incident joined(const Incident& before, Incident now) {
  for (const LeakedSecret& secret : before.secrets) {
    const bool known =
        std::any_of(now.secrets.begin(), now.secrets.end(), [&secret](const LeakedSecret& one) { return one.id == secret.id; });
    if (!known) now.secrets.push_back(secret);
  }
  std::sort(now.secrets.begin(), now.secrets.end(), [](const LeakedSecret& a, const LeakedSecret& b) { return a.id < b.id; });
  now.id = before.id;
  now.created = before.created;
  if (now.visibility == Visibility::unknown) now.visibility = before.visibility;
  if (before.is_pushed()) now.leak_class = before.leak_class;
  return now;
}

std::optional<RewriteCost> cost_from(const JournalEntry* entry) {
  if (entry == nullptr) return std::nullopt;
  const auto number = [entry](const char* name) { return json_number(entry->data, name); };
  return RewriteCost{number("commits"), number("rewritten"), number("refs"), number("signatures"), number("pull_requests")};
}

SecretFates fates_of(const Incident& incident, const Journal& journal) {
  SecretFates fates;
  for (const LeakedSecret& secret : incident.secrets) {
    const JournalEntry* answer = last_answer(journal, secret);
    const JournalEntry* revocation = last_revocation(journal, secret);
    const bool dead = proof_of_death(journal, secret) || (answer != nullptr && json_text(answer->data, "state") == "dead");
    fates.dead += dead ? 1U : 0U;
    fates.survived += !dead && revocation != nullptr && json_text(revocation->data, "state") == "still_live" ? 1U : 0U;
  }
  return fates;
}

Strategy strategy_of(const JournalEntry* entry) {
  if (entry == nullptr) return Strategy::automatic;
  return strategy_from(json_text(entry->data, "strategy")).value_or(Strategy::automatic);
}

}  // namespace

std::int64_t current_time() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string state_folder() { return default_own_folder(variable("XDG_STATE_HOME"), variable("HOME"), ".local/state"); }

Result<IncidentWork> IncidentWork::in_folder(const Options& options, IncidentFolder folder) {
  HFSCAN_TRY_ASSIGN(Journal journal, Journal::open(folder.file(kJournal)));
  return IncidentWork(options, std::move(folder), std::move(journal));
}

Result<IncidentWork> IncidentWork::open(const Options& options) {
  if (options.arguments.size() > 1) return Error{"one incident at a time; see 'hfscan remediate --help'"};
  const std::string name = options.arguments.empty() ? "" : options.arguments.front();
  HFSCAN_TRY_ASSIGN(IncidentFolder folder, IncidentFolder::open(state_folder(), name));
  return in_folder(options, std::move(folder));
}

Result<IncidentWork> IncidentWork::begin(const Options& options, Incident incident) {
  const std::string known = continued(incident);
  if (known.empty()) {
    HFSCAN_TRY_ASSIGN(IncidentFolder folder, IncidentFolder::create(state_folder(), std::move(incident)));
    HFSCAN_TRY_ASSIGN(IncidentWork work, in_folder(options, std::move(folder)));
    HFSCAN_TRY(
        work.note("created", {{"class", to_string(work.incident().leak_class)}, {"secrets", work.incident().secrets.size()}}));
    return work;
  }
  HFSCAN_TRY_ASSIGN(IncidentFolder folder, IncidentFolder::open(state_folder(), known));
  HFSCAN_TRY(folder.update(joined(folder.incident(), std::move(incident))));
  HFSCAN_TRY_ASSIGN(IncidentWork work, in_folder(options, std::move(folder)));
  HFSCAN_TRY(work.note("planned again", {{"secrets", work.incident().secrets.size()}}));
  return work;
}

std::optional<RepositoryLayout> IncidentWork::repository() const {
  if (incident().git_dir.empty()) return std::nullopt;
  Result<std::optional<RepositoryLayout>> found = find_repository(incident().repository);
  return found.ok() ? std::move(*found) : std::nullopt;
}

PlanChoices IncidentWork::choices() const {
  PlanChoices choices;
  choices.strategy = strategy_of(journal_.last("strategy"));
  choices.rewrite = rewrite_decision(journal_).choice;
  choices.rewrite_folder = rewrite_folder();
  choices.cost = cost_from(journal_.last("cost"));
  choices.fates = fates_of(incident(), journal_);
  return choices;
}

Plan IncidentWork::plan() const { return make_plan(incident(), choices()); }

Status IncidentWork::write_plan() const {
  const Plan made = plan();
  HFSCAN_TRY(folder_.write("plan.json", dump_pretty(to_json(made))));
  return folder_.write("plan.md", plan_text(incident(), made));
}

Result<bool> wants_json(const Options& options) {
  if (!options.format || *options.format == "text") return false;
  if (*options.format == "json") return true;
  return Error{cat("'hfscan remediate' writes text or json, not ", hfscan::quoted(*options.format))};
}

}  // namespace hfscan
