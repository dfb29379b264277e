// What every scanning command shares: configuration, rules, detector, the run itself, suppression, reports, exit code.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.h"
#include "cli/rule_run.h"
#include "cli/scanned_trees.h"
#include "config/loader.h"
#include "core/report.h"
#include "core/source.h"
#include "history/history_scan.h"
#include "rules/rule_set.h"
#include "scan/baseline.h"
#include "scan/ignore_file.h"

namespace hfscan {

// Where a run looks for its configuration and ignore file.
struct ScanRoot {
  std::string folder;          // absolute: the repository's work tree or the scanned folder; empty: none (stdin)
  std::string scanned_folder;  // the part of it that is scanned, relative to it
  UnusedEntries unused = UnusedEntries::keep_quiet;  // whether unused ignore entries are worth a note
};

class Session {
 public:
  // Loads configuration and rules. Errors are those of a user: exit 2.
  static Result<std::unique_ptr<Session>> open(const Options& options, ScanRoot root);

  [[nodiscard]] const Settings& settings() const { return config_.settings; }
  [[nodiscard]] const LoadedConfig& config() const { return config_; }
  [[nodiscard]] const RuleSet& rules() const { return rules_; }
  [[nodiscard]] const std::vector<const Rule*>& active_rules() const { return active_; }

  // The report points into this session's rules and must not outlive it. Scans and applies inline comments, .hfscanignore,
  // configuration and baseline. The exit code is final but for --exit-zero.
  // `places` are what the rules about a repository look at; without any they do not run.
  Result<Report> scan(const std::vector<std::unique_ptr<Source>>& sources, const std::string& command,
                      const ScannedPlaces& places = {}) const;

  // The same for what is no repository: `finder` decides in place of the rules about files.
  Result<Report> scan_with(const HitFinder& finder, std::unique_ptr<Source> source, const std::string& command) const;

  // The whole past of a repository. Interruption and progress are the caller's.
  struct HistoryRun {
    std::vector<std::string> range;  // as HistoryOptions::range
    const std::atomic<bool>* stop = nullptr;
    HistoryProgress* progress = nullptr;
  };
  Result<Report> scan_history(const RepositoryLayout& layout, const HistoryRun& run) const;

  // Writes every report that was asked for; standard output first. Returns the process's exit code.
  ExitCode deliver(Report& report) const;

  // Before anything is scanned: every report path has a known format.
  [[nodiscard]] Status check_outputs() const;

 private:
  explicit Session(const Options& options, ScanRoot root) : options_(options), root_(std::move(root)) {}
  Status load();
  Status add_rule_files();
  Result<std::vector<const Rule*>> select_rules() const;
  Result<Report> run(const RuleRun& rules, DetectorOptions detection, const std::string& command) const;
  [[nodiscard]] Result<DetectorOptions> with_settings(DetectorOptions detection) const;
  [[nodiscard]] std::vector<const Rule*> finders_for_history() const;
  [[nodiscard]] Result<CacheFolder> open_cache(const RepositoryLayout& layout) const;
  [[nodiscard]] std::string cache_basis(const HistoryOptions& options) const;
  [[nodiscard]] ScanOptions scan_options(const std::string& command) const;
  [[nodiscard]] Status finish(Report& report) const;
  [[nodiscard]] Result<bool> shows_line_hashes() const;
  [[nodiscard]] Status suppress(Report& report) const;
  [[nodiscard]] Status apply_baseline_file(Report& report) const;

  const Options& options_;
  ScanRoot root_;
  LoadedConfig config_;
  RuleSet rules_;
  std::vector<const Rule*> active_;
};

// Prints "hfscan: message" on standard error and returns ExitCode::usage.
ExitCode report_error(const Error& error);

// A configuration without a scan, for `config` and for what needs only rules.
Result<LoadedConfig> load_config_for(const Options& options, const ScanRoot& root, const RuleSet& rules);

}  // namespace hfscan
