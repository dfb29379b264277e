#include "cli/remediate/remote_state.h"

#include <algorithm>

#include "base/text.h"
#include "cli/remediate/network.h"
#include "remedy/git_command.h"
#include "remedy/journal_facts.h"
#include "remedy/push.h"
#include "remedy/remote_check.h"
#include "remedy/rewrite.h"

namespace hfscan {
namespace {

constexpr std::string_view kNotAsked = "the remote was not asked: add --net";

bool has_moved(const MovedRef& ref, const RefMap& remote) {
  const auto now = remote.find(ref.new_name);
  const bool renamed = ref.name != ref.new_name;
  return now != remote.end() && now->second == ref.new_id && !(renamed && remote.contains(ref.name));
}

// Refs that somebody has changed after the push are not what was pushed, but need not be old either: the residue says.
Measured compare(const PushPlan& plan, const RefMap& remote) {
  const auto moved =
      std::count_if(plan.refs.begin(), plan.refs.end(), [&remote](const MovedRef& ref) { return has_moved(ref, remote); });
  const auto old = std::find_if(plan.refs.begin(), plan.refs.end(), [&remote](const MovedRef& ref) {
    const auto now = remote.find(ref.name);
    return now != remote.end() && now->second == ref.old_id;
  });
  if (old != plan.refs.end()) return {StepState::open, cat(shown_ref(old->name), " of the remote is the old one")};
  const auto all = static_cast<std::ptrdiff_t>(plan.refs.size());
  if (moved == all)
    return {StepState::done, cat("the remote has all ", count_of(plan.refs.size(), "rewritten ref", "rewritten refs"))};
  return {StepState::done, cat("no old ref is left; ", std::to_string(all - moved), " moved on since the push")};
}

// When the mirror is destroyed, what the journal keeps has to do: a ref with a token in its name is not found by it.
Measured compare(const std::vector<PushedRef>& pushed, const RefMap& remote) {
  for (const PushedRef& ref : pushed) {
    const auto now = remote.find(ref.name);
    if (now != remote.end() && now->second.hex() == ref.old_id)
      return {StepState::open, cat(ref.name, " of the remote is the old one again")};
  }
  return {StepState::done, "no ref of the remote is an old one"};
}

Measured probe(const RewriteJob& job, const std::vector<std::string>& ids) {
  const Result<std::vector<ProbedCommit>> probed = probe_old_commits(job, ids);
  if (!probed.ok()) return {StepState::unknown, probed.error().message};
  for (const ProbedCommit& commit : *probed) {
    if (commit.state == ProbedCommit::State::unknown)
      return {StepState::unknown, "the remote does not say whether it has the old commits"};
    if (commit.state == ProbedCommit::State::fetchable)
      return {StepState::open, cat("old commit ", commit.id.substr(0, 12), " can be fetched")};
  }
  return {StepState::done, "the old commits cannot be fetched"};
}

}  // namespace

Measured measure_push(IncidentWork& work, const RewriteJob& job) {
  const Result<RewriteResult> result = read_result(job);
  const std::vector<PushedRef> pushed = pushed_refs(work.journal());
  if (!result.ok() && pushed.empty()) return {StepState::open, "nothing is rewritten yet"};
  if (!may_ask_remote(work)) return {StepState::unknown, std::string(kNotAsked)};
  const Result<RefMap> remote = remote_refs(job.source);
  if (!remote.ok()) return {StepState::unknown, remote.error().message};
  return result.ok() ? compare(plan_push(*result), *remote) : compare(pushed, *remote);
}

Measured measure_residue(IncidentWork& work, const RewriteJob& job) {
  const Result<RewriteResult> result = read_result(job);
  const std::vector<std::string> first_changed = first_changed_commits(work.journal());
  if (!result.ok() && first_changed.empty()) return {StepState::open, "nothing is rewritten yet"};
  if (!may_ask_remote(work)) return {StepState::unknown, std::string(kNotAsked)};
  if (!result.ok()) return probe(job, first_changed);
  const Result<RemoteCheck> check = check_remote(job, *result);
  if (!check.ok()) return {StepState::unknown, check.error().message};
  if (!check->still_bad.empty()) return {StepState::open, cat(check->still_bad.front(), " of the remote leads to a secret")};
  if (!check->host_refs.empty())
    return {StepState::open, cat(count_of(check->host_refs.size(), "ref of the host leads", "refs of the host lead"),
                                 " to a secret: see 'record --support'")};
  if (!check->residue_gone()) return {StepState::open, "old commits can still be fetched by their ids: see 'record --support'"};
  return {StepState::done, "no ref leads to a secret, and the old commits cannot be fetched"};
}

}  // namespace hfscan
