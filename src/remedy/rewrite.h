// The new history: a copy of the mirror, rewritten by git-filter-repo as the survey planned it, every ref moved to it, and
// nothing of the old one left.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "remedy/survey.h"

namespace hfscan {

// Old commits and what became of them; those that stay are not in it.
using CommitMap = std::unordered_map<ObjectId, ObjectId, ObjectIdHash>;

struct MovedRef {
  std::string name;      // on the remote, before; may hold a secret
  std::string new_name;  // differs when it did
  ObjectId old_id;
  ObjectId new_id;
};

struct RewriteResult {
  CommitMap commits;
  std::vector<MovedRef> refs;              // those that changed
  std::vector<std::string> first_changed;  // old ids of the first-bad commits, oldest first: nobody may push them again
  std::uint64_t notes_moved = 0;
};

// Makes callbacks, script, rewritten.git, commit-map, survey.json and result.json from mirror.git; what is there is made anew.
// An Error when git-filter-repo fails or did something else than was predicted: then rewritten.git is not there, and everything
// outside of the folder is as it was.
Result<RewriteResult> rewrite(const RewriteJob& job, const Survey& survey);

// What rewrite() left behind. `mirror.git` and `rewritten.git` say which refs moved; once they are destroyed, result.json does,
// which has names as shown_ref gives them.
Result<RewriteResult> read_result(const RewriteJob& job);

}  // namespace hfscan
