// A run of rules: the scan of every source, and then the rules about a repository. Separate from Session, because the examples
// of a rule run in the same way without settings and reports.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "cli/scanned_trees.h"
#include "core/report.h"
#include "core/rotation.h"
#include "core/source.h"
#include "detect/detector.h"
#include "scan/scan.h"

namespace hfscan {

struct RuleRun {
  const std::vector<std::unique_ptr<Source>>& sources;
  const ScannedPlaces& places;
  const std::vector<const Rule*>& rules;
  RotationPolicy policy = {};
};

// As run_scan, with the findings of all rules. `detection.structure` stands for the rules about files, when it is given.
Result<Report> run_rules(const RuleRun& run, DetectorOptions detection, const ScanOptions& options);

}  // namespace hfscan
