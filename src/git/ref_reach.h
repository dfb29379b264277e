// From which refs commits can be reached. All questions of a run are asked at once: 64 sets of commits are followed through the
// graph in one pass, whatever the number of refs.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "git/commit_graph.h"

namespace hfscan {

// What the name of a ref says (gitrevisions(7), git-stash(1), git-notes(1)).
enum class RefKind { head, branch, tag, remote_tracking, stash, notes, other };
RefKind ref_kind(std::string_view name);

// Some refs of a list, by their indices there.
struct RefSubset {
  std::vector<std::uint32_t> named;  // the first ones, in the order of the list
  std::uint64_t others = 0;          // not named, because there are too many
  bool from_head = false;            // one of all, named or not, is HEAD ...
  bool from_remote = false;          // ... follows a remote's branch, so that the commits have been pushed or fetched ...
  bool reachable = false;            // ... is anything but the stash

  void add(std::uint32_t index, RefKind kind, std::size_t most_named);
};

struct CommitRef {
  std::string name;  // "HEAD", "refs/heads/main"
  CommitNumber commit;
};

// For each set the refs from which at least one of its commits can be reached; a ref reaches its own commit.
std::vector<RefSubset> refs_reaching(const CommitGraph& graph, std::span<const CommitRef> refs,
                                     std::span<const std::vector<CommitNumber>> sets, std::size_t most_named);

}  // namespace hfscan
