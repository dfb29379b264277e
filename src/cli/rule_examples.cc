// Tested by tests/unit/cli/rule_examples_test.cc.
#include "cli/rule_examples.h"

#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "cli/example_home.h"
#include "cli/example_repository.h"
#include "cli/rule_run.h"
#include "detect/rule_check.h"
#include "history/history_rules.h"
#include "history/history_scan.h"
#include "host/host_rules.h"
#include "host/host_source.h"
#include "hygiene/file_finder.h"
#include "sources/worktree.h"

namespace hfscan {
namespace {

bool is_about_repository(const Rule& rule) {
  const auto* match = std::get_if<StructureMatch>(&rule.match);
  return match != nullptr && is_repository_matcher(match->matcher);
}

bool is_about_host(const Rule& rule) {
  const auto* match = std::get_if<StructureMatch>(&rule.match);
  return match != nullptr && is_host_matcher(match->matcher);
}

bool is_about_history(const Rule& rule) {
  const auto* match = std::get_if<StructureMatch>(&rule.match);
  return match != nullptr && is_history_matcher(match->matcher);
}

// A rule that looks at the host and at repositories has examples of both.
bool is_of_repository(const Rule& rule, const RuleExample& example) {
  return is_about_repository(rule) && !example.path.starts_with("~/") && !example.path.starts_with('/');
}

Error rule_error(const Rule& rule, std::string_view message) {
  return Error{cat(rule.origin, ": rule ", rule.id, " (", rule.name, "): ", message)};
}

// The user's own ignore file plays no part.
Result<Report> scan_repository(const RuleExample& example, const std::vector<const Rule*>& rules) {
  HFSCAN_TRY_ASSIGN(const ExampleRepository repository, ExampleRepository::make(example));
  ScannedPlaces places;
  places.trees.push_back(tree_on_disk(repository.path(), ""));
  places.trees.front().user_patterns = "";
  TreeOptions tree;
  tree.root = repository.path();
  tree.user_patterns = "";
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(std::make_unique<WorktreeSource>(std::move(tree)));
  ScanOptions options;
  options.jobs = 1;
  return run_rules({sources, places, rules}, {}, options);
}

Result<Report> scan_past(const RuleExample& example, const std::vector<const Rule*>& rules) {
  HFSCAN_TRY_ASSIGN(const ExampleRepository repository, ExampleRepository::make(example));
  HFSCAN_TRY_ASSIGN(const std::optional<RepositoryLayout> layout, repository_at(repository.path()));
  if (!layout) return Error{"the repository of the example could not be read"};
  HistoryOptions options;
  options.scan.jobs = 1;
  options.now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  return scan_history(*layout, rules, options);
}

Result<Report> scan_home(const RuleExample& example, const std::vector<const Rule*>& rules) {
  HFSCAN_TRY_ASSIGN(const ExampleHome home, ExampleHome::make(example));
  const HostInventory inventory = take_inventory(home.view());
  const HostRules finder(inventory, rules, rules);
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(std::make_unique<HostSource>(inventory));
  DetectorOptions detection;
  detection.structure = &finder;
  ScanOptions options;
  options.jobs = 1;
  return run_rules({sources, {}, rules}, detection, options);
}

enum class Expectation { finding, silence };

Status check_example(const Rule& rule, const RuleExample& example, Expectation expectation,
                     const std::vector<const Rule*>& rules) {
  const Result<Report> report = example.history != ExampleHistory::none ? scan_past(example, rules)
                                : is_of_repository(rule, example)       ? scan_repository(example, rules)
                                                                        : scan_home(example, rules);
  if (!report.ok()) return rule_error(rule, report.error().message);
  const auto mine = [&rule](const Finding& finding) { return finding.rule->id == rule.id; };
  const bool found = std::any_of(report->findings.begin(), report->findings.end(), mine);
  if (found == (expectation == Expectation::finding)) return {};
  if (found) return rule_error(rule, cat("the good example ", quoted(example.path), " gives a finding"));
  return rule_error(rule, cat("the bad example ", quoted(example.path), " gives no finding of ", rule.id));
}

}  // namespace

Status check_rule_examples(const Rule& rule, const std::vector<const Rule*>& rules) {
  if (!is_about_repository(rule) && !is_about_host(rule) && !is_about_history(rule)) {
    const FileFinder finder(rules, Facts::leave);
    return check_examples(rule, rules, &finder);
  }
  if (rule.bad.empty() || rule.good.empty()) {
    return rule_error(rule, "needs at least one [[rule.bad]] and one [[rule.good]] example");
  }
  for (const RuleExample& example : rule.bad) HFSCAN_TRY(check_example(rule, example, Expectation::finding, rules));
  for (const RuleExample& example : rule.good) HFSCAN_TRY(check_example(rule, example, Expectation::silence, rules));
  return {};
}

}  // namespace hfscan
