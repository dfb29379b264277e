// The JSON report and its line-by-line form, schema "hfscan-report/1": docs/json.md and docs/report.schema.json describe both.
// Other programs depend on every name here; a changed meaning is a new schema number.
#pragma once

#include <iosfwd>

#include "base/result.h"
#include "core/report.h"
#include "report/options.h"

namespace hfscan {

Status write_json_report(const Report& report, const ReportOptions& options, std::ostream& out);

// A header, one line for each finding, an end; each tells what it is in its member `record`.
Status write_jsonl_report(const Report& report, const ReportOptions& options, std::ostream& out);

}  // namespace hfscan
