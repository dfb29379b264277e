// Workflows and composite actions of GitHub Actions: the parts that rules ask about, found once. Separate from the YAML tree,
// which knows no keys. Source: GitHub's "Workflow syntax" and "Metadata syntax" references.
//
// Every YamlNode may be none. `run.mapped()` is a script with the way back to the file, `env.merged_pairs()` its variables.
// Nothing is checked against GitHub's schema.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "syntax/gave_up.h"
#include "syntax/yaml.h"

namespace hfscan {

// Anchors let a short text spell many steps; beyond these the reader gives up.
constexpr std::size_t kMaxGhaJobs = 50000;
constexpr std::size_t kMaxGhaSteps = 200000;

struct GhaTrigger {
  std::string name;  // pull_request_target
  YamlNode node;     // where the name stands
  YamlNode filters;  // branches, types, paths, inputs ...; none for a bare name
};

struct GhaStep {
  YamlNode node;  // the whole step
  YamlNode id;
  YamlNode name;
  YamlNode condition;  // `if`
  YamlNode uses;       // an action
  YamlNode with;       // its inputs, a mapping
  YamlNode run;        // a script
  YamlNode env;
  std::string shell;  // as the step, the job's or the workflow's defaults say; empty: the runner's own
};

struct GhaContainer {
  std::string name;  // of a service; empty for the job's container
  YamlNode node;
  YamlNode image;
  YamlNode env;
  YamlNode credentials;
  YamlNode options;
};

struct GhaJob {
  std::string id;  // empty in a composite action
  YamlNode key;    // where the id stands
  YamlNode node;
  YamlNode name;
  YamlNode condition;  // `if`
  YamlNode runs_on;
  YamlNode permissions;
  YamlNode environment;  // the name of the deployment environment
  YamlNode env;
  YamlNode uses;     // a reusable workflow
  YamlNode with;     // its inputs
  YamlNode secrets;  // what is passed to it: `inherit` or a mapping
  std::optional<GhaContainer> container;
  std::vector<GhaContainer> services;
  std::vector<GhaStep> steps;

  [[nodiscard]] bool inherits_secrets() const { return secrets.is("inherit"); }
};

enum class GhaKind { workflow, composite_action };

struct GhaWorkflow {
  GhaKind kind = GhaKind::workflow;
  YamlNode node;
  YamlNode name;
  YamlNode permissions;
  YamlNode env;
  std::vector<GhaTrigger> triggers;
  std::vector<GhaJob> jobs;  // of a composite action one, without an id, which holds `runs.steps`
  std::optional<GaveUp> gave_up;

  // Whether one of the triggers has this name.
  [[nodiscard]] const GhaTrigger* trigger(std::string_view wanted) const;
};

// Nothing when the first document is no mapping with `jobs` or with the `steps` of `runs`. The tree must outlive the result.
std::optional<GhaWorkflow> read_workflow(const YamlTree& tree);

}  // namespace hfscan
