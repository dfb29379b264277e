// remediate verify: what is left, in a clone and on the remote.
#include <sys/stat.h>

#include "base/file.h"
#include "base/own_folder.h"
#include "base/text.h"
#include "cli/consent.h"
#include "cli/output.h"
#include "cli/remediate/commands.h"
#include "cli/remediate/network.h"
#include "cli/remediate/rewrite_jobs.h"
#include "cli/targets.h"
#include "remedy/guard.h"
#include "remedy/journal_facts.h"
#include "remedy/remote_check.h"

namespace hfscan {
namespace {

std::string list_text(std::string_view head, const std::vector<std::string>& lines) {
  if (lines.empty()) return "";
  std::string text = cat(head, "\n");
  for (const std::string& line : lines) text += cat("  ", line, "\n");
  return text;
}

std::string clone_text(const std::string& path, const CloneCheck& check) {
  if (check.clean()) return cat(hfscan::quoted(path), " holds no secret of the incident and no banned commit.\n");
  std::string text = cat(hfscan::quoted(path), " still holds the old history:\n");
  if (check.objects_with_secret != 0)
    text += cat("  ", count_of(check.objects_with_secret, "object holds", "objects hold"), " a secret\n");
  if (check.refs_with_secret != 0)
    text += cat("  ", count_of(check.refs_with_secret, "ref has", "refs have"), " a secret in the name\n");
  if (check.banned_commits != 0) text += cat("  ", count_of(check.banned_commits, "banned commit", "banned commits"), "\n");
  if (!check.complete) text += "  and something could not be read\n";
  return text + list_text("Refs that lead to a banned commit:", check.banned_refs);
}

Result<ExitCode> look_at_clone(IncidentWork& work, const RewriteJob& job) {
  const std::string& typed = work.flags().clone;
  const std::string path = typed.empty() ? work.incident().repository : real_path(typed);
  if (path.empty()) return Error{cat("no such path: ", hfscan::quoted(typed))};
  HFSCAN_TRY_ASSIGN(const CloneCheck check,
                    check_clone(path, first_changed_commits(work.journal()), known_secrets(job.secrets)));
  HFSCAN_TRY(print(clone_text(typed.empty() ? path : typed, check)));
  if (!check.complete) return ExitCode::incomplete;
  return check.clean() ? ExitCode::clean : ExitCode::findings;
}

std::string remote_text(const RemoteCheck& check) {
  std::string text =
      list_text("Refs that are not what was pushed:", check.not_moved) +
      list_text("Refs that still lead to a secret:", check.still_bad) +
      list_text("Refs of the host that still lead to a secret (only the host can clean them, see 'record --support'):",
                check.host_refs);
  for (const ProbedCommit& commit : check.probed) {
    if (commit.state == ProbedCommit::State::fetchable)
      text += cat("Old commit ", commit.id.substr(0, 12), " can still be fetched by its id.\n");
    if (commit.state == ProbedCommit::State::unknown)
      text += cat("Whether old commit ", commit.id.substr(0, 12), " can be fetched is not known.\n");
  }
  if (check.rescan_findings != 0)
    text += cat("A fresh clone of the remote holds a secret in ", count_of(check.rescan_findings, "place", "places"), ".\n");
  if (!check.rescan_complete) text += "The remote's history could not be scanned completely.\n";
  if (text.empty()) text = "The remote holds no secret of the incident, and the old commits cannot be fetched any more.\n";
  return text;
}

std::string result_of(const RemoteCheck& check) {
  if (check.residue_gone()) return "clean, old commits are gone";
  return check.pushed_and_clean() ? "clean, but the host still has old commits or refs" : "not clean";
}

std::vector<std::string> fetchable(const RemoteCheck& check) {
  std::vector<std::string> ids;
  for (const ProbedCommit& commit : check.probed) {
    if (commit.state == ProbedCommit::State::fetchable) ids.push_back(commit.id);
  }
  return ids;
}

Result<ExitCode> look_at_remote(IncidentWork& work, const RewriteJob& job) {
  if (!work.incident().is_pushed()) return Error{"no remote has the token: nothing to look at there"};
  HFSCAN_TRY(allow_remote(work));
  HFSCAN_TRY_ASSIGN(const RewriteResult result, read_result(job));
  HFSCAN_TRY_ASSIGN(const RemoteCheck check, check_remote(job, result));
  HFSCAN_TRY(work.note("verified", {{"result", result_of(check)},
                                    {"pull_requests", check.host_refs},
                                    {"still_bad", check.still_bad},
                                    {"fetchable", fetchable(check)}}));
  HFSCAN_TRY(print(remote_text(check)));
  if (!check.rescan_complete) return ExitCode::incomplete;
  return check.residue_gone() ? ExitCode::clean : ExitCode::findings;
}

// Asked for by name, and only where no other hook is.
Result<ExitCode> install_guard(IncidentWork& work) {
  const std::vector<std::string> banned = first_changed_commits(work.journal());
  if (banned.empty()) return Error{"there are no banned commits: no history was rewritten yet"};
  const std::optional<RepositoryLayout> layout = work.repository();
  if (!layout) return Error{"the repository of the incident is not there any more"};
  const GuardTexts texts = guard_texts(banned, work.incident().remote_url);
  const std::string folder = work.folder().file("guard");
  HFSCAN_TRY(write_guard(folder, texts));
  if (hook_state(*layout) == HookState::foreign)
    return Error{cat("there is another pre-push hook: call ", hfscan::quoted(cat(folder, "/pre-push")),
                     " from it, with its standard input")};
  if (hook_state(*layout) == HookState::elsewhere)
    return Error{cat("core.hooksPath names another folder for hooks: call ", hfscan::quoted(cat(folder, "/pre-push")),
                     " from the pre-push there, with its standard input, and attest 'guard'")};
  const std::string hook = cat(layout->common_dir, "/hooks/pre-push");
  HFSCAN_TRY(ask_consent(
      {cat("This writes ", escape_for_display(hook), " and the list of banned commits beside it."), "y", "nothing was written"},
      work.flags().yes ? Assumed::yes : Assumed::no));
  HFSCAN_TRY(make_folders(cat(layout->common_dir, "/hooks")));
  HFSCAN_TRY(make_folders(cat(layout->common_dir, "/hfscan")));
  HFSCAN_TRY(write_file_atomically(cat(layout->common_dir, "/hfscan/banned-commits"), texts.banned));
  HFSCAN_TRY(write_file_atomically(hook, texts.hook));
  if (::chmod(hook.c_str(), 0755) != 0) return Error{cat("cannot make ", hfscan::quoted(hook), " executable")};
  HFSCAN_TRY(work.note("guarded", {{"banned", banned.size()}}));
  HFSCAN_TRY(print(cat("Installed. For CI and for colleagues: ci-check.sh, banned-commits and colleagues.txt in ",
                       escape_for_display(folder), "\n")));
  return ExitCode::clean;
}

}  // namespace

Result<ExitCode> verify_places(IncidentWork& work) {
  const RewriteJob job = rewrite_job(work);
  if (work.flags().install_guard) return install_guard(work);
  if (work.flags().remote) return look_at_remote(work, job);
  return look_at_clone(work, job);
}

}  // namespace hfscan
