// What the next commit would change: the entries of the index that differ from the tree of HEAD.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "git/repository.h"

namespace hfscan {

struct StagedFile {
  std::string path;
  ObjectId id;
  std::uint32_t mode = 0;
};

struct StagedChanges {
  // Added, modified and of another type, sorted by path; every stage of a conflict. Not: removed, only another permission,
  // `git add -N`.
  std::vector<StagedFile> files;
  std::vector<std::string> submodules;      // gitlinks that changed; their content is another repository's
  std::vector<std::string> sparse_folders;  // changed, but kept as one entry by a sparse index: not looked into
};

// Folders that the index's cached-tree extension holds equal to HEAD are passed over: a commit would write just that tree.
// A tree of HEAD that cannot be read counts as empty, so that everything below it is staged.
Result<StagedChanges> staged_changes(const Repository& repository);

}  // namespace hfscan
