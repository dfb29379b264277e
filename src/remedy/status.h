// How far an incident is: every step's criterion measured again, compared with what the journal says was true before. Separate
// from measuring itself, which needs scans and programs and is handed in.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "core/exit_code.h"
#include "remedy/journal.h"
#include "remedy/plan.h"

namespace hfscan {

enum class StepState {
  done,
  open,
  waiting,    // for a step before it
  blocked,    // something outside has to change first
  regressed,  // was done, and is no more
  unknown,    // could not be measured
};
const char* to_string(StepState state);

struct Measured {
  StepState state = StepState::open;
  std::string evidence;  // one line: what was seen
};
using Measure = std::function<Measured(const Step& step)>;

struct StepStatus {
  const Step* step = nullptr;  // of the plan
  StepState state = StepState::open;
  std::string evidence;
  bool attested = false;  // somebody's word, not a measurement
};

struct IncidentStatus {
  std::vector<StepStatus> steps;
  std::string journal_problem;  // as Journal::problem

  // The first step that is not done; null when there is none. Optional steps come only when nothing else is open, and
  // not once the incident is closed.
  [[nodiscard]] const StepStatus* next() const;

  // clean: everything is done; findings: something is not; incomplete: something could not be measured.
  [[nodiscard]] ExitCode exit_code() const;
};

// Asks `measure` about every step that does not wait. What changed since the journal's last word goes into the journal.
Result<IncidentStatus> measure_status(const Plan& plan, Journal& journal, const Measure& measure, std::int64_t now);

// What was decided about a rewrite, and why.
struct RewriteDecision {
  RewriteChoice choice = RewriteChoice::undecided;
  std::string reason;
};
RewriteDecision rewrite_decision(const Journal& journal);

Json to_json(const Incident& incident, const IncidentStatus& status);
std::string status_text(const Incident& incident, const IncidentStatus& status);

// The step as a person needs it who has to do it now: why, commands, danger, when it is done.
std::string step_text(const Step& step);

}  // namespace hfscan
