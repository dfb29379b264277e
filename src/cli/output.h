// Standard output, report files and the terminal: what depends on where the program runs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/options.h"
#include "config/settings.h"
#include "core/report.h"
#include "report/reporter.h"

namespace hfscan {

// Writes to standard output; a closed pipe is no error.
Status print(std::string_view text);
// One line on standard error, "hfscan: " in front.
void complain(std::string_view message);

// Whether to colour: --color, then NO_COLOR, then FORCE_COLOR and CLICOLOR_FORCE, then TERM=dumb, then whether standard output
// is a terminal.
[[nodiscard]] bool wants_colour(ColorMode mode);

// The formats that write_reports will write, one for each report; an error when a path or a name has none.
Result<std::vector<const ReportFormat*>> report_formats_in_use(const Options& options, const Settings& settings);

// Renders and writes all reports. The first error is returned after every other report has been written.
Status write_reports(const Report& report, const Options& options, const Settings& settings);

}  // namespace hfscan
