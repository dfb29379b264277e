// The sub-commands of `hfscan remediate` as functions of an incident that is open already, so that the guided mode runs the
// same ones. Each prints what a person has to know; the code is that of docs/exit-codes.md.
#pragma once

#include "base/result.h"
#include "cli/commands.h"
#include "cli/remediate/incident_work.h"

namespace hfscan {

Result<ExitCode> make_incident(const Options& options);  // plan

Result<ExitCode> show_status(IncidentWork& work);
Result<ExitCode> show_inventory(IncidentWork& work);
Result<ExitCode> revoke_secrets(IncidentWork& work);
Result<ExitCode> rewrite_history(IncidentWork& work);
Result<ExitCode> push_history(IncidentWork& work);
Result<ExitCode> verify_places(IncidentWork& work);
Result<ExitCode> write_record(IncidentWork& work);
Result<ExitCode> close_incident(IncidentWork& work);

}  // namespace hfscan
