// remediate without a sub-command: one step after the other, with the person at the terminal. It can be left at any moment; the
// next run measures where things are and goes on from there.
#include <functional>

#include "base/text.h"
#include "cli/output.h"
#include "cli/remediate/ask.h"
#include "cli/remediate/commands.h"
#include "cli/remediate/measures.h"
#include "cli/remediate/network.h"
#include "cli/remediate/prose.h"

namespace hfscan {
namespace {

void tell(std::string_view text) { static_cast<void>(print_prose(text)); }

// What the tool can do about a step; null: it is for the person alone.
using Action = std::function<Result<ExitCode>(IncidentWork&)>;

Result<ExitCode> record_and_close(IncidentWork& work) {
  HFSCAN_TRY(write_record(work));
  return close_incident(work);
}

Action action_for(StepId id) {
  switch (id) {
    case StepId::triage:
    case StepId::revoke: return revoke_secrets;
    case StepId::rotate: return show_inventory;
    case StepId::preflight:
    case StepId::backup:
    case StepId::rewrite:
    case StepId::prove: return rewrite_history;
    case StepId::push: return push_history;
    case StepId::residue:
    case StepId::guard: return verify_places;
    case StepId::close: return record_and_close;
    default: return nullptr;
  }
}

// Revoking asks by itself, for more than that.
bool uses_network(const IncidentWork& work, StepId id) {
  const bool of_remote = id == StepId::preflight || id == StepId::backup || id == StepId::rewrite || id == StepId::prove ||
                         id == StepId::push || id == StepId::residue;
  return of_remote && !may_ask_remote(work);
}

class Guide {
 public:
  Guide(IncidentWork& work, Options& options) : work_(work), options_(options), given_(options.remediate) {}

  Result<ExitCode> run() {
    for (;;) {
      const Plan plan = work_.plan();
      HFSCAN_TRY_ASSIGN(const IncidentStatus status, measure_status(plan, work_.journal(), measures_of(work_), current_time()));
      tell(cat("\n", status_text(work_.incident(), status), "\n"));
      const StepStatus* next = status.next();
      if (next == nullptr) return ExitCode::clean;
      HFSCAN_TRY_ASSIGN(const bool goes_on, take(*next->step));
      if (!goes_on) {
        tell(cat("Left. To go on: hfscan remediate ", work_.incident().id, "\n"));
        return status.exit_code();
      }
    }
  }

 private:
  // False when the person leaves.
  Result<bool> take(const Step& step) {
    if (step.id == StepId::decide) return decide();
    const Action action = action_for(step.id);
    const std::string_view choices = action ? "[r]un it, [m]easure again, [d]one (your word), [q]uit: "
                                            : "Do it in another window. [m]easure again, [d]one (your word), [q]uit: ";
    const std::optional<std::string> answer = ask(choices);
    if (!answer || *answer == "q") return false;
    if (*answer == "r" && action) run_action(step, action);
    if (*answer == "d") HFSCAN_TRY(attest(step));
    return true;
  }

  // What fails is said and asked again.
  void run_action(const Step& step, const Action& action) {
    options_.remediate = given_;
    options_.remediate.apply = true;
    options_.remediate.remote = step.id == StepId::residue;
    options_.remediate.install_guard = step.id == StepId::guard;
    options_.remediate.ask_only = step.id == StepId::triage;
    options_.remediate.host = step.id == StepId::rotate && ask_yes("Look at this machine too? Only fingerprints are compared.");
    const bool needs_network = uses_network(work_, step.id);
    if (needs_network) options_.remediate.net = given_.net || ask_yes("This uses the network. Allow it?");
    if (needs_network && !options_.remediate.net) {
      complain("nothing was sent");
    } else if (const Result<ExitCode> done = action(work_); !done.ok()) {
      complain(done.error().message);
    }
    options_.remediate = given_;
  }

  Status attest(const Step& step) {
    const std::optional<std::string> reason = ask("What was done, and what was seen? ");
    if (!reason || reason->empty()) return {};
    return work_.note("attested", {{"step", step.name}, {"reason", *reason}});
  }

  Result<bool> decide() {
    tell(cat(work_.plan().advice, "\n"));
    const std::optional<std::string> answer = ask("[s]kip the rewrite, [g]o for it, [q]uit: ");
    if (!answer || *answer == "q") return false;
    if (*answer != "s" && *answer != "g") return true;
    const std::optional<std::string> reason = ask("Why? It goes into the record: ");
    if (!reason) return false;
    HFSCAN_TRY(work_.note("decided", {{"rewrite", *answer == "g" ? "go" : "skip"}, {"reason", *reason}}));
    HFSCAN_TRY(work_.write_plan());
    return true;
  }

  IncidentWork& work_;
  Options& options_;
  const RemediateOptions given_;
};

bool has_open_incident() {
  for (const KnownIncident& known : list_incidents(state_folder())) {
    if (!known.closed) return true;
  }
  return false;
}

Result<ExitCode> guide(const Options& given) {
  if (!can_ask())
    return Error{
        "'hfscan remediate' asks and needs a terminal; without one use its sub-commands, see 'hfscan remediate --help'"};
  Options options = given;
  if (options.arguments.empty() && !has_open_incident()) {
    if (!ask_yes("There is no open incident. Scan this repository and its history for leaked tokens?")) return ExitCode::clean;
    HFSCAN_TRY_ASSIGN(const ExitCode planned, make_incident(options));
    if (!has_open_incident()) return planned;
  }
  HFSCAN_TRY_ASSIGN(IncidentWork work, IncidentWork::open(options));
  return Guide(work, options).run();
}

}  // namespace

ExitCode cmd_remediate(const Options& options) { return exit_code_of(guide(options)); }

}  // namespace hfscan
