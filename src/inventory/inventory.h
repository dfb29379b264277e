// The inventory: every place that uses a leaked token or its variable, with what to do there. Joins the tree, the host and,
// when asked, the stores of GitHub and the Hub.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "core/diagnostic.h"
#include "core/finding.h"
#include "core/rotation.h"
#include "host/places.h"
#include "inventory/rotation_check.h"
#include "inventory/use_place.h"

namespace hfscan {

// The questions that go over the network.
struct NetRequest {
  std::string organisation = {};  // of GitHub; empty: not asked
};

struct InventoryRequest {
  std::string root;                        // absolute: the top of a work tree, or a folder; empty: none
  std::span<const Rule* const> rules;      // all rules: those that know credentials are used
  std::set<Sha256Digest> leaked = {};      // secret ids; none: nothing is said about whether a token stands at a place
  std::span<const Finding> findings = {};  // of a scan of `root`, paths relative to it; may be empty
  const RotationPolicy* policy = nullptr;  // null: the default
  const HostInventory* host = nullptr;     // null: the host is left out
  std::map<std::string, Sha256Digest> environment = {};  // variables of this process with a token, hashed; only with `host`
  std::optional<NetRequest> net = {};                    // nothing: no program is started
};

struct Inventory {
  std::vector<UsePlace> places;  // in place_order
  std::set<std::string> environments;
  std::set<std::string> spaces;
  std::vector<Diagnostic> diagnostics;  // what could not be read or asked: the inventory is incomplete
  std::vector<std::string> notes;

  [[nodiscard]] bool complete() const { return diagnostics.empty(); }
};

// An Error when the folder cannot be walked at all. Nothing in the result is a secret.
Result<Inventory> take_inventory(const InventoryRequest& request);

// "hfscan-inventory/1". `issues` are those of check_rotation(inventory.places); `entry` counts the places from 0.
Json inventory_json(const Inventory& inventory, std::span<const RotationIssue> issues = {});

// For people: what holds the leaked token first, then what has to be replaced, then what needs nothing; one entry for each
// thing to do.
std::string inventory_text(const Inventory& inventory, std::span<const RotationIssue> issues = {});

}  // namespace hfscan
