// What git-filter-repo says it did, and whether that is what was predicted.
#pragma once

#include <string>
#include <string_view>

#include "remedy/rewrite.h"

namespace hfscan {

// Lines of "old new"; a heading, and commits that stayed the same, are left out. An Error when a commit went away.
Result<CommitMap> parse_commit_map(std::string_view text);
std::string commit_map_text(const CommitMap& commits);

// Every tainted commit has a new id and no other has; those that only notes lead to may be missing (some versions of
// git-filter-repo leave them out).
Status check_prediction(const Survey& survey, const CommitMap& commits);

}  // namespace hfscan
