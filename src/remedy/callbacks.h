// What git-filter-repo is told, as files that people can read before anything runs: digests and object ids, no secret.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "remedy/survey.h"

namespace hfscan {

// The two refs through which git-filter-repo gets to know where to begin and where to stop, however many refs and anchors there
// are: a list of them in its arguments would be too long, and some names of refs hold the secret.
constexpr const char* kTipsRef = "refs/hfscan/tips";
constexpr const char* kAnchorsRef = "refs/hfscan/anchors";

// The ends of a history: the targets of tainted refs, without those that name the same. Sorted.
std::vector<ObjectId> tainted_tips(const Survey& survey);

// A file for each callback, and the ids of tips and anchors, in a folder that is made.
Status write_callbacks(const Survey& survey, const std::string& folder);

// The arguments of git, to be run in the mirror; `anchored`: whether kAnchorsRef exists.
enum class Anchored { no, yes };
std::vector<std::string> filter_arguments(const std::string& callbacks, Anchored anchored);

// The same as a script, which can be run in a copy of the mirror. It says what happens afterwards.
std::string rewrite_script(const Survey& survey);

}  // namespace hfscan
