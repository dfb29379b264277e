// Which commits a user means: `A..B`, a branch, "since that commit", or the arguments of `git log` (gitrevisions(7),
// git-rev-list(1)) that choose commits. Answered on the graph, so that what .git/shallow, grafts or replace refs hide from git
// is not hidden here.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/commit_graph.h"
#include "git/ref_reach.h"

namespace hfscan {

// By commit number.
using CommitSet = std::vector<bool>;

// Commits that can be reached from one of `tips` and from none of `hidden`. Exact whatever the dates say.
CommitSet commits_between(const CommitGraph& graph, std::span<const CommitNumber> tips, std::span<const CommitNumber> hidden);

// A repository as names see it.
struct Revisions {
  const CommitGraph& graph;
  std::span<const CommitRef> refs;  // HEAD is one of them when it leads to a commit

  // "HEAD", "main", "v1.0", "origin/main", a full name of a ref, an id or at least four digits of one; each may be followed by
  // "~", "~3", "^", "^2", "^{}" and "^{commit}", several times.
  [[nodiscard]] Result<CommitNumber> resolve(std::string_view revision) const;

  // Arguments as `git log` takes them, those that choose commits:
  //   A  ^A  A..B  A...B  --not  --all  --branches  --tags  --remotes  --merges  --no-merges
  //   --since=DATE  --after=DATE  --until=DATE  --before=DATE     of the committer; 2026-01-31, or 2026-01-31T12:00:00Z: always
  //   UTC
  // --full-history, --date-order, --topo-order, --reverse and -m choose none and are accepted. Nothing that names a beginning:
  // HEAD. Everything else is an Error, so that no option is obeyed in part.
  [[nodiscard]] Result<CommitSet> select(std::span<const std::string> arguments) const;
};

// The words of one --log-opts, as a shell would split them; quotes and backslashes, no expansions.
Result<std::vector<std::string>> split_log_opts(std::string_view text);

}  // namespace hfscan
