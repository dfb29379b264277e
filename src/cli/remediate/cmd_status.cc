// remediate status: every criterion measured again.
#include "base/text.h"
#include "cli/output.h"
#include "cli/remediate/commands.h"
#include "cli/remediate/measures.h"
#include "cli/remediate/prose.h"

namespace hfscan {
namespace {

// Somebody's word for what cannot be measured. It is shown as that.
Status attest(IncidentWork& work) {
  const std::string& name = work.flags().attest;
  if (name.empty()) return {};
  const Plan plan = work.plan();
  if (find_step(plan, name) == nullptr) {
    std::vector<std::string> names;
    for (const Step& step : plan.steps) names.emplace_back(step.name);
    return Error{cat("no step of this incident is called ", hfscan::quoted(name), did_you_mean(name, names))};
  }
  if (trim(work.options().reason).empty()) return Error{"--attest needs --reason TEXT: what was done, and what was seen"};
  return work.note("attested", {{"step", name}, {"reason", work.options().reason}});
}

}  // namespace

Result<ExitCode> show_status(IncidentWork& work) {
  HFSCAN_TRY_ASSIGN(const bool json, wants_json(work.options()));
  HFSCAN_TRY(attest(work));
  const Plan plan = work.plan();
  HFSCAN_TRY_ASSIGN(const IncidentStatus status, measure_status(plan, work.journal(), measures_of(work), current_time()));
  const Incident& incident = work.incident();
  HFSCAN_TRY(json ? print(dump_pretty(to_json(incident, status))) : print_prose(status_text(incident, status)));
  return status.exit_code();
}

}  // namespace hfscan
