// Tested by tests/unit/remedy/plan_test.cc.
#include "base/text.h"
#include "base/utf.h"
#include "remedy/plan.h"

namespace hfscan {
namespace {

Json texts(const std::vector<std::string>& list) {
  Json array = Json::array();
  for (const std::string& text : list) array.push_back(to_valid_utf8(text));
  return array;
}

const char* name_of(RewriteChoice choice) {
  return choice == RewriteChoice::go ? "go" : choice == RewriteChoice::skip ? "skip" : "undecided";
}

Json to_json(const Step& step) {
  return {{"step", step.name},          {"title", step.title},   {"kind", to_string(step.kind)},
          {"optional", step.optional},  {"why", step.why},       {"commands", texts(step.commands)},
          {"notes", texts(step.notes)}, {"danger", step.danger}, {"undo", step.undo},
          {"done_when", step.done}};
}

void add_step(std::string& text, const Step& step, std::size_t number) {
  text += cat("\n## ", std::to_string(number), ". ", step.title, " (`", step.name, "`, ", to_string(step.kind),
              step.optional ? ", optional" : "", ")\n\n", step.why, "\n\n");
  if (!step.commands.empty()) {
    text += "```sh\n";
    for (const std::string& command : step.commands) text += cat(command, "\n");
    text += "```\n\n";
  }
  for (const std::string& note : step.notes) {
    text += cat("- ", note, "\n");
  }
  if (!step.notes.empty()) text += "\n";
  if (!step.by_hand.empty()) {
    text += "By hand, on a machine without hfscan (bash or zsh):\n\n```sh\n";
    for (const std::string& command : step.by_hand) text += cat(command, "\n");
    text += "```\n\n";
  }
  if (!step.danger.empty()) text += cat("**Danger:** ", step.danger, "\n\n");
  text += cat("**Undo:** ", step.undo, "\n\n**Done when:** ", step.done, "\n");
}

}  // namespace

Json to_json(const Plan& plan) {
  Json steps = Json::array();
  for (const Step& step : plan.steps) steps.push_back(to_json(step));
  return {{"schema", "hfscan-plan/1"},
          {"headlines", texts(plan.headlines)},
          {"rewrite", {{"recommended", name_of(plan.recommended)}, {"advice", plan.advice}}},
          {"steps", std::move(steps)}};
}

std::string plan_text(const Incident& incident, const Plan& plan) {
  std::string text = cat("# Incident ", incident.id, "\n\n");
  for (const std::string& line : plan.headlines) text += cat("- ", line, "\n");
  if (!plan.advice.empty()) text += cat("\n**Rewriting the history:** ", plan.advice, "\n");
  text += cat("\nHow far it is: `hfscan remediate status ", incident.id, "`. One step after the other: `hfscan remediate`.\n");
  std::size_t number = 0;
  for (const Step& step : plan.steps) add_step(text, step, ++number);
  return text;
}

}  // namespace hfscan
