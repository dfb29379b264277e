// remediate rewrite: what a rewrite would change, and, with --apply, the rewrite in a mirror up to its proof.
#include <algorithm>

#include "base/text.h"
#include "cli/output.h"
#include "cli/remediate/commands.h"
#include "cli/remediate/network.h"
#include "cli/remediate/prose.h"
#include "cli/remediate/remote_state.h"
#include "cli/remediate/rewrite_jobs.h"
#include "remedy/backup.h"
#include "remedy/collateral.h"
#include "remedy/journal_facts.h"
#include "remedy/preflight.h"
#include "remedy/remote_check.h"
#include "remedy/rewrite.h"
#include "remedy/survey.h"

namespace hfscan {
namespace {

void say(std::string_view text) { complain(text); }

Result<ExitCode> skip_rewrite(IncidentWork& work) {
  const std::string_view reason = trim(work.options().reason);
  if (reason.empty()) return Error{"--skip needs --reason TEXT: it goes into the record"};
  if (may_have_pushed(work.journal()))
    return Error{"the new history was pushed already: what is left is 'hfscan remediate verify --remote'"};
  HFSCAN_TRY(work.note("decided", {{"rewrite", "skip"}, {"reason", std::string(reason)}}));
  HFSCAN_TRY(work.write_plan());
  HFSCAN_TRY(print("Decided: the history stays as it is.\n"));
  return ExitCode::clean;
}

// The proof counts every secret; but what the repository accepts as an example is no leak because the mirror has it, too.
Status leave_out_accepted(const IncidentWork& work, const RewriteJob& job, Leaks& found) {
  const std::vector<LeakedSecret>& ours = work.incident().secrets;
  const auto is_new = [&ours](const LeakedSecret& secret) {
    return std::none_of(ours.begin(), ours.end(), [&secret](const LeakedSecret& known) { return known.id == secret.id; });
  };
  if (std::none_of(found.secrets.begin(), found.secrets.end(), is_new)) return {};
  HFSCAN_TRY_ASSIGN(const Leaks active, leaks_of_mirror(work, job.mirror()));
  std::erase_if(found.secrets, [&](const LeakedSecret& one) { return is_new(one) && active.find(one.id) == nullptr; });
  return {};
}

// What the mirror has counts: it may have refs that the user's clone does not know, and secrets in them.
Status learn_from_mirror(IncidentWork& work, RewriteJob& job) {
  HFSCAN_TRY_ASSIGN(Leaks found, job.rescan(job.mirror()));
  HFSCAN_TRY(leave_out_accepted(work, job, found));
  Leaks known;
  known.secrets = work.incident().secrets;
  const std::size_t before = known.secrets.size();
  const Leaks all = merged(std::move(known), found);
  if (all.secrets.size() > before)
    say(cat("the remote holds ", count_of(all.secrets.size() - before, "more secret", "more secrets"),
            " than the plan knew: they belong to the incident now, and have to be revoked too"));
  Incident incident = work.incident();
  incident.secrets = all.secrets;
  job.secrets = all.secrets;
  HFSCAN_TRY(work.update(std::move(incident)));
  return work.write_plan();
}

// Notices are shown; the first refusal ends it.
Status heed(const Preflight& preflight) {
  for (const PreflightCheck& check : preflight.checks) {
    if (check.state == PreflightCheck::State::notice) say(cat("note: ", check.message));
  }
  for (const PreflightCheck& check : preflight.checks) {
    if (check.state == PreflightCheck::State::refused)
      return Error{cat("a rewrite is not safe here (", check.name, "): ", check.message)};
  }
  return {};
}

std::string survey_text(const Survey& found) {
  const SurveyCounts& counts = found.counts;
  std::string text = cat("  ", with_thousands(counts.tainted), " of ", count_of(counts.commits, "commit", "commits"),
                         " are made again, the others keep their ids\n");
  text += cat("  ", count_of(counts.branches, "branch", "branches"), ", ", count_of(counts.tags, "tag", "tags"), " and ",
              count_of(counts.other_refs, "other ref", "other refs"), " move\n");
  if (counts.pull_requests != 0)
    text += cat("  ", count_of(counts.pull_requests, "pull-request ref", "pull-request refs"),
                " hold it too; the host decides about them\n");
  text += cat("  ", count_of(counts.signed_tainted + counts.signed_tags, "signature is", "signatures are"), " lost, ",
              with_thousands(counts.signed_kept), " stay valid\n");
  text += cat("  ", count_of(found.blobs.size(), "blob", "blobs"), ", ",
              count_of(found.bad_commits.size(), "commit", "commits"), ", ", count_of(found.bad_tags.size(), "tag", "tags"),
              " and ", count_of(counts.bad_names, "file name", "file names"), " hold a secret themselves\n");
  const auto whole = std::count_if(found.blobs.begin(), found.blobs.end(),
                                   [](const auto& blob) { return blob.second.how == BadBlob::How::whole; });
  if (whole != 0)
    text += cat("  ", count_of(static_cast<std::uint64_t>(whole), "blob is", "blobs are"),
                " replaced as a whole by a line that says so: an archive, or a spelling that cannot be edited in its place\n");
  for (const std::string& place : found.unlocated) text += cat("  not in a git object: ", place, "\n");
  return text;
}

Result<ExitCode> preview(IncidentWork& work) {
  HFSCAN_TRY_ASSIGN(const Survey found, survey(rewrite_job(work), work.incident().git_dir));
  HFSCAN_TRY(note_cost(work, found));
  std::string text = cat("As far as this clone knows (the mirror of the remote may have more):\n", survey_text(found));
  text += cat("\n", work.plan().advice, "\n\nTo do it, in a mirror: hfscan remediate rewrite ", work.incident().id,
              " --apply\n", "To leave it:           hfscan remediate rewrite ", work.incident().id, " --skip --reason TEXT\n");
  HFSCAN_TRY(print_prose(text));
  return ExitCode::clean;
}

Status check_proof(const Collateral& proof) {
  HFSCAN_TRY(print(cat("Compared ", count_of(proof.commits, "commit", "commits"), ", ", count_of(proof.trees, "tree", "trees"),
                       " and ", count_of(proof.blobs, "blob", "blobs"), " with the backup, and scanned the mirror again.\n")));
  if (proof.holds()) return {};
  for (const std::string& line : proof.unexpected) say(cat("changed, but was not to: ", line));
  for (const std::string& line : proof.residue) say(cat("still holds a secret: ", line));
  if (!proof.rescan_complete) return Error{"the mirror could not be scanned completely: nothing may be pushed from it"};
  return Error{
      "the rewrite is not what was planned: nothing may be pushed from it, and nothing outside of the mirror has changed"};
}

Status take_backup(IncidentWork& work, RewriteJob& job) {
  HFSCAN_TRY(heed(check_surroundings(job)));
  say("taking a mirror and a backup ...");
  for (int tries = 0; tries < 2; ++tries) {  // the first may find a mirror of what the remote was once
    HFSCAN_TRY(take_mirror(job));
    HFSCAN_TRY(write_bundle(job));
    HFSCAN_TRY_ASSIGN(const BackupProof backup, prove_backup(job));
    if (backup.holds()) return work.note("backed up", {{"refs", backup.mirror.size()}});
    HFSCAN_TRY(drop_stale(job));
  }
  return Error{"the remote moved while the mirror was taken; nothing was changed: run it again when nobody pushes"};
}

// A push may have arrived although the run that sent it was killed: its mirror and backup are still needed then.
bool is_pushed_and_clean(const IncidentWork& work, const RewriteJob& job) {
  if (!work.incident().is_pushed() || measure_push(work, job).state != StepState::done) return false;
  const Result<RewriteResult> result = read_result(job);
  if (!result.ok()) return false;
  const Result<RemoteCheck> check = check_remote(job, *result);
  return check.ok() && check->still_bad.empty() && check->rescan_findings == 0 && check->rescan_complete;
}

// What the record tells of it when the mirror is gone.
Status note_rewrite(IncidentWork& work, const Survey& found, const RewriteResult& result) {
  constexpr std::size_t kMostTips = 200;
  Json tips = Json::array();
  for (const MovedRef& ref : result.refs) {
    if (tips.size() == kMostTips) break;
    tips.push_back({{"ref", shown_ref(ref.new_name)}, {"old", ref.old_id.hex()}, {"new", ref.new_id.hex()}});
  }
  return work.note("rewritten", {{"commits", result.commits.size()},
                                 {"of_commits", found.counts.commits},
                                 {"refs", result.refs.size()},
                                 {"signatures", found.counts.signed_tainted + found.counts.signed_tags},
                                 {"first_changed", result.first_changed},
                                 {"tips", std::move(tips)}});
}

Result<ExitCode> apply(IncidentWork& work) {
  if (rewrite_decision(work.journal()).choice != RewriteChoice::go)
    HFSCAN_TRY(work.note("decided", {{"rewrite", "go"}, {"reason", work.options().reason}}));
  RewriteJob job = rewrite_job(work);
  HFSCAN_TRY(allow_remote(work));
  if (is_pushed_and_clean(work, job)) {
    HFSCAN_TRY(
        print("The remote has the rewritten history already, and holds none of the secrets elsewhere: there is nothing to "
              "rewrite.\n"));
    return ExitCode::clean;
  }
  HFSCAN_TRY(take_backup(work, job));
  HFSCAN_TRY(learn_from_mirror(work, job));
  HFSCAN_TRY_ASSIGN(const Survey found, survey(job, job.mirror()));
  if (found.clean()) {
    HFSCAN_TRY(print("The remote holds none of the secrets: there is nothing to rewrite.\n"));
    return ExitCode::clean;
  }
  HFSCAN_TRY(heed(check_history(job, found)));
  HFSCAN_TRY(print(survey_text(found)));
  say("rewriting the mirror ...");
  HFSCAN_TRY_ASSIGN(const RewriteResult result, rewrite(job, found));
  HFSCAN_TRY(note_rewrite(work, found, result));
  say("proving that only the tokens changed ...");
  HFSCAN_TRY_ASSIGN(const Collateral proof, prove_rewrite(job, found, result));
  HFSCAN_TRY(check_proof(proof));
  HFSCAN_TRY(work.note("proved", to_json(proof)));
  HFSCAN_TRY(work.write_plan());
  const bool pushes = work.incident().is_pushed();
  HFSCAN_TRY(print(cat("Rewritten and proved: every changed byte lies in a token. Nothing outside of the mirror has changed.\n",
                       pushes ? "Next: hfscan remediate push " : "Next: hfscan remediate status ", work.incident().id, "\n")));
  return ExitCode::clean;
}

}  // namespace

Result<ExitCode> rewrite_history(IncidentWork& work) {
  if (!work.incident().has_commits()) return Error{"there is no history to rewrite: the token is in no commit"};
  if (work.flags().skip) return skip_rewrite(work);
  return work.flags().apply ? apply(work) : preview(work);
}

}  // namespace hfscan
