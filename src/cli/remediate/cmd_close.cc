// remediate close: the end of an incident, and of everything here that holds its secrets.
#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/remediate/ask.h"
#include "cli/remediate/commands.h"
#include "cli/remediate/measures.h"
#include "cli/remediate/rewrite_jobs.h"
#include "remedy/journal_facts.h"

namespace hfscan {
namespace {

// Steps that are not done, but for closing itself.
std::string open_steps(const IncidentStatus& status) {
  std::string names;
  for (const StepStatus& one : status.steps) {
    const bool counts = one.state != StepState::done && !one.step->optional && one.step->id != StepId::close;
    if (counts) names += cat(names.empty() ? "" : ", ", one.step->name, " (", to_string(one.state), ")");
  }
  return names;
}

// Between the push and its proof on the remote, the backup is the only way back. A remote that does not answer proves nothing.
Status check_backup_not_needed(IncidentWork& work, const IncidentStatus& status) {
  if (!may_have_pushed(work.journal())) return {};
  const auto residue = std::find_if(status.steps.begin(), status.steps.end(),
                                    [](const StepStatus& one) { return one.step->id == StepId::residue; });
  if (residue != status.steps.end() && residue->state == StepState::done) return {};
  const std::string seen = residue == status.steps.end() || residue->evidence.empty() ? "" : cat(" (", residue->evidence, ")");
  return Error{cat("the remote is not verified yet", seen,
                   ", and the backup is the only way back: 'hfscan remediate verify --remote' first, or attest 'residue'")};
}

}  // namespace

Result<ExitCode> close_incident(IncidentWork& work) {
  if (!path_exists(work.folder().file("record.md")))
    return Error{cat("there is no record yet: first 'hfscan remediate record ", work.incident().id, "'")};
  const Plan plan = work.plan();
  HFSCAN_TRY_ASSIGN(const IncidentStatus status, measure_status(plan, work.journal(), measures_of(work), current_time()));
  HFSCAN_TRY(check_backup_not_needed(work, status));
  const std::string open = open_steps(status);
  if (!open.empty()) complain(cat("not done yet: ", open));
  const std::string question = cat("This destroys the mirror and the backup of ", work.incident().id,
                                   ": the old history is then nowhere here, and cannot be brought back.");
  HFSCAN_TRY(typed_consent({question, work.incident().id, "nothing was destroyed"},
                           work.flags().yes ? work.incident().id : work.flags().confirm));
  HFSCAN_TRY(destroy_copies(rewrite_job(work)));
  HFSCAN_TRY(work.note("closed", {{"open_steps", open}}));
  HFSCAN_TRY(write_record(work));  // once more, with the end
  HFSCAN_TRY(print("Closed.\n"));
  return open.empty() ? ExitCode::clean : ExitCode::findings;
}

}  // namespace hfscan
