// Tested by tests/unit/remedy/push_answer_test.cc.
#include "remedy/push_answer.h"

#include <algorithm>
#include <array>

#include "base/mask.h"
#include "base/text.h"

namespace hfscan {
namespace {

// Reasons that say: it is not what you think it is.
constexpr std::array<std::string_view, 6> kMoved = {"stale info",           "fetch first",         "cannot lock ref",
                                                    "failed to update ref", "incorrect old value", "atomic transaction failed"};
// Those that only say that another ref was the reason.
constexpr std::array<std::string_view, 2> kFollows = {"atomic push failed", "atomic push failure"};

struct Rejected {
  std::string ref;
  std::string reason;
};

// "!\tFROM:TO\t[rejected] (REASON)" (git-push(1), Output)
std::vector<Rejected> rejected_refs(std::string_view out) {
  std::vector<Rejected> rejected;
  for (const std::string_view line : split_lines(out)) {
    if (!line.starts_with("!\t")) continue;
    const std::size_t tab = std::min(line.find('\t', 2), line.size());
    const std::string_view spec = line.substr(2, tab - 2);
    std::string_view reason = line.substr(std::min(tab + 1, line.size()));
    if (const std::size_t open = reason.find('('); open != std::string_view::npos && reason.ends_with(')'))
      reason = reason.substr(open + 1, reason.size() - open - 2);
    rejected.push_back({std::string(spec.substr(std::min(spec.find(':') + 1, spec.size()))), std::string(reason)});
  }
  return rejected;
}

std::string advice_for(const std::string& reason) {
  if (reason.find("non-fast-forward") != std::string::npos)
    return "the remote allows no rewriting (receive.denyNonFastForwards, or a protected branch); allow it for this push, then "
           "push again";
  if (reason.find("deletion") != std::string::npos || reason.find("current branch") != std::string::npos)
    return "the remote does not delete this ref (receive.denyDeletes, or it is the default branch); change that, then push "
           "again";
  if (reason.find("hook") != std::string::npos)
    return "a rule of the remote refused it (protected branch or hook); lift it for this push, then push again";
  return "the remote refused it; nothing was changed";
}

}  // namespace

const char* to_string(PushOutcome outcome) {
  switch (outcome) {
    case PushOutcome::done: return "done";
    case PushOutcome::nothing: return "nothing";
    case PushOutcome::moved: return "moved";
    case PushOutcome::refused: return "refused";
    case PushOutcome::not_atomic: return "not-atomic";
    case PushOutcome::partly: return "partly";
    case PushOutcome::unknown: return "unknown";
  }
  return "";
}

PushReport read_push_answer(const ChildResult& said) {
  if (said.ok()) return {PushOutcome::done, {}, ""};
  PushReport report;
  if (said.err.find("does not support --atomic") != std::string::npos) {
    return {PushOutcome::not_atomic, {}, "this host cannot take all refs or none; they have to be pushed one by one"};
  }
  for (const Rejected& ref : rejected_refs(said.out)) {
    if (holds_one_of(ref.reason, kFollows)) continue;
    report.rejected.push_back(mask_token_shapes(cat(shown_ref(ref.ref), ": ", escape_for_display(ref.reason))));
    const bool moved = holds_one_of(ref.reason, kMoved);
    if (moved || report.outcome != PushOutcome::moved) {
      report.outcome = moved ? PushOutcome::moved : PushOutcome::refused;
      report.advice =
          moved ? "somebody pushed since the mirror was taken, and nothing was changed; take a new mirror and rewrite again"
                : advice_for(ref.reason);
    }
  }
  if (report.rejected.empty()) report.advice = last_words(said);
  return report;
}

}  // namespace hfscan
