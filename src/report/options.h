// What the user may choose about a report. Separate from the Report: the same run can be written in several ways.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace hfscan {

enum class Verbosity {
  quiet,    // one line for each finding, and the summary
  normal,   // frames, reasons and next steps; long lists are cut and say so
  verbose,  // nothing is cut
};

struct ReportOptions {
  bool colour = false;
  Verbosity verbosity = Verbosity::normal;
  bool paranoid = false;                  // show the findings that were gated as look-alikes
  std::size_t terminal_width = 0;         // columns; 0: never wrap or cut
  std::optional<std::int64_t> now;        // seconds since 1970, to mark what has expired; only for a terminal, never for a file
  std::string sarif_category;             // for automationDetails.id; empty: none
  bool sarif_include_suppressed = false;  // ignored and baselined results too, marked as such
  std::string tool_version;               // "0.1.0"
};

}  // namespace hfscan
