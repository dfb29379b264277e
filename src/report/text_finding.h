// The part of the text report that shows findings: one block for each secret or, where there is none, for each finding.
#pragma once

#include <string>
#include <vector>

#include "core/finding.h"
#include "report/options.h"
#include "report/secret_block.h"

namespace hfscan {

// Findings of one rule that are the same secret; `others` are the places after the first.
struct FindingGroup {
  const Finding* first = nullptr;
  std::vector<const Finding*> others;
};

// In the order of their first members.
std::vector<FindingGroup> group_by_secret(const std::vector<const Finding*>& findings);

// Why a rule matters is said once for each rule.
enum class Reason { told, to_tell };

// Ends with an empty line.
std::string render_group(const FindingGroup& group, Reason reason, const ReportOptions& options);

// The same for all that a history says of one secret, with its story in place of a list of places.
std::string render_block(const SecretBlock& block, Reason reason, const ReportOptions& options);

// "path:3:9: error[HF1001]: message", one line.
std::string render_brief(const Finding& finding, const ReportOptions& options);

}  // namespace hfscan
