// What the remote of an incident has now, as far as it may be asked.
#pragma once

#include "cli/remediate/incident_work.h"
#include "remedy/rewrite_job.h"
#include "remedy/status.h"

namespace hfscan {

// Whether its refs are the rewritten ones.
Measured measure_push(const IncidentWork& work, const RewriteJob& job);

// Whether it still hands out what was rewritten.
Measured measure_residue(const IncidentWork& work, const RewriteJob& job);

}  // namespace hfscan
