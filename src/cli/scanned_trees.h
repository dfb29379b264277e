// The trees of a run as the rules about a repository see them: where they lie, and how to read a file of them.
#pragma once

#include <string>
#include <vector>

#include "git/layout.h"
#include "hygiene/repository/repository.h"

namespace hfscan {

struct ScannedPlaces {
  std::vector<ScannedTree> trees;
  Reach reach = Reach::work_tree;
  std::string note;  // why there are none, when that is worth saying
};

// `root` is an absolute folder; its repository, if it is the top of one, is looked up. Files are read beneath it and no symlink
// is followed.
ScannedTree tree_on_disk(const std::string& root, const std::string& prefix);

// The index of a repository. Files are read from it, not from disk.
ScannedPlaces staged_place(const RepositoryLayout& layout);

}  // namespace hfscan
