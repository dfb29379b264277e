#include "syntax/gha.h"

#include "check.h"
#include "syntax/gha_expression.h"
#include "targets.h"

namespace hfscan::fuzz {
namespace {

void check_place(const YamlNode& node, std::string_view text) {
  check_span(node.place(), text.size());
  check_span(node.span(), text.size());
}

void check_job(const GhaJob& job, std::string_view text) {
  for (const YamlNode& node :
       {job.key, job.node, job.name, job.condition, job.runs_on, job.permissions, job.environment, job.env})
    check_place(node, text);
  for (const GhaStep& step : job.steps) {
    require(step.node.is_mapping(), "a step is a mapping");
    for (const YamlNode& node : {step.id, step.name, step.condition, step.uses, step.with, step.run, step.env})
      check_place(node, text);
    check_mapped(step.run.mapped(), text);
  }
}

void check_references(const std::vector<GhaReference>& references, std::string_view text) {
  std::uint64_t last = 0;
  for (const GhaReference& reference : references) {
    check_span(reference.span, text.size());
    require(reference.span.begin >= last, "references are in order");
    require(!reference.context.empty(), "a reference has a context");
    last = reference.span.begin;
  }
}

}  // namespace

void fuzz_gha(std::string_view input) {
  const YamlTree tree = parse_yaml(input);
  const std::optional<GhaWorkflow> workflow = read_workflow(tree);
  if (!workflow) return;
  check_gave_up(workflow->gave_up, input.size());
  require(workflow->jobs.size() <= kMaxGhaJobs, "jobs are bounded");
  std::size_t steps = 0;
  for (const GhaJob& job : workflow->jobs) {
    check_job(job, input);
    steps += job.steps.size();
  }
  require(steps <= kMaxGhaSteps, "steps are bounded");
  for (const GhaTrigger& trigger : workflow->triggers) check_place(trigger.node, input);
}

void fuzz_gha_expression(std::string_view input) {
  std::uint64_t last = 0;
  for (const GhaExpression& expression : find_expressions(input)) {
    require(expression.span.begin >= last, "expressions do not overlap");
    require(expression.span.contains(expression.body), "a body stands in its expression");
    const std::string_view written = slice(input, expression.span);
    require(written.starts_with("${{") && written.ends_with("}}"), "an expression has its braces");
    last = expression.span.end;
  }
  check_references(find_references(input), input);
  check_references(references_of_expression(input), input);
}

}  // namespace hfscan::fuzz
