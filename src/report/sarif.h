// SARIF 2.1.0 for code scanning (OASIS standard; what GitHub asks beyond it is in docs/sarif.md). One run; the same bytes for
// the same report: no time, host, user or command line.
#pragma once

#include <cstdint>
#include <iosfwd>

#include "base/result.h"
#include "core/report.h"
#include "report/options.h"

namespace hfscan {

// GitHub keeps the 5,000 most severe results of a run and drops the others unseen; so the report has no more and says how many
// it left out.
constexpr std::size_t kMaxSarifResults = 5000;

Status write_sarif_report(const Report& report, const ReportOptions& options, std::ostream& out);

// How many results the limit leaves out: a caller says it on stderr, too.
std::uint64_t sarif_results_left_out(const Report& report, const ReportOptions& options);

}  // namespace hfscan
