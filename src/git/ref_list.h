// All refs of a repository at once, each followed to its end: what attribution asks. Separate from refs.h, which reads one file
// after the other and no objects.
#pragma once

#include <string>
#include <vector>

#include "core/diagnostic.h"
#include "git/attribution.h"
#include "git/object_store.h"

namespace hfscan {

struct NamedRef {
  PeeledRef peeled;            // its name, and where it ends
  std::vector<ObjectId> tags;  // annotated tags on the way there
};

struct RefList {
  std::vector<NamedRef> refs;        // HEAD first, then by name; the HEADs of linked work trees are "worktrees/NAME/HEAD"
  std::vector<Diagnostic> problems;  // broken refs, and those whose object is missing
};

// Commits of `graph` are not read again.
RefList list_refs(const RepositoryLayout& layout, const ObjectStore& store, const CommitGraph& graph);

}  // namespace hfscan
