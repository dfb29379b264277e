// Tested by tests/unit/remedy/status_test.cc.
#include <algorithm>

#include "base/text.h"
#include "base/utf.h"
#include "remedy/status.h"

namespace hfscan {
namespace {

std::string padded(std::string_view text, std::size_t width) {
  return cat(text, std::string(width > text.size() ? width - text.size() : 0, ' '));
}

std::string heading(const Incident& incident) {
  std::string text = cat("Incident ", incident.id, ": ", to_string(incident.leak_class));
  if (!incident.remote_url.empty()) text += cat(", ", escape_for_display(incident.remote_url));
  if (incident.visibility != Visibility::unknown) text += cat(" (", to_string(incident.visibility), ")");
  text += "\n";
  for (const LeakedSecret& secret : incident.secrets) {
    text += cat("  ", secret.masked, "  id ", secret.short_id(), ", ", count_of(secret.places.size(), "place", "places"), "\n");
  }
  return text;
}

std::string line_of(const StepStatus& one) {
  const bool stands_out = one.state == StepState::regressed || one.state == StepState::blocked;
  std::string state = to_string(one.state);
  if (stands_out)
    std::transform(state.begin(), state.end(), state.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  return cat("  ", padded(state, 10), padded(one.step->name, 13), one.evidence.empty() ? one.step->title : one.evidence,
             one.step->optional ? " (optional)" : "", "\n");
}

}  // namespace

std::string step_text(const Step& step) {
  std::string text = cat(step.title, "\n  ", step.why, "\n");
  if (!step.danger.empty()) text += cat("  Danger: ", step.danger, "\n");
  for (const std::string& command : step.commands) text += cat("    ", command, "\n");
  for (const std::string& note : step.notes) text += cat("  - ", note, "\n");
  if (!step.by_hand.empty()) text += "  - By hand, on a machine without hfscan: the commands are in plan.md.\n";
  return text + cat("  Done when: ", step.done, "\n");
}

std::string status_text(const Incident& incident, const IncidentStatus& status) {
  std::string text = heading(incident) + "\n";
  for (const StepStatus& one : status.steps) text += line_of(one);
  if (!status.journal_problem.empty()) text += cat("\nThe journal is damaged: ", status.journal_problem, "\n");
  const StepStatus* next = status.next();
  if (next == nullptr) return text + "\nNothing is left to do.\n";
  return text + cat("\nNext: ", step_text(*next->step));
}

Json to_json(const Incident& incident, const IncidentStatus& status) {
  Json steps = Json::array();
  for (const StepStatus& one : status.steps) {
    steps.push_back({{"step", one.step->name},
                     {"state", to_string(one.state)},
                     {"evidence", to_valid_utf8(one.evidence)},
                     {"attested", one.attested},
                     {"optional", one.step->optional},
                     {"kind", to_string(one.step->kind)}});
  }
  const StepStatus* next = status.next();
  Json object = {{"schema", "hfscan-status/1"},
                 {"incident", incident.id},
                 {"class", to_string(incident.leak_class)},
                 {"steps", std::move(steps)},
                 {"next", next == nullptr ? Json(nullptr) : Json(next->step->name)},
                 {"exit_code", static_cast<int>(status.exit_code())}};
  if (!status.journal_problem.empty()) object["journal_problem"] = status.journal_problem;
  return object;
}

}  // namespace hfscan
