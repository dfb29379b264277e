#include "cli/remediate/leak_scans.h"

#include <algorithm>
#include <map>
#include <sstream>

#include "cli/history_watch.h"
#include "cli/targets.h"
#include "cli/version.h"
#include "git/repository.h"
#include "report/reporter.h"
#include "sources/index.h"

namespace hfscan {
namespace {

// Saved and fresh reports are read by the same reader, so that a plan does not depend on which of them it was made from.
Result<Leaks> leaks_of(const Report& report) {
  std::ostringstream out;
  ReportOptions options;
  options.tool_version = kVersion;
  HFSCAN_TRY(report_format_by_name("json")->write(report, options, out));
  return read_leaks(out.str(), "report");
}

}  // namespace

Options LeakScans::options_for(Command command, Accepted accepted) const {
  Options options = options_;
  options.command = command;
  options.arguments.clear();
  options.format.reset();
  options.report_paths.clear();
  options.config_flags.push_back({"rules.select", "--rules", "HF1"});
  if (accepted == Accepted::left_out) return options;
  options.discovery = ConfigDiscovery::off;
  options.ignore_file = false;
  options.use_baseline = false;
  options.config_flags.push_back({"ignore.inline", "--no-inline-ignore", "false"});
  options.config_flags.push_back({"history.cache", "--no-cache", "false"});
  return options;
}

Result<Leaks> LeakScans::of_history(const RepositoryLayout& layout, Accepted accepted) const {
  const std::string root = accepted == Accepted::left_out ? layout.work_tree : "";
  return scan_history(options_for(Command::history, accepted), layout, {root, "", {}});
}

Result<Leaks> LeakScans::of_mirror(const RepositoryLayout& mirror, const std::string& repository) const {
  return scan_history(options_for(Command::history, Accepted::left_out), mirror, {repository, "", {}});
}

Result<Leaks> LeakScans::scan_history(const Options& options, const RepositoryLayout& layout, const ScanRoot& root) const {
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options, root));
  HistoryWatch watch(options);
  HFSCAN_TRY_ASSIGN(const Report report, session->scan_history(layout, {{}, &watch.stop(), &watch.progress()}));
  watch.end();
  return leaks_of(report);
}

Result<Leaks> LeakScans::of_files(const std::string& folder, Accepted accepted) const {
  const Options options = options_for(Command::scan, accepted);
  HFSCAN_TRY_ASSIGN(Targets targets, find_targets({folder}));
  const bool is_repository = !targets.repositories.empty();
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session,
                    Session::open(options, accepted == Accepted::left_out ? targets.root : ScanRoot{}));
  auto sources = sources_of(std::move(targets), session->settings().include_ignored.value);
  HFSCAN_TRY_ASSIGN(const Report files, session->scan(sources, "scan"));
  HFSCAN_TRY_ASSIGN(Leaks leaks, leaks_of(files));
  if (!is_repository) return leaks;
  HFSCAN_TRY_ASSIGN(Repository repository, Repository::discover(folder));
  std::vector<std::unique_ptr<Source>> index;
  index.push_back(std::make_unique<IndexSource>(std::move(repository)));
  HFSCAN_TRY_ASSIGN(const Report staged, session->scan(index, "staged"));
  HFSCAN_TRY_ASSIGN(const Leaks of_index, leaks_of(staged));
  return merged(std::move(leaks), of_index);
}

}  // namespace hfscan
