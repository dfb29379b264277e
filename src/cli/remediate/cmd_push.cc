// remediate push: the rewritten refs to where the old ones are.
#include "base/text.h"
#include "cli/output.h"
#include "cli/remediate/ask.h"
#include "cli/remediate/commands.h"
#include "cli/remediate/network.h"
#include "cli/remediate/remote_state.h"
#include "cli/remediate/rewrite_jobs.h"
#include "remedy/backup.h"
#include "remedy/push.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostShown = 40;

std::string short_hex(const ObjectId& id) { return id.size == 0 || id.is_zero() ? "(none)" : id.hex().substr(0, 12); }

std::string ref_line(const MovedRef& ref) {
  const std::string name = shown_ref(ref.name);
  if (ref.name == ref.new_name) return cat("  ", name, "  ", short_hex(ref.old_id), " -> ", short_hex(ref.new_id), "\n");
  return cat("  ", name, "  is deleted; ", shown_ref(ref.new_name), " takes its place\n");
}

std::string plan_text(const IncidentWork& work, const RewriteJob& job, const PushPlan& plan) {
  std::string text =
      cat("To ", escape_for_display(job.source), work.flags().one_by_one ? ", one by one:\n" : ", all or none:\n");
  for (std::size_t i = 0; i < plan.refs.size() && i < kMostShown; ++i) text += ref_line(plan.refs[i]);
  if (plan.refs.size() > kMostShown) text += cat("  and ", with_thousands(plan.refs.size() - kMostShown), " more\n");
  for (const std::string& ref : plan.skipped) text += cat("  ", ref, "  belongs to the host: see 'hfscan remediate record'\n");
  return text;
}

// What has to be typed before a shared history is replaced: who owns it, and its name.
std::string words_for(const Incident& incident) {
  std::string_view rest = incident.remote_url;
  while (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.ends_with(".git") && !rest.ends_with("/.git")) rest.remove_suffix(4);
  const std::size_t name = rest.find_last_of("/:");
  if (name == std::string_view::npos || name == 0) return std::string(rest);
  const std::size_t owner = rest.find_last_of("/:", name - 1);
  return std::string(rest.substr(owner == std::string_view::npos ? 0 : owner + 1));
}

Result<ExitCode> settle(IncidentWork& work, const RewriteJob& job, const PushReport& report) {
  for (const std::string& line : report.rejected) complain(line);
  switch (report.outcome) {
    case PushOutcome::done:
    case PushOutcome::nothing:
      HFSCAN_TRY(print(cat("Pushed. Next: hfscan remediate verify ", work.incident().id, " --remote",
                           is_local(job.source) ? "" : " --net", "\n")));
      return ExitCode::clean;
    case PushOutcome::moved:
      complain(
          cat("somebody pushed meanwhile; nothing was changed there, and their work is safe. Begin again with: hfscan "
              "remediate rewrite ",
              work.incident().id, " --apply"));
      return ExitCode::findings;
    case PushOutcome::not_atomic:
      complain(cat(report.advice, ": hfscan remediate push ", work.incident().id, " --apply --one-by-one"));
      return ExitCode::findings;
    case PushOutcome::unknown: complain(report.advice); return ExitCode::incomplete;
    default: complain(report.advice); return ExitCode::findings;
  }
}

}  // namespace

Result<ExitCode> push_history(IncidentWork& work) {
  if (!work.incident().is_pushed())
    return Error{"there is nothing to push: no remote has these commits; see 'hfscan remediate status'"};
  const RewriteJob job = rewrite_job(work);
  if (measure_rewrite(job) < RewriteState::verified)
    return Error{cat("nothing is ready to be pushed: first 'hfscan remediate rewrite ", work.incident().id, " --apply'")};
  HFSCAN_TRY_ASSIGN(const RewriteResult result, read_result(job));
  const PushPlan plan = plan_push(result);
  HFSCAN_TRY(print(plan_text(work, job, plan)));
  if (!work.flags().apply) {
    HFSCAN_TRY(print(cat("Nothing was pushed. To push: hfscan remediate push ", work.incident().id, " --apply\n")));
    return ExitCode::clean;
  }
  HFSCAN_TRY(allow_remote(work));
  HFSCAN_TRY(typed_consent({"This replaces shared history. Others have to fetch anew, and old commit ids die.",
                            words_for(work.incident()), "nothing was pushed"},
                           work.flags().confirm));
  HFSCAN_TRY(work.note("pushing", {{"refs", plan.refs.size()}}));
  HFSCAN_TRY_ASSIGN(PushReport report, work.flags().one_by_one ? push_each(job, result) : push_all(job, result));
  // A run that was killed may have pushed, and somebody has gone on from there.
  if (report.outcome == PushOutcome::moved && measure_push(work, job).state == StepState::done)
    report = {PushOutcome::done, {}, ""};
  HFSCAN_TRY(work.note("pushed", {{"outcome", to_string(report.outcome)}, {"rejected", report.rejected}}));
  return settle(work, job, report);
}

}  // namespace hfscan
