// What the user's own repository has that a mirror of the remote has not, read from its files: git is not run in there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "git/layout.h"

namespace hfscan {

struct LocalTraces {
  bool partial = false;
  bool single_branch = false;  // remote.origin.fetch does not cover all branches
  std::uint64_t replace_refs = 0;
  std::uint64_t stashes = 0;  // 0 or 1
  std::uint64_t worktrees = 0;
  std::string running;                      // "rebase"; empty: nothing is under way
  std::vector<std::string> local_branches;  // that no remote has

  // The first few, masked.
  [[nodiscard]] std::string shown_branches() const;
};

LocalTraces local_traces(const RepositoryLayout& layout);

}  // namespace hfscan
