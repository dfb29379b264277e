// The text report: for people, at a terminal or in a CI log. Findings with a code frame, then what was not scanned and what was
// left out, then the verdict and what to do next. docs/sarif.md and docs/json.md describe the formats for programs.
#pragma once

#include <iosfwd>

#include "base/result.h"
#include "core/report.h"
#include "report/options.h"

namespace hfscan {

Status write_text_report(const Report& report, const ReportOptions& options, std::ostream& out);

}  // namespace hfscan
