// Which edits of a report are made, and which are not, and why. Nothing is read or written here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/report.h"

namespace hfscan {

enum class AllowedEdits { safe, safe_and_review };

// All edits of one file, ascending and not overlapping.
struct FileFix {
  std::string path;                    // as reports show it
  std::optional<Sha256Digest> before;  // of the file that the edits count in; none: it is to be made
  std::vector<Edit> edits;
  std::vector<const Finding*> findings;  // that have edits here, in the order of the report
};

// Every active finding of the report is in exactly one of the lists of findings.
struct FixPlan {
  std::vector<FileFix> files;  // sorted by path
  std::vector<const Finding*> fixed;
  std::vector<const Finding*> later;    // their edits overlap with those of a finding before them in the file
  std::vector<const Finding*> review;   // have edits that are not allowed
  std::vector<const Finding*> by_hand;  // have none
};

// The edits of a finding are made all or not at all; the same edit may serve several. The report must outlive the plan.
FixPlan plan_fixes(const Report& report, AllowedEdits allowed);

}  // namespace hfscan
