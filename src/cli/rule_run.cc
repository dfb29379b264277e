#include "cli/rule_run.h"

#include "hygiene/file_finder.h"

namespace hfscan {

Result<Report> run_rules(const RuleRun& run, DetectorOptions detection, const ScanOptions& options) {
  const bool about_repositories = !run.places.trees.empty() && has_repository_rules(run.rules);
  const FileFinder finder(run.rules, about_repositories ? Facts::gather : Facts::leave, run.policy);
  if (detection.structure == nullptr) detection.structure = &finder;
  const Detector detector(run.rules, detection);
  HFSCAN_TRY_ASSIGN(Report report, run_scan(run.sources, detector, run.rules, options));
  if (!about_repositories) return report;
  std::vector<Finding> found;
  for (const ScannedTree& tree : run.places.trees) {
    std::vector<Finding> more = run_repository_rules(tree, run.places.reach, run.rules, report, detection);
    std::move(more.begin(), more.end(), std::back_inserter(found));
  }
  add_findings(report, std::move(found));
  return report;
}

}  // namespace hfscan
