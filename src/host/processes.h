// The arguments of the running processes, from /proc. Environments are not read: they hold secrets of every kind, and their
// owner and root alone can see them. Internal to the inventory.
#pragma once

#include "host/places.h"

namespace hfscan {

// Adds one place for each process with arguments. A process that ends meanwhile, or that this user may not see, is none.
void add_processes(const HostView& host, HostInventory& inventory);

}  // namespace hfscan
