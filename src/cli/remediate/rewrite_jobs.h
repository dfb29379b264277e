// The job that all stages of a rewrite take, made from an incident; and what it needs of the scanner.
#pragma once

#include "base/result.h"
#include "cli/remediate/incident_work.h"
#include "remedy/rewrite_job.h"

namespace hfscan {

// `work` outlives it.
RewriteJob rewrite_job(const IncidentWork& work);

// What a repository that is not the user's holds, without what the user's accepts.
Result<Leaks> leaks_of_mirror(const IncidentWork& work, const std::string& git_dir);

// What a rewrite would change, counted in the user's repository, which is only read.
Result<RewriteCost> cost_of_rewrite(const IncidentWork& work);

}  // namespace hfscan
