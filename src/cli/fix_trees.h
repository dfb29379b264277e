// The scanned trees as places to write: which file of which tree a reported path is.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cli/targets.h"
#include "fix/tree_writer.h"

namespace hfscan {

struct WritablePlace {
  const TreeWriter* tree;
  std::string path;  // beneath its root
};

class FixTrees {
 public:
  // An Error when two targets could not be told apart by the paths that reports show.
  static Result<FixTrees> of(const Targets& targets);

  // An Error, without the path, for one that lies in none of the trees.
  [[nodiscard]] Result<WritablePlace> place_of(const std::string& reported) const;

 private:
  struct Tree {
    std::string prefix;  // of reported paths
    TreeWriter writer;
  };
  Status add(const std::string& prefix, const std::string& root);

  std::vector<Tree> trees_;
  std::map<std::string, std::pair<TreeWriter, std::string>> files_;  // single ones, by reported path
};

}  // namespace hfscan
