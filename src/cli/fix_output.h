// What `fix` and `init` say: diffs that hold no secret, and sentences about what was done and what is left.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "detect/detector.h"
#include "fix/plan.h"
#include "fix/unified_diff.h"

namespace hfscan {

// A file whose edits can be made.
struct PreparedFile {
  const FileFix* fix;
  std::string before;
  std::string after;
};

// A file that is left as it is.
struct RefusedFile {
  const FileFix* fix;
  std::string reason;  // continues "'path' "
};

// The diff of one file. `detector` knows what a credential is; those that the findings of the report name are hidden too. Files
// that are secret by their name show no line at all.
Diff diff_of(const PreparedFile& file, const Report& report, const Detector& detector);

// All diffs as they go to standard output: said of each that cannot be applied as a patch; to a terminal without control
// characters.
enum class DiffReader { program, terminal };
std::string diff_text(const std::vector<Diff>& diffs, std::string_view apply_command, DiffReader reader);

// "HF7003 (2), HF7004": rules in the order of their ids.
std::string rules_of(const std::vector<const Finding*>& findings);

// What of the plan is not made, one line each, with what to do about it.
std::string what_is_left(const FixPlan& plan);

}  // namespace hfscan
