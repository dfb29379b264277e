#include <sys/stat.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/history_watch.h"
#include "cli/session.h"
#include "git/repository.h"
#include "git/revision_range.h"

namespace hfscan {
namespace {

// What was typed behind the command: a repository, a range, or both in this order.
struct HistoryTarget {
  std::string repository = ".";
  std::vector<std::string> range;  // as `git log` takes it
};

bool exists(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0;
}

Result<HistoryTarget> target_of(const Options& options) {
  HistoryTarget target;
  std::vector<std::string> rest = options.arguments;
  if (!rest.empty() && (exists(rest.front()) || rest.size() > 1)) {
    target.repository = rest.front();
    rest.erase(rest.begin());
  }
  if (!exists(target.repository)) return Error{cat("no such path: ", quoted(target.repository))};
  target.range = std::move(rest);
  if (!options.branch.empty()) target.range.push_back(options.branch);
  if (!options.since_commit.empty()) {
    if (target.range.empty()) target.range.emplace_back("HEAD");
    target.range.push_back(cat("^", options.since_commit));
  }
  if (!options.log_opts.empty()) {
    HFSCAN_TRY_ASSIGN(const std::vector<std::string> words, split_log_opts(options.log_opts));
    target.range.insert(target.range.end(), words.begin(), words.end());
  }
  return target;
}

Result<ExitCode> scan_past(const Options& options) {
  HFSCAN_TRY_ASSIGN(const HistoryTarget target, target_of(options));
  HFSCAN_TRY_ASSIGN(const Repository repository, Repository::discover(target.repository));
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options, {repository.layout().work_tree, "", {}}));
  HistoryWatch watch(options);
  HFSCAN_TRY_ASSIGN(Report report,
                    session->scan_history(repository.layout(), {target.range, &watch.stop(), &watch.progress()}));
  watch.end();
  return session->deliver(report);
}

}  // namespace

ExitCode cmd_history(const Options& options) { return exit_code_of(scan_past(options)); }

}  // namespace hfscan
