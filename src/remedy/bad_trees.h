// Whether a tree has anything below it that a rewrite must change. Each tree is read once, whatever the number of commits that
// share it.
#pragma once

#include <unordered_map>

#include "remedy/survey.h"

namespace hfscan {

class BadTrees {
 public:
  // Both outlive this. Of the survey: blobs and bad_trees.
  BadTrees(const ObjectStore& store, const Survey& survey) : store_(store), survey_(survey) {}

  // An Error when a tree cannot be read, or stands too deep.
  Result<bool> is_bad(const ObjectId& tree) { return decide(tree, 0); }

 private:
  Result<bool> decide(const ObjectId& tree, unsigned depth);
  Result<bool> look(const ObjectId& tree, unsigned depth);

  const ObjectStore& store_;
  const Survey& survey_;
  std::unordered_map<ObjectId, bool, ObjectIdHash> known_;
};

}  // namespace hfscan
