// Where secrets stand in a history: every path, the commits that brought them in and took them out, and what still leads to
// them. For hits only, so it costs nothing on a clean repository, and every tree is looked at once, whatever the number of
// hits.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/diagnostic.h"
#include "git/commit_graph.h"
#include "git/hit_trees.h"
#include "git/ref_reach.h"

namespace hfscan {

// A ref and what it leads to when tags are followed to their ends.
struct PeeledRef {
  std::string name;
  ObjectId target;
  ObjectType type = ObjectType::commit;
};

struct AttributionRequest {
  // The blobs that hold each secret, any order. A blob may hold several secrets.
  std::vector<std::vector<ObjectId>> secrets;
  // In the order in which they shall be named. HEAD is one of them when it leads anywhere.
  std::vector<PeeledRef> refs;
  std::size_t most_named_refs = 20;  // for each place and secret
};

// One blob at one path. Commits oldest first (sort_by_date).
struct BlobPlace {
  ObjectId blob;
  std::string path;  // empty when no tree of a commit or a ref has the blob: it stands alone in the object database
  std::vector<CommitNumber> introduced;  // have it while no parent has it at that path
  std::vector<CommitNumber> removed;     // have it not while some parent has it at that path
  RefSubset refs;                        // from which a commit that has it can be reached; indices into the request's refs
};

// A secret in any of its blobs, at whatever path: a file that was renamed has neither lost nor got it.
struct SecretHistory {
  std::vector<std::uint32_t> places;  // indices into Attribution::places
  std::vector<CommitNumber> introduced;
  std::vector<CommitNumber> removed;
  CommitNumber first = kNoCommit;  // the oldest commit that has it, by the committer's date; its dates are in the graph
  CommitNumber last = kNoCommit;   // the youngest one
  bool in_head = false;            // the tree of HEAD has it now; refs.from_head: HEAD leads to it
  RefSubset refs;
};

struct Attribution {
  std::vector<BlobPlace> places;       // sorted by path, then blob; every blob of the request has at least one
  std::vector<SecretHistory> secrets;  // as in the request
  // Trees that are missing and limits that were hit; refs whose target is missing. The rest is exact all the same.
  std::vector<Diagnostic> diagnostics;
};

// A parent that is missing has nothing: in a shallow clone its child introduces what it has.
Attribution attribute(const AttributionRequest& request, const CommitGraph& graph, TreeSource& source);

// Leaves only what the commits of `range` introduced: other introducing commits, and places and secrets without any, are
// dropped (a secret keeps its index and becomes empty). Removing commits, dates and refs stay those of the whole history.
void limit_to_range(Attribution& attribution, const std::vector<bool>& range);

}  // namespace hfscan
