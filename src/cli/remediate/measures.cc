#include "cli/remediate/measures.h"

#include <map>
#include <memory>

#include "base/file.h"
#include "base/text.h"
#include "cli/remediate/leak_scans.h"
#include "cli/remediate/remote_state.h"
#include "cli/remediate/rewrite_jobs.h"
#include "cli/remediate/use_scan.h"
#include "remedy/backup.h"
#include "remedy/guard.h"
#include "remedy/journal_facts.h"

namespace hfscan {
namespace {

std::string place_name(const LeakPlace& place) {
  std::string name = escape_for_display(place.path);
  if (place.line != 0) name += cat(":", std::to_string(place.line));
  return name;
}

class Measures {
 public:
  explicit Measures(IncidentWork& work) : work_(work), job_(rewrite_job(work)) {}

  Measured measure(StepId id) {
    switch (id) {
      case StepId::unstage: return unstaged();
      case StepId::clean_places:
      case StepId::clean_tree: return free_of_secrets(files(), "no file holds it");
      case StepId::triage: return asked();
      case StepId::revoke: return revoked();
      case StepId::rotate: return rotated();
      case StepId::audit: return {StepState::open, "nobody has said yet what was looked at"};
      case StepId::decide: return decided();
      case StepId::preflight:
      case StepId::backup:
      case StepId::rewrite:
      case StepId::prove: return of_mirror(id);
      case StepId::push: return measure_push(work_, job_);
      case StepId::residue: return measure_residue(work_, job_);
      case StepId::adopt: return free_of_secrets(history(), "no object of your clone holds it");
      case StepId::guard: return guarded();
      case StepId::close: return closed();
    }
    return {};
  }

 private:
  const Result<Leaks>& files() {
    if (!files_) files_ = LeakScans(work_.options()).of_files(work_.incident().repository, Accepted::counted);
    return *files_;
  }

  const Result<Leaks>& history() {
    if (history_) return *history_;
    const std::optional<RepositoryLayout> layout = work_.repository();
    history_ = layout ? LeakScans(work_.options()).of_history(*layout, Accepted::counted)
                      : Result<Leaks>(Error{"the repository is not there any more"});
    return *history_;
  }

  Measured free_of_secrets(const Result<Leaks>& leaks, std::string_view good) {
    if (!leaks.ok()) return {StepState::unknown, leaks.error().message};
    std::vector<std::string> places;
    for (const LeakedSecret& secret : work_.incident().secrets) {
      const LeakedSecret* found = leaks->find(secret.id);
      if (found == nullptr) continue;
      for (const LeakPlace& place : found->places) places.push_back(place_name(place));
    }
    if (places.empty() && !leaks->complete) return {StepState::unknown, "something could not be read: see 'hfscan history'"};
    if (places.empty()) return {StepState::done, std::string(good)};
    const std::string more = places.size() > 1 ? cat(" and ", count_of(places.size() - 1, "more place", "more places")) : "";
    return {StepState::open, cat("still in ", places.front(), more)};
  }

  Measured unstaged() {
    Measured in_files = free_of_secrets(files(), "neither files nor index hold it");
    if (in_files.state != StepState::done) return in_files;
    return free_of_secrets(history(), "neither files nor index nor any object holds it");
  }

  Measured asked() {
    std::string evidence;
    for (const LeakedSecret& secret : work_.incident().secrets) {
      const JournalEntry* answer = last_answer(work_.journal(), secret);
      const bool dead = proof_of_death(work_.journal(), secret).has_value();
      if (answer == nullptr && !dead) return {StepState::open, cat("not asked about ", secret.short_id())};
      const std::string state = answer == nullptr ? "dead" : json_text(answer->data, "state");
      evidence += cat(evidence.empty() ? "" : ", ", secret.short_id(), " was ", state);
    }
    return {StepState::done, cat(evidence, " when asked")};
  }

  // A proof does not go out of date: what was revoked never works again.
  Measured revoked() {
    std::vector<std::string> alive;
    std::string proof;
    for (const LeakedSecret& secret : work_.incident().secrets) {
      if (const std::optional<ProofOfDeath> death = proof_of_death(work_.journal(), secret)) {
        proof = to_string(*death);
        continue;
      }
      const JournalEntry* last = last_revocation(work_.journal(), secret);
      const std::string state = last == nullptr ? "" : json_text(last->data, "state");
      alive.push_back(cat(secret.short_id(), state == "still_live" ? " is STILL ALIVE"
                                             : last == nullptr     ? " is not revoked"
                                                                   : " is not proven dead"));
    }
    if (alive.empty())
      return {StepState::done, work_.incident().secrets.size() == 1 ? proof : cat("all are dead, the last: ", proof)};
    const std::string more = alive.size() > 1 ? cat(" and ", std::to_string(alive.size() - 1), " more") : "";
    return {StepState::open, cat(alive.front(), more)};
  }

  // The host is looked at when it was before: an inventory without it would call half of the work done.
  bool host_was_asked() {
    const JournalEntry* last = work_.journal().last("inventory");
    return last != nullptr && json_flag(last->data, "host", false);
  }

  Measured rotated() {
    const Result<UseScan> uses = scan_uses(work_, {host_was_asked(), work_.flags().net});
    if (!uses.ok()) return {StepState::unknown, uses.error().message};
    if (uses->holding != 0) {
      return {StepState::open,
              cat(count_of(uses->holding, "place holds", "places hold"), " the old token: ", escape_for_display(uses->first))};
    }
    if (uses->unknown != 0)
      return {StepState::open,
              cat(count_of(uses->unknown, "place", "places"), " cannot be looked into from here: attest when done")};
    if (!uses->inventory.complete())
      return {StepState::unknown, "some places could not be read: see 'hfscan remediate inventory'"};
    return {StepState::done, cat(count_of(uses->inventory.places.size(), "place", "places"), ", none holds the old token")};
  }

  Measured decided() {
    const RewriteDecision decision = rewrite_decision(work_.journal());
    if (decision.choice == RewriteChoice::undecided) return {StepState::open, "not decided"};
    const std::string_view word = decision.choice == RewriteChoice::go ? "go" : "skip";
    return {StepState::done, cat(word, decision.reason.empty() ? "" : ": ", escape_for_display(decision.reason))};
  }

  Measured of_mirror(StepId id) {
    static const std::map<StepId, RewriteState> needed = {{StepId::preflight, RewriteState::mirrored},
                                                          {StepId::backup, RewriteState::backed_up},
                                                          {StepId::rewrite, RewriteState::rewritten},
                                                          {StepId::prove, RewriteState::verified}};
    const RewriteState state = measure_rewrite(job_);
    const bool reached = state >= needed.at(id);
    return {reached ? StepState::done : StepState::open, reached ? cat("mirror: ", to_string(state)) : ""};
  }

  Measured guarded() {
    const std::optional<RepositoryLayout> layout = work_.repository();
    if (!layout) return {StepState::unknown, "the repository is not there any more"};
    switch (hook_state(*layout)) {
      case HookState::active: return {StepState::done, "the pre-push hook is active"};
      case HookState::foreign: return {StepState::open, "another pre-push hook is there: ours has to be called from it"};
      case HookState::elsewhere:
        return {StepState::open,
                "core.hooksPath names another folder for hooks: ours has to be called from the pre-push there"};
      case HookState::absent: break;
    }
    return {StepState::open, "no pre-push hook with the banned commits"};
  }

  Measured closed() {
    const bool recorded = path_exists(work_.folder().file("record.md"));
    const bool copies = path_exists(job_.mirror()) || path_exists(job_.bundle()) || path_exists(job_.rewritten());
    if (!recorded) return {StepState::open, "no record yet"};
    if (copies) return {StepState::open, "mirror and backup are still there"};
    if (work_.journal().last("closed") == nullptr) return {StepState::open, "not closed"};
    return {StepState::done, "recorded, and nothing with the token is left here"};
  }

  IncidentWork& work_;
  RewriteJob job_;
  std::optional<Result<Leaks>> files_;
  std::optional<Result<Leaks>> history_;
};

}  // namespace

Measure measures_of(IncidentWork& work) {
  return [measures = std::make_shared<Measures>(work)](const Step& step) { return measures->measure(step.id); };
}

}  // namespace hfscan
