// Whether a remote may be asked. Nothing is sent anywhere unless --net says so; a repository on this machine is no network.
#pragma once

#include <string_view>

#include "base/result.h"
#include "cli/remediate/incident_work.h"

namespace hfscan {

// Whether the address is a folder of this machine.
[[nodiscard]] bool is_local(std::string_view address);

[[nodiscard]] bool may_ask_remote(const IncidentWork& work);

// An Error that names --net when it may not be asked.
Status allow_remote(const IncidentWork& work);

}  // namespace hfscan
