// Tested by tests/unit/remedy/survey_test.cc.
#include "remedy/bad_trees.h"

#include "base/text.h"

namespace hfscan {
namespace {

constexpr unsigned kDeepest = 2048;  // folders in folders; git's own limit for checking out is the length of a path

}  // namespace

Result<bool> BadTrees::decide(const ObjectId& tree, unsigned depth) {
  if (survey_.bad_trees.contains(tree)) return true;
  if (survey_.blobs.empty() && survey_.bad_trees.empty()) return false;
  if (const auto known = known_.find(tree); known != known_.end()) return known->second;
  if (depth > kDeepest) return Error{cat("tree ", tree.hex(), " stands in more folders than can be followed")};
  HFSCAN_TRY_ASSIGN(const bool bad, look(tree, depth));
  known_.emplace(tree, bad);
  return bad;
}

Result<bool> BadTrees::look(const ObjectId& tree, unsigned depth) {
  const Result<GitObject> object = store_.read(tree);
  if (!object.ok()) return Error{cat("tree ", tree.hex(), " cannot be read: ", object.error().message)};
  const Tree parsed = parse_tree(object->bytes, store_.format());
  for (const TreeEntry& entry : parsed.entries) {
    if (entry.is_gitlink()) continue;
    if (!entry.is_folder() && survey_.blobs.contains(entry.id)) return true;
    if (!entry.is_folder()) continue;
    HFSCAN_TRY_ASSIGN(const bool bad, decide(entry.id, depth + 1));
    if (bad) return true;
  }
  return false;
}

}  // namespace hfscan
