// What belongs to a safe account and cannot be seen from this machine: for people to look at themselves.
#pragma once

#include <string>

#include "host/places.h"

namespace hfscan {

// Plain text, several lines.
std::string host_checklist();

// One line for each place: "  found   ~/.netrc", "  absent  ~/_netrc".
std::string places_text(const HostInventory& inventory);

}  // namespace hfscan
