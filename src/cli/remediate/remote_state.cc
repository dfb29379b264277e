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

bool has(const RefMap& remote, const std::string& name, const ObjectId& id) {
  const auto now = remote.find(shown_ref(name));
  return now != remote.end() && now->second == id;
}

bool has_moved(const MovedRef& ref, const RefMap& remote) {
  const bool old_name_stays = ref.name != ref.new_name && remote.contains(shown_ref(ref.name));
  return has(remote, ref.new_name, ref.new_id) && !old_name_stays;
}

// Names as they are shown: those are all that is known of refs once the mirror is destroyed.
RefMap by_shown_name(const RefMap& refs) {
  RefMap shown;
  for (const auto& [name, id] : refs) shown[shown_ref(name)] = id;
  return shown;
}

// Whether this very rewrite was pushed, by the journal.
bool is_noted_as_pushed(const Journal& journal) {
  const JournalEntry* entry = journal.last_where([](const JournalEntry& one) {
    const std::string outcome = json_text(one.data, "outcome");
    const bool arrived = outcome == to_string(PushOutcome::done) || outcome == to_string(PushOutcome::nothing);
    return one.event == "rewritten" || (one.event == "pushed" && arrived);
  });
  return entry != nullptr && entry->event == "pushed";
}

// Refs that somebody has changed after the push are not what was pushed, but need not be old either: the residue says. Where
// one ref is new, all were pushed: it was all or none.
Measured compare(const PushPlan& plan, const RefMap& remote, const Journal& journal) {
  const auto moved =
      std::count_if(plan.refs.begin(), plan.refs.end(), [&remote](const MovedRef& ref) { return has_moved(ref, remote); });
  const auto old = std::find_if(plan.refs.begin(), plan.refs.end(),
                                [&remote](const MovedRef& ref) { return has(remote, ref.name, ref.old_id); });
  if (old != plan.refs.end()) return {StepState::open, cat(shown_ref(old->name), " of the remote is the old one")};
  const auto all = static_cast<std::ptrdiff_t>(plan.refs.size());
  if (moved == all)
    return {StepState::done, cat("the remote has all ", count_of(plan.refs.size(), "rewritten ref", "rewritten refs"))};
  if (moved == 0 && !is_noted_as_pushed(journal))
    return {StepState::open, "somebody pushed to the remote since the mirror was taken"};
  return {StepState::done, cat("no old ref is left; ", std::to_string(all - moved), " moved on since the push")};
}

}  // namespace

Measured measure_push(const IncidentWork& work, const RewriteJob& job) {
  const Result<RewriteResult> result = read_result(job);
  if (!result.ok()) return {StepState::open, "nothing is rewritten yet"};
  if (!may_ask_remote(work)) return {StepState::unknown, std::string(kNotAsked)};
  const Result<RefMap> remote = remote_refs(job.source);
  if (!remote.ok()) return {StepState::unknown, remote.error().message};
  return compare(plan_push(*result), by_shown_name(*remote), work.journal());
}

Measured measure_residue(const IncidentWork& work, const RewriteJob& job) {
  const Result<RewriteResult> result = read_result(job);
  if (!result.ok()) return {StepState::open, "nothing is rewritten yet"};
  if (!may_ask_remote(work)) return {StepState::unknown, std::string(kNotAsked)};
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
