// hook pre-commit and hook pre-commit-framework. docs/hooks.md says what each looks at.
#include <array>
#include <cstdlib>
#include <set>
#include <utility>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/targets.h"
#include "git/repository.h"
#include "git/staged.h"
#include "sources/commit_range.h"

namespace hfscan {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read before any thread starts
  return value == nullptr ? "" : value;
}

// Everything that `tip` has and the remote has not.
Result<ExitCode> scan_outgoing(const Options& options, Repository repository, const std::string& tip, const std::string& from) {
  CommitRangeOptions range;
  range.tips = {tip};
  if (!from.empty()) range.hidden = {from};
  const std::string remote = variable("PRE_COMMIT_REMOTE_NAME");
  if (!remote.empty()) range.hidden_prefixes = {cat("refs/remotes/", remote, "/")};
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options, {repository.layout().work_tree, "", {}}));
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(std::make_unique<CommitRangeSource>(std::move(repository), std::move(range)));
  HFSCAN_TRY_ASSIGN(Report report, session->scan(sources, "hook"));
  return session->deliver(report);
}

Result<ExitCode> scan_files(const Options& options, const std::vector<std::string>& files) {
  HFSCAN_TRY_ASSIGN(Targets targets, find_targets(files));
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options, targets.root));
  const ScannedPlaces places = scanned_places(targets);
  HFSCAN_TRY_ASSIGN(Report report, session->scan(sources_of(std::move(targets), true), "hook", places));
  return session->deliver(report);
}

// The framework says nothing of --all-files; a file list that goes beyond what is staged is the only sign of it.
Result<bool> all_are_staged(const Repository& repository, const std::vector<std::string>& files) {
  HFSCAN_TRY_ASSIGN(const StagedChanges changes, staged_changes(repository));
  std::set<std::string> staged;
  for (const StagedFile& entry : changes.files) staged.insert(entry.path);
  for (const std::string& file : files) {
    if (!staged.contains(file)) return false;
  }
  return true;
}

Result<ExitCode> framework(const Options& options) {
  const std::vector<std::string> files(options.arguments.begin() + 1, options.arguments.end());
  HFSCAN_TRY_ASSIGN(Repository repository, discover_for_hook("."));
  const std::string to = variable("PRE_COMMIT_TO_REF");
  if (!to.empty()) return scan_outgoing(options, std::move(repository), to, variable("PRE_COMMIT_FROM_REF"));
  if (!variable("PRE_COMMIT_REMOTE_NAME").empty()) return scan_outgoing(options, std::move(repository), "HEAD", "");
  HFSCAN_TRY_ASSIGN(const bool staged_only, all_are_staged(repository, files));
  if (!staged_only) return scan_files(options, files);
  return scan_staged(options, std::move(repository), "hook");
}

Result<ExitCode> pre_commit(const Options& options) {
  HFSCAN_TRY_ASSIGN(Repository repository, discover_for_hook("."));
  return scan_staged(options, std::move(repository), "hook");
}

struct HookKind {
  std::string_view name;
  Result<ExitCode> (*run)(const Options&);
};

constexpr std::array<HookKind, 2> kKinds = {{{"pre-commit", pre_commit}, {"pre-commit-framework", framework}}};

}  // namespace

ExitCode cmd_hook(const Options& options) {
  const std::string kind = options.arguments.empty() ? "" : options.arguments.front();
  for (const HookKind& candidate : kKinds) {
    if (candidate.name == kind) return exit_code_of(candidate.run(options));
  }
  return report_error(
      {cat("'hfscan hook' needs a kind: pre-commit or pre-commit-framework", kind.empty() ? "" : cat(", not ", quoted(kind)))});
}

}  // namespace hfscan
