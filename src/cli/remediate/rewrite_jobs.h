// The job that all stages of a rewrite take, made from an incident; and what it needs of the scanner.
#pragma once

#include "base/result.h"
#include "cli/remediate/incident_work.h"
#include "remedy/rewrite_job.h"

namespace hfscan {

// `work` outlives it.
RewriteJob rewrite_job(const IncidentWork& work);

// What a rewrite would change, counted in the user's repository, which is only read.
Result<RewriteCost> cost_of_rewrite(const IncidentWork& work);

}  // namespace hfscan
