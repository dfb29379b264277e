// The uses of tokens in a work tree or a plain folder, as a scan walks it, and in the configuration of git beside it.
//
// A scan leaves out what git ignores, and a dotenv file is nearly always ignored: files that keep tokens by their name are
// looked at here whether git ignores them or not. What cannot be read is a Diagnostic.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/finding.h"
#include "core/rotation.h"
#include "core/source.h"
#include "inventory/use_place.h"

namespace hfscan {

// Above that only the findings of a scan tell what stands in a file.
constexpr std::uint64_t kMostInventoryFileBytes = std::uint64_t{8} << 20U;

struct RepositoryRequest {
  std::string root;                        // absolute: the top of a work tree, or a folder
  std::span<const Rule* const> rules;      // those that know credentials are used
  std::set<Sha256Digest> leaked;           // secret ids; none: nobody asks whether a token stands at a place
  std::span<const Finding> findings;       // of a scan of this tree; may be empty
  const RotationPolicy* policy = nullptr;  // whose places have paths; may be null
};

struct RepositoryUses {
  std::vector<UsePlace> places;        // in place_order
  std::set<std::string> environments;  // of GitHub, whose jobs get a token
  std::set<std::string> spaces;        // USER/SPACE
  std::string github;                  // HOST/OWNER/NAME, when a remote is there
  std::vector<Diagnostic> diagnostics;
  std::vector<std::string> notes;
};

// An Error when the folder cannot be walked at all.
Result<RepositoryUses> find_repository_uses(const RepositoryRequest& request);

}  // namespace hfscan
