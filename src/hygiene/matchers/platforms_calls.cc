// HF2016 in programs: SkyPilot, Modal, Ray, SageMaker, RunPod. Tested by tests/unit/hygiene/matchers/platforms_test.cc.
#include <algorithm>

#include "base/text.h"
#include "hygiene/matchers/platforms.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

constexpr std::string_view kWords[] = {"modal",
                                       "ray",
                                       "Ray",
                                       "sagemaker",
                                       "SageMaker",
                                       "sky",
                                       "env_vars",
                                       "runpod",
                                       "containerDefinitions",
                                       "container_definitions",
                                       "HuggingFaceModel",
                                       "JumpStart",
                                       "Estimator",
                                       "PrimaryContainer",
                                       "hyperparameters",
                                       "HyperParameters"};

// Whether the text says that it is about a platform. Words, because `ray` stands in `array`.
bool is_about(std::string_view text, std::string_view platform) {
  for (std::size_t at = text.find(platform); at != std::string_view::npos; at = text.find(platform, at + 1)) {
    const auto is_letter = [&text](std::size_t index) {
      return index < text.size() && (is_alnum_ascii(text[index]) || text[index] == '_');
    };
    if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + platform.size())) return true;
  }
  return false;
}

// An argument of a call that becomes environment in clear.
struct Channel {
  std::string_view platform;
  std::string_view argument;
  bool literal_only = false;
};
constexpr Channel kChannels[] = {
    {"modal", "env"},
    {"ray", "env_vars"},
    {"sagemaker", "environment"},
    {"sagemaker", "env"},
    {"sagemaker", "Environment"},
    {"sagemaker", "hyperparameters"},
    {"sagemaker", "HyperParameters"},
    {"sagemaker", "container_env"},
    {"sky", "envs"},
    {"runpod", "env", true},
};

// Calls whose env is that of a process or of something another rule speaks about.
bool is_other_call(std::string_view callee) {
  static constexpr std::string_view kLast[] = {"run",
                                               "Popen",
                                               "check_call",
                                               "check_output",
                                               "call",
                                               "spawn",
                                               "execFile",
                                               "exec",
                                               "system",
                                               "run_job",
                                               "run_uv_job",
                                               "create_scheduled_job",
                                               "create_scheduled_uv_job",
                                               "hf_jobs",
                                               "create_inference_endpoint",
                                               "update_inference_endpoint",
                                               "create_subprocess_exec",
                                               "create_subprocess_shell",
                                               "Process",
                                               "execve",
                                               "execvpe",
                                               "dict",
                                               "update",
                                               "StdioServerParameters",
                                               "patch"};
  const std::string_view last = callee.substr(callee.rfind('.') + 1);
  return is_one_of(last, kLast) || callee.starts_with("subprocess.") || callee.starts_with("docker.");
}

// Words that only SageMaker's SDK and API have.
bool is_about_sagemaker(std::string_view text) {
  static constexpr std::string_view kOwn[] = {"sagemaker",        "SageMaker",       "HuggingFaceModel",
                                              "PrimaryContainer", "HyperParameters", "HuggingFaceProcessor"};
  return std::any_of(std::begin(kOwn), std::end(kOwn), [text](std::string_view word) { return is_about(text, word); }) ||
         (is_about(text, "hyperparameters") && text.find("HuggingFace(") != std::string_view::npos);
}

class PlatformCalls {
 public:
  PlatformCalls(const CodeText& text, CodeReport& report)
      : text_(text), tree_(*text.tree), values_(*text.values), report_(report) {
    for (const Channel& channel : kChannels) {
      const bool sagemaker = channel.platform == "sagemaker";
      if (sagemaker ? is_about_sagemaker(tree_.text) : is_about(tree_.text, channel.platform)) channels_.push_back(&channel);
    }
  }

  void run() {
    for (std::uint32_t group = 1; group < tree_.groups.size(); ++group) {
      const char opener = tree_.opener(group);
      if (opener == '(') call(group);
      if (opener == '{') template_env(group);
      if (opener == '{' || opener == '(') runtime_env(group);
      if (opener == '{') task_definition(group);
    }
    assignments();
  }

 private:
  void call(std::uint32_t group) {
    const std::optional<Callee> callee = callee_of(tree_, group);
    if (!callee || callee->defined) return;
    if (callee->last() == "env" && callee->name != "env") image_env(group);
    if (callee->last() == "update_envs" || callee->last() == "set_envs") report_tokens(tree_.groups[group].inside(), false);
    if (callee->name == "setattr" || is_other_call(callee->name)) return;
    for (const CodeEntry& entry : entries_of(tree_, group)) {
      for (const Channel* const channel : channels_) {
        if (entry.name == channel->argument) report_tokens(entry.value, channel->literal_only);
      }
    }
  }

  // modal.Image.debian_slim().env({...})
  void image_env(std::uint32_t group) {
    const bool modal =
        std::any_of(channels_.begin(), channels_.end(), [](const Channel* channel) { return channel->platform == "modal"; });
    if (modal) report_tokens(tree_.groups[group].inside(), false);
  }

  bool is_about_platform(std::string_view platform) const {
    return std::any_of(channels_.begin(), channels_.end(),
                       [platform](const Channel* channel) { return channel->platform == platform; });
  }

  // A RunPod template: {"env": {"HF_TOKEN": "..."}}, {"env": [{"key": "HF_TOKEN", "value": "..."}]}
  void template_env(std::uint32_t group) {
    if (!is_about_platform("runpod")) return;
    for (const CodeEntry& entry : entries_of(tree_, group)) {
      if (entry.name == "env") report_tokens(entry.value, true);
    }
  }

  // {"env_vars": {...}}, RuntimeEnv(env_vars={...})
  void runtime_env(std::uint32_t group) {
    for (const CodeEntry& entry : entries_of(tree_, group)) {
      if (entry.name == "env_vars" && !entry.value.empty()) report_tokens(entry.value, false);
      const bool boto = entry.name == "Environment" || entry.name == "HyperParameters";
      if (boto && is_about_platform("sagemaker")) report_tokens(entry.value, false);
    }
  }

  // "containerDefinitions": [{"environment": [{"name": "HF_TOKEN", "value": ...}]}]; jsonencode([{ environment = [...] }])
  void task_definition(std::uint32_t group) {
    for (const CodeEntry& entry : entries_of(tree_, group)) {
      if ((entry.name != "environment" && entry.name != "Environment") || entry.value.empty()) continue;
      if (!is_task_definition()) return;
      for (const CodeEntry& pair : values_.mapping(entry.value, tree_.groups[group].inside().begin)) {
        const std::optional<MappedText> name = string_value(tree_, pair.value);
        if ((pair.name == "name" || pair.name == "Name") && name && is_token_name(name->text))
          report_.hit(text_, span_of_entry(pair));
      }
    }
  }

  bool is_task_definition() {
    static constexpr std::string_view kDefinitions[] = {"containerDefinitions", "container_definitions",
                                                        "ContainerDefinitions"};
    if (!task_definition_) task_definition_ = holds_one_of(tree_.text, kDefinitions);
    return *task_definition_;
  }

  // runtime_env = {"env_vars": ...} is seen as a group; os.environ and the like are not looked at.
  void assignments() {
    for (const CodeAssignment& assignment : assignments_of(tree_)) {
      const bool env_vars =
          assignment.target.ends_with("env_vars") || (assignment.target.find("runtime_env") != std::string::npos);
      if (env_vars && assignment.key && is_token_name(*assignment.key)) report_.hit(text_, assignment.target_span);
    }
  }

  void report_tokens(TokenRange value, bool literal_only) {
    if (value.empty()) return;
    for (const CodeEntry& entry : values_.mapping(value, value.begin)) {
      const std::optional<MappedText> text = string_value(tree_, entry.value);
      if (!is_token_name(*entry.name) || (text && text->text.empty())) continue;
      if (!literal_only || (text && holds_token_literal(text->text))) report_.hit(text_, span_of_entry(entry));
    }
    if (literal_only) key_value_pairs(value);
  }

  // RunPod: "env": [{"key": "HF_TOKEN", "value": "..."}]
  void key_value_pairs(TokenRange value) {
    for (const ByteSpan span : token_literals(tree_, value)) report_.hit(text_, span);
  }

  const CodeText& text_;
  const CodeTree& tree_;
  const CodeValues& values_;
  CodeReport& report_;
  std::vector<const Channel*> channels_;
  std::optional<bool> task_definition_;
};

}  // namespace

void find_in_platform_calls(const FileCheck& check, CodeReport& report) {
  for_each_code(check, kWords, [&report](const CodeText& text) { PlatformCalls(text, report).run(); });
}

}  // namespace hfscan
