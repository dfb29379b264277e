// The job that all stages of a rewrite take, made from an incident; and what it needs of the scanner.
#pragma once

#include "base/result.h"
#include "cli/remediate/incident_work.h"
#include "remedy/rewrite_job.h"
#include "remedy/survey.h"

namespace hfscan {

// `work` outlives it.
RewriteJob rewrite_job(const IncidentWork& work);

// What a repository that is not the user's holds, without what the user's accepts.
Result<Leaks> leaks_of_mirror(const IncidentWork& work, const std::string& git_dir);

// Writes into the journal what a rewrite would change; the plan names it.
Status note_cost(IncidentWork& work, const Survey& survey);

}  // namespace hfscan
