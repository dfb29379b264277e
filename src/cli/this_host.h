// This machine as the rules about hosts see it. Separate from the commands, because the inventory of an incident looks at it
// too.
#pragma once

#include "base/result.h"
#include "host/host_view.h"

namespace hfscan {

// Only $HOME says where the home is: the static binary has no user database to ask.
Result<HostView> view_of_this_host();

}  // namespace hfscan
