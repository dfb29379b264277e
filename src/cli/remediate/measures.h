// The criteria of all steps, measured in the world as it is: files, repositories, remotes. Nothing is changed, and no network
// is used unless --net was given.
#pragma once

#include "cli/remediate/incident_work.h"
#include "remedy/status.h"

namespace hfscan {

// `work` outlives it. What two steps need is found out once.
Measure measures_of(IncidentWork& work);

}  // namespace hfscan
