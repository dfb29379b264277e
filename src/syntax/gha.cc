// Tested by tests/unit/syntax/gha_test.cc.
#include "syntax/gha.h"

#include <algorithm>
#include <utility>

namespace hfscan {
namespace {

YamlNode default_shell(const YamlNode& node) { return node.at({"defaults", "run", "shell"}); }

class WorkflowReader {
 public:
  explicit WorkflowReader(const YamlNode& root) { workflow_.node = root; }

  GhaWorkflow read_workflow() && {
    const YamlNode& root = workflow_.node;
    workflow_.name = root.find("name");
    workflow_.permissions = root.find("permissions");
    workflow_.env = root.find("env");
    read_triggers(root.find("on"));
    shell_ = default_shell(root).text();
    for (const YamlPair& pair : root.find("jobs").merged_pairs()) {
      if (workflow_.jobs.size() == kMaxGhaJobs) give_up(pair.key, "more than 50,000 jobs");
      if (workflow_.gave_up) break;
      workflow_.jobs.push_back(read_job(pair));
    }
    return std::move(workflow_);
  }

  GhaWorkflow read_action() && {
    workflow_.kind = GhaKind::composite_action;
    workflow_.name = workflow_.node.find("name");
    GhaJob job;
    job.node = workflow_.node.find("runs");
    read_steps(job, "");
    workflow_.jobs.push_back(std::move(job));
    return std::move(workflow_);
  }

 private:
  void give_up(const YamlNode& at, const char* reason) {
    if (!workflow_.gave_up) workflow_.gave_up = GaveUp{at.place().begin, reason};
  }

  // A name, a list of names, or a mapping from names to filters.
  void read_triggers(const YamlNode& on) {
    for (const YamlNode& item : on.items_or_self()) {
      if (item.is_scalar()) workflow_.triggers.push_back({item.text(), item, {}});
    }
    for (const YamlPair& pair : on.merged_pairs()) workflow_.triggers.push_back({pair.key.text(), pair.key, pair.value});
  }

  GhaJob read_job(const YamlPair& pair) {
    GhaJob job;
    job.id = pair.key.text();
    job.key = pair.key;
    job.node = pair.value;
    job.name = job.node.find("name");
    job.condition = job.node.find("if");
    job.runs_on = job.node.find("runs-on");
    job.permissions = job.node.find("permissions");
    const YamlNode environment = job.node.find("environment");
    job.environment = environment.is_mapping() ? environment.find("name") : environment;
    job.env = job.node.find("env");
    job.uses = job.node.find("uses");
    job.with = job.node.find("with");
    job.secrets = job.node.find("secrets");
    read_containers(job);
    const YamlNode shell = default_shell(job.node);
    read_steps(job, shell ? shell.text() : shell_);
    return job;
  }

  static void read_containers(GhaJob& job) {
    if (const YamlNode container = job.node.find("container")) job.container = read_container("", container);
    for (const YamlPair& pair : job.node.find("services").merged_pairs())
      job.services.push_back(read_container(pair.key.text(), pair.value));
  }

  // Only an image, or a mapping.
  static GhaContainer read_container(std::string name, const YamlNode& node) {
    const YamlNode image = node.is_scalar() ? node : node.find("image");
    return {std::move(name), node, image, node.find("env"), node.find("credentials"), node.find("options")};
  }

  void read_steps(GhaJob& job, const std::string& shell) {
    for (const YamlNode& node : job.node.find("steps").items()) {
      if (++steps_ > kMaxGhaSteps) return give_up(node, "more than 200,000 steps");
      if (node.is_mapping()) job.steps.push_back(read_step(node, shell));
    }
  }

  static GhaStep read_step(const YamlNode& node, const std::string& inherited_shell) {
    const YamlNode shell = node.find("shell");
    return {node,
            node.find("id"),
            node.find("name"),
            node.find("if"),
            node.find("uses"),
            node.find("with"),
            node.find("run"),
            node.find("env"),
            shell ? shell.text() : inherited_shell};
  }

  GhaWorkflow workflow_;
  std::string shell_;
  std::size_t steps_ = 0;
};

}  // namespace

const GhaTrigger* GhaWorkflow::trigger(std::string_view wanted) const {
  const auto found =
      std::find_if(triggers.begin(), triggers.end(), [wanted](const GhaTrigger& one) { return one.name == wanted; });
  return found == triggers.end() ? nullptr : &*found;
}

std::optional<GhaWorkflow> read_workflow(const YamlTree& tree) {
  const YamlNode root = tree.root();
  if (root.find("jobs").is_mapping()) return WorkflowReader(root).read_workflow();
  if (root.at({"runs", "steps"}).is_sequence()) return WorkflowReader(root).read_action();
  return std::nullopt;
}

}  // namespace hfscan
