// HF3004: a workflow that strangers can start, that has the token, and that runs what they wrote.
// Tested by tests/unit/hygiene/matchers/workflows_test.cc.
#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/workflows.h"
#include "hygiene/matchers/workflows_yaml.h"

namespace hfscan {
namespace {

// Started by people without rights in the repository, with its secrets at hand.
const GhaTrigger* open_trigger(const GhaWorkflow& workflow) {
  constexpr std::array<std::string_view, 4> kOpen = {"pull_request_target", "workflow_run", "issue_comment", "issues"};
  for (const std::string_view name : kOpen) {
    if (const GhaTrigger* trigger = workflow.trigger(name)) return trigger;
  }
  return nullptr;
}

// Expressions and refs that name code of a pull request.
bool names_foreign_code(std::string_view text) {
  static const Regex foreign(
      R"((?i)github\.event\.pull_request\.(?:head|merge_commit_sha)|github\.head_ref|)"
      R"(github\.event\.workflow_run\.(?:head|pull_requests)|refs/(?:remotes/)?pull/|\bpull/\$|)"
      R"(\$\{\{[^}]*\b(?:steps|needs)\.[^}]*\.outputs\.[a-z0-9_-]*(?:head|pr)[_-]?(?:sha|ref|branch|repo|commit)?\s*\}\})");
  return foreign.search(text);
}

using Names = std::set<std::string, std::less<>>;

void add_foreign_variables(Names& names, const YamlNode& env) {
  for (const YamlPair& pair : env.merged_pairs()) {
    if (pair.value.is_scalar() && names_foreign_code(pair.value.text())) names.insert(pair.key.text());
  }
}

// Variables of the workflow and of one job that hold such a name.
struct Variables {
  const Names& of_workflow;
  const Names& of_job;
};

bool reads_one_of(std::string_view text, const Variables& variables) {
  for (const GhaReference& reference : find_references(text)) {
    if (reference.context != "env") continue;
    if (variables.of_workflow.contains(reference.path) || variables.of_job.contains(reference.path)) return true;
  }
  return false;
}

// `with: ref:` or `with: repository:` of a checkout.
YamlNode foreign_input(const GhaStep& step, const Variables& variables) {
  if (!to_lower_ascii(step.uses.text()).starts_with("actions/checkout")) return {};
  for (const std::string_view input : {"ref", "repository"}) {
    const YamlNode node = step.with.find(input);
    const std::string text = node.text();
    if (names_foreign_code(text) || reads_one_of(text, variables)) return node;
  }
  return {};
}

// gh pr checkout; git fetch or checkout of the head.
bool fetches_foreign_code(std::string_view script) {
  static const Regex fetches(
      R"(\b(?:gh|hub)\s+pr\s+checkout\b|)"
      R"(\bgit\s+(?:fetch|checkout|pull|switch|clone|merge)\b[^\n]*(?:github\.event\.pull_request\.head|github\.head_ref|)"
      R"(github\.event\.workflow_run\.head|\bpull/))");
  return fetches.search(script);
}

// Where the job takes in the code, or none.
YamlNode foreign_checkout(const GhaJob& job, const Names& of_workflow, SearchBudget& budget) {
  Names of_job;
  add_foreign_variables(of_job, job.env);
  for (const GhaStep& step : job.steps) {
    if (!budget.take(step.node.written().size())) return {};
    if (const YamlNode input = foreign_input(step, {of_workflow, of_job})) return input;
    if (step.run.is_scalar() && fetches_foreign_code(step.run.text())) return step.run;
  }
  return {};
}

// `if:` lets only branches of the repository itself through.
bool is_for_own_branches(const YamlNode& condition) {
  static const Regex own(R"(head(?:\.repo|_repository)\.full_name\s*==\s*github\.repository\b|)"
                         R"(github\.repository\s*==\s*github\.event\.(?:pull_request|workflow_run)\.head|)"
                         R"(head\.repo\.fork\s*(?:==\s*false|!=\s*true)|!\s*github\.event\.pull_request\.head\.repo\.fork\b)");
  return condition.is_scalar() && own.search(condition.text());
}

void find_in_workflow(const FileCheck& check, const Piece& piece, const GhaWorkflow& workflow) {
  const GhaTrigger* trigger = open_trigger(workflow);
  if (trigger == nullptr) return;
  const TokenUses uses(check.file().yaml(piece));
  if (!uses.any()) return;
  const bool everywhere = uses.within(workflow.env.span());
  Names variables;
  add_foreign_variables(variables, workflow.env);
  SearchBudget budget(piece);
  bool taken_in = false;
  bool guarded = true;
  for (const GhaJob& job : workflow.jobs) {
    if (!everywhere && !uses.within(job.node.span())) continue;
    if (is_for_own_branches(job.condition)) continue;
    guarded = false;
    const YamlNode place = foreign_checkout(job, variables, budget);
    if (budget.is_spent()) check.leaves_out("more steps behind anchors than are read");
    if (!place) continue;
    check.hit(piece, place.place());
    taken_in = true;
  }
  if (taken_in || guarded || trigger->name != "pull_request_target") return;
  RuleHit& hit = check.hit(piece, trigger->node.place());
  hit.severity = Severity::note;
  hit.message = "Pull requests from forks start a workflow that holds the token";
}

}  // namespace

void token_for_untrusted_code(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    const GhaWorkflow* workflow = piece.language == Language::yaml ? check.file().workflow(piece) : nullptr;
    if (workflow != nullptr && workflow->kind == GhaKind::workflow) find_in_workflow(check, piece, *workflow);
  }
}

}  // namespace hfscan
