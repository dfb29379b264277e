#include "syntax/gha.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "syntax/gha_expression.h"

namespace hfscan {
namespace {

using testing::HasSubstr;

constexpr std::string_view kWorkflow = R"(name: publish
on:
  push:
    branches: [main]
  pull_request_target:
permissions: write-all
env:
  HF_TOKEN: ${{ secrets.HF_TOKEN }}
defaults: {run: {shell: bash -x}}
jobs:
  build:
    runs-on: ubuntu-latest
    environment: {name: production, url: x}
    permissions:
      contents: read
    env: {A: 1}
    container:
      image: python:3.12
      env: {HF_TOKEN: x}
    services:
      db: postgres
    if: ${{ github.event_name == 'push' }}
    steps:
      - uses: actions/checkout@v4
        with:
          ref: ${{ github.head_ref }}
      - name: Upload
        id: up
        if: secrets.X != ''
        shell: pwsh
        env:
          T: ${{ secrets['HF_WRITE'] }}
        run: |
          # first
          hf upload me/m . --token ${{ secrets.HF_TOKEN }}
      - run: echo one
  call:
    uses: org/repo/.github/workflows/x.yml@main
    secrets: inherit
)";

TEST(Gha, WorkflowIsTakenApart) {
  const YamlTree tree = parse_yaml(kWorkflow);
  const std::optional<GhaWorkflow> workflow = read_workflow(tree);
  ASSERT_TRUE(workflow);
  EXPECT_EQ(workflow->kind, GhaKind::workflow);
  EXPECT_TRUE(workflow->permissions.is("write-all"));
  EXPECT_EQ(workflow->env.pairs()[0].value.text(), "${{ secrets.HF_TOKEN }}");
  ASSERT_EQ(workflow->jobs.size(), 2U);
  const GhaJob& build = workflow->jobs[0];
  EXPECT_EQ(build.id, "build");
  EXPECT_EQ(build.key.written(), "build");
  EXPECT_EQ(build.environment.text(), "production");
  EXPECT_EQ(build.permissions.find("contents").text(), "read");
  EXPECT_EQ(build.container->image.text(), "python:3.12");
  EXPECT_EQ(build.container->env.find("HF_TOKEN").text(), "x");
  ASSERT_EQ(build.services.size(), 1U);
  EXPECT_EQ(build.services[0].name, "db");
  EXPECT_EQ(build.services[0].image.text(), "postgres");
  EXPECT_EQ(build.condition.text(), "${{ github.event_name == 'push' }}");
}

TEST(Gha, StepsHaveTheirPartsAndTheirShell) {
  const YamlTree tree = parse_yaml(kWorkflow);
  const std::vector<GhaStep> steps = read_workflow(tree)->jobs[0].steps;
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[0].uses.text(), "actions/checkout@v4");
  EXPECT_EQ(steps[0].with.find("ref").text(), "${{ github.head_ref }}");
  EXPECT_FALSE(steps[0].run);
  EXPECT_EQ(steps[1].id.text(), "up");
  EXPECT_EQ(steps[1].name.text(), "Upload");
  EXPECT_EQ(steps[1].condition.text(), "secrets.X != ''");
  EXPECT_EQ(steps[1].shell, "pwsh");
  EXPECT_EQ(steps[2].shell, "bash -x");
}

TEST(Gha, SecretInAScriptIsFoundInTheFile) {
  const YamlTree tree = parse_yaml(kWorkflow);
  const MappedText script = read_workflow(tree)->jobs[0].steps[1].run.mapped();
  const std::vector<GhaReference> references = find_references(script.text);
  ASSERT_EQ(references.size(), 1U);
  EXPECT_EQ(references[0].path, "HF_TOKEN");
  EXPECT_EQ(script.map.to_parent(references[0].span).begin, kWorkflow.rfind("secrets.HF_TOKEN"));
}

TEST(Gha, ReusableWorkflowMayInheritSecrets) {
  const YamlTree tree = parse_yaml(kWorkflow);
  const std::optional<GhaWorkflow> workflow = read_workflow(tree);
  EXPECT_FALSE(workflow->jobs[0].inherits_secrets());
  EXPECT_TRUE(workflow->jobs[1].inherits_secrets());
  EXPECT_THAT(workflow->jobs[1].uses.text(), HasSubstr("x.yml@main"));
}

TEST(Gha, TriggersInAllThreeForms) {
  const YamlTree mapping = parse_yaml(kWorkflow);
  const std::optional<GhaWorkflow> workflow = read_workflow(mapping);
  ASSERT_NE(workflow->trigger("push"), nullptr);
  EXPECT_EQ(workflow->trigger("push")->filters.find("branches").items()[0].text(), "main");
  ASSERT_NE(workflow->trigger("pull_request_target"), nullptr);
  EXPECT_EQ(workflow->trigger("issues"), nullptr);
  const YamlTree list = parse_yaml("on: [push, issues]\njobs: {}\n");
  EXPECT_EQ(read_workflow(list)->triggers.size(), 2U);
  const YamlTree name = parse_yaml("on: push\njobs: {}\n");
  EXPECT_EQ(read_workflow(name)->triggers[0].node.span(), (ByteSpan{4, 8}));
}

TEST(Gha, CompositeActionIsAJobWithoutAnId) {
  const YamlTree tree =
      parse_yaml("name: x\nruns:\n  using: composite\n  steps:\n    - run: echo ${{ inputs.token }}\n      shell: bash\n");
  const std::optional<GhaWorkflow> action = read_workflow(tree);
  ASSERT_TRUE(action);
  EXPECT_EQ(action->kind, GhaKind::composite_action);
  EXPECT_EQ(action->jobs[0].id, "");
  EXPECT_EQ(action->jobs[0].steps[0].run.text(), "echo ${{ inputs.token }}");
  EXPECT_EQ(action->jobs[0].steps[0].shell, "bash");
}

TEST(Gha, OtherYamlIsNoWorkflow) {
  for (const char* text :
       {"", "a: 1", "- jobs", "jobs: [a]", "runs: {using: node20, main: x}", "kind: Pod\n---\njobs: {a: {}}"}) {
    const YamlTree tree = parse_yaml(text);
    EXPECT_FALSE(read_workflow(tree)) << text;
  }
}

TEST(Gha, BrokenEndKeepsTheJobsBeforeIt) {
  const YamlTree tree = parse_yaml("jobs:\n  a:\n    steps:\n      - run: x\n      - run: 'y\n");
  ASSERT_TRUE(tree.gave_up());
  EXPECT_EQ(read_workflow(tree)->jobs[0].steps[0].run.text(), "x");
}

TEST(Gha, StepsSpelledByAnchorsAreBounded) {
  std::string text = "x: &s [" + std::string() + "{run: a}";
  for (int i = 0; i < 500; ++i) text += ",{run: a}";
  text += "]\njobs:\n";
  for (int i = 0; i < 3000; ++i) text += "  j" + std::to_string(i) + ": {steps: *s}\n";
  const YamlTree tree = parse_yaml(text);
  ASSERT_FALSE(tree.gave_up());
  const std::optional<GhaWorkflow> workflow = read_workflow(tree);
  ASSERT_TRUE(workflow->gave_up);
  EXPECT_EQ(workflow->gave_up->reason, "more than 200,000 steps");
  EXPECT_EQ(workflow->jobs[0].steps.size(), kMaxYamlAliasedChildren);
}

}  // namespace
}  // namespace hfscan
