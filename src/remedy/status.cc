// Tested by tests/unit/remedy/status_test.cc.
#include "remedy/status.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/time.h"

namespace hfscan {
namespace {

// What has to be done before; the host's part takes its time, and nothing waits for that.
std::optional<StepId> step_before(StepId id, bool pushes) {
  switch (id) {
    case StepId::backup: return StepId::preflight;
    case StepId::rewrite: return StepId::backup;
    case StepId::prove: return StepId::rewrite;
    case StepId::push: return StepId::prove;
    case StepId::adopt: return pushes ? StepId::push : StepId::prove;
    case StepId::guard: return StepId::prove;
    case StepId::residue: return StepId::push;
    default: return std::nullopt;
  }
}

// What a folder of the incident shows is gone once that is closed.
bool is_of_mirror(StepId id) {
  return id == StepId::preflight || id == StepId::backup || id == StepId::rewrite || id == StepId::prove;
}

// The youngest entry of the event about the step.
const JournalEntry* last_about(const Journal& journal, std::string_view event, std::string_view step) {
  return journal.last_where(
      [event, step](const JournalEntry& entry) { return entry.event == event && json_text(entry.data, "step") == step; });
}

class StatusMaker {
 public:
  StatusMaker(const Plan& plan, Journal& journal, const Measure& measure, std::int64_t now)
      : plan_(plan), journal_(journal), measure_(measure), now_(now), closed_(journal.last("closed") != nullptr) {}

  Result<IncidentStatus> make() {
    IncidentStatus status;
    status.journal_problem = journal_.problem();
    for (const Step& step : plan_.steps) {
      StepStatus one = status_of(step);
      if (one.state == StepState::done) done_.insert(step.id);
      HFSCAN_TRY(note(one));
      status.steps.push_back(std::move(one));
    }
    return status;
  }

 private:
  StepStatus status_of(const Step& step) {
    const JournalEntry* before = last_about(journal_, "step", step.name);
    const std::string last = before == nullptr ? "" : json_text(before->data, "state");
    const bool was_done = last == to_string(StepState::done);
    if (closed_ && is_of_mirror(step.id)) {
      return {&step, was_done ? StepState::done : StepState::open, "destroyed when the incident was closed", false};
    }
    if (const std::string_view cause = waits_for(step.id); !cause.empty())
      return {&step, StepState::waiting, std::string(cause), false};
    Measured measured = measure_(step);
    if (measured.state == StepState::open || measured.state == StepState::unknown) {
      const JournalEntry* word = last_about(journal_, "attested", step.name);
      if (word != nullptr && still_counts(*word, before)) return attested(step, *word);
      const bool had_it = was_done || last == to_string(StepState::regressed);
      if (had_it && measured.state == StepState::open) measured.state = StepState::regressed;
    }
    return {&step, measured.state, std::move(measured.evidence), false};
  }

  // Empty when it does not wait.
  [[nodiscard]] std::string_view waits_for(StepId id) const {
    const std::optional<StepId> before = step_before(id, find_step(plan_, "push") != nullptr);
    if (!before && id != StepId::preflight) return "";
    if (rewrite_decision(journal_).choice != RewriteChoice::go) return "for the decision";
    return before && !done_.contains(*before) ? "for a step before it" : "";
  }

  // Somebody's word is for what could not be measured: what was seen done after it, and is no more, has regressed.
  static bool still_counts(const JournalEntry& word, const JournalEntry* last_step) {
    const bool is_later = last_step != nullptr && last_step > &word;
    return !is_later || json_flag(last_step->data, "attested", false);
  }

  static StepStatus attested(const Step& step, const JournalEntry& word) {
    return {&step, StepState::done,
            cat("attested ", instant_text(word.time), ": ", json_text(word.data, "reason"), " (unproven)"), true};
  }

  Status note(const StepStatus& one) {
    const JournalEntry* before = last_about(journal_, "step", one.step->name);
    const std::string state = to_string(one.state);
    const bool known = before == nullptr ? one.state == StepState::open || one.state == StepState::waiting
                                         : json_text(before->data, "state") == state &&
                                               json_flag(before->data, "attested", false) == one.attested;
    if (known) return {};
    // A step that merely waits, or cannot be asked about today, has not been undone.
    if (one.state == StepState::waiting || one.state == StepState::unknown) return {};
    return journal_.append(
        "step", {{"step", one.step->name}, {"state", state}, {"evidence", one.evidence}, {"attested", one.attested}}, now_);
  }

  const Plan& plan_;
  Journal& journal_;
  const Measure& measure_;
  std::int64_t now_;
  bool closed_;
  std::set<StepId> done_;
};

bool is_settled(const StepStatus& one) { return one.state == StepState::done; }

}  // namespace

const char* to_string(StepState state) {
  switch (state) {
    case StepState::done: return "done";
    case StepState::open: return "open";
    case StepState::waiting: return "waiting";
    case StepState::blocked: return "blocked";
    case StepState::regressed: return "regressed";
    case StepState::unknown: return "unknown";
  }
  return "";
}

const StepStatus* IncidentStatus::next() const {
  const StepStatus* optional = nullptr;
  for (const StepStatus& one : steps) {
    if (is_settled(one)) {
      if (one.step->id == StepId::close) return nullptr;  // too late for what is optional
      continue;
    }
    if (!one.step->optional) return &one;
    if (optional == nullptr) optional = &one;
  }
  return optional;
}

ExitCode IncidentStatus::exit_code() const {
  const auto any = [this](const auto& fits) {
    return std::any_of(steps.begin(), steps.end(), [&fits](const StepStatus& one) { return !one.step->optional && fits(one); });
  };
  if (any([](const StepStatus& one) { return one.state == StepState::unknown; })) return ExitCode::incomplete;
  return any([](const StepStatus& one) { return !is_settled(one); }) ? ExitCode::findings : ExitCode::clean;
}

Result<IncidentStatus> measure_status(const Plan& plan, Journal& journal, const Measure& measure, std::int64_t now) {
  return StatusMaker(plan, journal, measure, now).make();
}

RewriteDecision rewrite_decision(const Journal& journal) {
  const JournalEntry* entry = journal.last("decided");
  if (entry == nullptr) return {};
  const std::string choice = json_text(entry->data, "rewrite");
  return {choice == "go" ? RewriteChoice::go : RewriteChoice::skip, json_text(entry->data, "reason")};
}

}  // namespace hfscan
