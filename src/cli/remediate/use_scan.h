// Where the token of an incident is used, as its inventory says now.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/remediate/incident_work.h"
#include "inventory/inventory.h"

namespace hfscan {

struct UseScanOptions {
  bool host = false;
  bool net = false;
};

struct UseScan {
  Inventory inventory;
  std::vector<RotationIssue> issues;
  std::uint64_t holding = 0;  // places that hold a leaked token
  std::uint64_t unknown = 0;  // places of which nobody can tell, and whose store names no date after the revocation
  std::string first;          // of those that hold one: "path:line"
};

// Where this machine has the very token, to use it: "~/.netrc", "HF_TOKEN in the environment". Fingerprints are compared, and
// nothing is asked over the network. Empty also when the machine cannot be looked at.
std::vector<std::string> users_on_this_host(IncidentWork& work);

Result<UseScan> scan_uses(IncidentWork& work, const UseScanOptions& options);

}  // namespace hfscan
