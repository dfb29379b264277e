// Two histories side by side, object by object. Separate from the rest of the proof: here is what may differ in a commit, a
// tree, a blob and a tag.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>

#include "remedy/collateral.h"

namespace hfscan {

// All outlive it. `report` gets what is not allowed: one line without secrets.
class HistoryPair {
 public:
  using Report = std::function<void(std::string line)>;
  HistoryPair(const Survey& survey, const RewriteResult& result, const ObjectStore& before, const ObjectStore& after)
      : survey_(survey), result_(result), before_(before), after_(after) {}

  // A commit that changed: parents mapped, dates and people, message, tree.
  Status compare_commits(const ObjectId& old_id, const ObjectId& new_id, Collateral& found, const Report& report);
  // What a ref names: tags down to the commit.
  Status compare_refs(const MovedRef& ref, Collateral& found, const Report& report);
  // The tree of a notes ref whose notes were filed under new ids: the same notes.
  [[nodiscard]] ObjectId mapped(const ObjectId& commit) const;

 private:
  Status compare_trees(const ObjectId& old_id, const ObjectId& new_id, unsigned depth);
  Status compare_entries(const Tree& old_tree, const Tree& new_tree, unsigned depth);
  Status compare_entry(const TreeEntry& old_entry, const TreeEntry& new_entry, unsigned depth);
  Status compare_blobs(const ObjectId& old_id, const ObjectId& new_id);
  Status compare_tags(const ObjectId& old_id, const ObjectId& new_id, unsigned depth);
  Status compare_notes(const MovedRef& ref);
  void unexpected(const std::string& line) { (*report_)(line); }

  const Survey& survey_;
  const RewriteResult& result_;
  const ObjectStore& before_;
  const ObjectStore& after_;
  std::unordered_map<ObjectId, ObjectId, ObjectIdHash> compared_;  // trees and blobs that were
  Collateral* found_ = nullptr;
  const Report* report_ = nullptr;
};

}  // namespace hfscan
