// remediate close: the end of an incident, and of everything here that holds its secrets.
#include <sys/stat.h>

#include "base/text.h"
#include "cli/output.h"
#include "cli/remediate/ask.h"
#include "cli/remediate/commands.h"
#include "cli/remediate/measures.h"
#include "cli/remediate/rewrite_jobs.h"

namespace hfscan {
namespace {

bool exists(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

// Steps that are not done, but for closing itself.
std::string open_steps(const IncidentStatus& status) {
  std::string names;
  for (const StepStatus& one : status.steps) {
    const bool counts = one.state != StepState::done && !one.step->optional && one.step->id != StepId::close;
    if (counts) names += cat(names.empty() ? "" : ", ", one.step->name, " (", to_string(one.state), ")");
  }
  return names;
}

// Between the push and its proof on the remote, the backup is the only way back.
Status check_backup_not_needed(const IncidentStatus& status) {
  bool pushed = false;
  for (const StepStatus& one : status.steps) {
    if (one.step->id == StepId::push) pushed = one.state == StepState::done;
    if (one.step->id == StepId::residue && pushed && one.state != StepState::done && !one.attested) {
      return Error{
          cat("the remote is not verified yet (", one.evidence,
              "), and the backup is the only way back: 'hfscan remediate verify --remote' first, or attest 'residue'")};
    }
  }
  return {};
}

}  // namespace

Result<ExitCode> close_incident(IncidentWork& work) {
  if (!exists(work.folder().file("record.md")))
    return Error{cat("there is no record yet: first 'hfscan remediate record ", work.incident().id, "'")};
  const Plan plan = work.plan();
  HFSCAN_TRY_ASSIGN(const IncidentStatus status, measure_status(plan, work.journal(), measures_of(work), current_time()));
  HFSCAN_TRY(check_backup_not_needed(status));
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
