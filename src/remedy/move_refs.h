// Refs, annotated tags and notes of a rewritten history, moved along the map of its commits. Separate from git-filter-repo's
// part: names of refs that hold a secret must not be in its arguments, and it loses tags of other tags.
#pragma once

#include <string>
#include <vector>

#include "remedy/rewrite.h"

namespace hfscan {

// In one transaction: all refs that the survey calls tainted get their new object and name. The two refs of callbacks.h go.
Status move_refs(const std::string& git_dir, const std::string& mirror, const Survey& survey, const CommitMap& commits);

// Notes are filed under the id of what they are about: those of rewritten commits are filed again under the new one. The number
// of notes.
Result<std::uint64_t> move_notes(const std::string& git_dir, const Survey& survey, const CommitMap& commits, std::int64_t now);

// What an annotated tag becomes: another target, secrets replaced, and no signature, as that would be wrong.
std::string rewritten_tag(std::string_view bytes, const ObjectId& target, const TokenSearch& search);

}  // namespace hfscan
