// The pipeline: sources push items, workers open and detect, and one report comes out, the same whatever the number of workers.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/report.h"
#include "core/source.h"
#include "detect/detector.h"
#include "scan/harvest.h"
#include "scan/unpack_budget.h"

namespace hfscan {

struct ScanOptions {
  std::string command;                                  // as Report::command
  unsigned jobs = 0;                                    // threads; 0: one for each processor core
  std::function<bool(std::string_view path)> excluded;  // paths that the user's configuration leaves out; may be empty
  ArchiveLimits archives = {};
};

// Runs all sources through the detector. `rules` are those that the detector was made of. The report has findings with
// fingerprints, diagnostics and skips, all sorted, but neither suppression by file nor an exit code yet: see finish_report.
// An Error means that a source could not be scanned at all.
Result<Report> run_scan(const std::vector<std::unique_ptr<Source>>& sources, const Detector& detector,
                        const std::vector<const Rule*>& rules, const ScanOptions& options);

// What a worker found joins the report, which is not settled after that.
void add_harvest(Report& report, Harvest harvest);

// Gives findings their fingerprints and everything its order, once all is there.
void settle_report(Report& report);

// Findings that were made of those of the scan join them: fingerprints and order are those of a scan that had found them all.
void add_findings(Report& report, std::vector<Finding> findings);

// Computes counts, completeness and the exit code, once every disposition is final.
void finish_report(Report& report, Severity fail_on);

}  // namespace hfscan
