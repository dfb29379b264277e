// The places of a host that hold a token, from what `hfscan host` has read: fingerprints only.
//
// Separate from the rules about the host, which say what is wrong: here every place counts at which a token stands, also one
// that is kept as it should be.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/rotation.h"
#include "core/rule.h"
#include "host/places.h"
#include "inventory/use_place.h"

namespace hfscan {

struct HostRequest {
  const HostInventory& host;
  std::span<const Rule* const> rules;  // those that know credentials are used
  const std::set<Sha256Digest>& leaked;
  const RotationPolicy* policy = nullptr;  // may be null
  // Variables of this process that hold a token: name and secret id. Whoever asks the environment hashes.
  std::map<std::string, Sha256Digest> environment = {};
};

// In place_order.
std::vector<UsePlace> find_host_uses(const HostRequest& request);

}  // namespace hfscan
