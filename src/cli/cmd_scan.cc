// scan, staged and stdin.
#include <utility>

#include "cli/commands.h"
#include "cli/session.h"
#include "cli/targets.h"
#include "git/repository.h"
#include "sources/index.h"
#include "sources/stdin.h"

namespace hfscan {
namespace {

Result<ExitCode> scan_paths(const Options& options) {
  const std::vector<std::string> paths = options.arguments.empty() ? std::vector<std::string>{"."} : options.arguments;
  HFSCAN_TRY_ASSIGN(Targets targets, find_targets(paths));
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options, targets.root));
  const ScannedPlaces places = scanned_places(targets);
  const auto sources = sources_of(std::move(targets), session->settings().include_ignored.value);
  HFSCAN_TRY_ASSIGN(Report report, session->scan(sources, "scan", places));
  return session->deliver(report);
}

Result<ExitCode> scan_index(const Options& options) {
  if (options.arguments.size() > 1) return Error{"'hfscan staged' takes one repository; see 'hfscan --help'"};
  HFSCAN_TRY_ASSIGN(Repository repository, discover_for_hook(options.arguments.empty() ? "." : options.arguments.front()));
  return scan_staged(options, std::move(repository), "staged");
}

Result<ExitCode> scan_stdin(const Options& options) {
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options, {}));
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(std::make_unique<StdinSource>());
  HFSCAN_TRY_ASSIGN(Report report, session->scan(sources, "stdin"));
  return session->deliver(report);
}

}  // namespace

Result<Repository> discover_for_hook(const std::string& path) {
  DiscoverOptions discovery;
  discovery.environment = GitEnvironment::of_process();
  return Repository::discover(path, discovery);
}

Result<ExitCode> scan_staged(const Options& options, Repository repository, const std::string& command) {
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options, {repository.layout().work_tree, "", {}}));
  const ScannedPlaces places = staged_place(repository.layout());
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(std::make_unique<IndexSource>(std::move(repository)));
  HFSCAN_TRY_ASSIGN(Report report, session->scan(sources, command, places));
  return session->deliver(report);
}

ExitCode exit_code_of(const Result<ExitCode>& result) { return result.ok() ? *result : report_error(result.error()); }

ExitCode cmd_scan(const Options& options) { return exit_code_of(scan_paths(options)); }
ExitCode cmd_staged(const Options& options) { return exit_code_of(scan_index(options)); }
ExitCode cmd_stdin(const Options& options) { return exit_code_of(scan_stdin(options)); }

}  // namespace hfscan
