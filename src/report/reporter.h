// The table of report formats: the one place that knows them all, for choosing by name (--report-format) or by the extension of
// an output file (--report-path).
#pragma once

#include <iosfwd>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/report.h"
#include "report/options.h"

namespace hfscan {

// Writes the whole report to one stream; the same report and options always give the same bytes. The error says that the stream
// took no more.
using Reporter = Status (*)(const Report&, const ReportOptions&, std::ostream&);

struct ReportFormat {
  std::string_view name;
  std::vector<std::string_view> extensions;  // with the dot; the first is the usual one
  Reporter write;
  bool shows_line_hashes = false;  // the only format that does makes the scan compute them
};

std::span<const ReportFormat> report_formats();

// Null when there is none.
const ReportFormat* report_format_by_name(std::string_view name);

// By the longest extension that `path` ends in, case ignored; null when there is none.
const ReportFormat* report_format_by_path(std::string_view path);

}  // namespace hfscan
