// HF6007: all options of a program, the token among them, saved or logged. Tested by
// tests/unit/hygiene/matchers/logging_options_test.cc.
#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>

#include "detect/regex.h"
#include "hygiene/matchers/logging.h"
#include "hygiene/matchers/logging_flow.h"
#include "hygiene/token_names.h"
#include "syntax/bindings.h"
#include "syntax/code_value.h"

namespace hfscan {
namespace {

bool is_token_option(std::string_view name) {
  while (name.starts_with('-')) name.remove_prefix(1);
  std::string plain(name);
  std::replace(plain.begin(), plain.end(), '-', '_');
  return is_token_name(plain) || plain == "hub_token" || plain == "push_to_hub_token";
}

// What one file defines and where it goes.
class Options {
 public:
  explicit Options(const FileCheck& check) : check_(check) {
    for (const Piece& piece : check.file().pieces()) {
      if (piece.language == Language::python) read(check.file().code(piece));
    }
  }

  void run() const {
    if (taken_out()) return;
    for (const Piece& piece : check_.file().pieces()) {
      if (piece.language == Language::python) look_at(piece, check_.file().code(piece));
    }
  }

 private:
  void read(const CodeTree& tree) {
    static constexpr std::array<std::string_view, 5> kDefining = {"add_argument", "option", "Option", "DEFINE_string",
                                                                  "add_option"};
    for (const CodeCall& call : calls_named(tree, kDefining)) {
      for (const CodeEntry& entry : entries_of(tree, call)) {
        const std::optional<MappedText> name = entry.name ? std::nullopt : string_value(tree, entry.value);
        token_ = token_ || (name && is_token_option(name->text));
      }
    }
    for (const CodeAssignment& assignment : assignments_of(tree)) {
      const bool field = assignment.indentation > 0 && !assignment.annotation.empty();
      token_ = token_ || (field && is_token_option(assignment.target));
      const std::string_view value = tree.spelled(assignment.value_span).substr(0, 512);
      if (value.find("parse_args") != std::string_view::npos || value.find("parse_known_args") != std::string_view::npos ||
          value.find("parse_args_into") != std::string_view::npos || value.find("tyro.cli") != std::string_view::npos)
        spaces_.insert(assignment.target);
    }
    static const Regex bare_field(R"((?m)^[ \t]+(\w+)[ \t]*:[ \t]*(?:str|Optional|SecretStr)\b)");
    for (const Regex::Hit& field : bare_field.find_all(tree.text)) {
      const std::string_view line = tree.text.substr(field.whole.begin, field.whole.end - field.whole.begin);
      const std::size_t begin = line.find_first_not_of(" \t");
      token_ = token_ || is_token_option(line.substr(begin, line.find_first_of(" \t:", begin) - begin));
    }
  }

  // del args.hf_token; args.hf_token = None; config.pop("hf_token")
  [[nodiscard]] bool taken_out() const {
    static const Regex removal(
        R"((?:\bdel\s+[\w.]+\.|\bdel\s+[\w.]+\[["']|delattr\([\w.]+,\s*["']|\.pop\(\s*["'])\w*(?:token|key)|\.\w*(?:hf|hub|hugging\w*)_\w*(?:token|key)\s*=\s*(?:None|["']))");
    return removal.search(check_.file().text());
  }

  // The options as a whole: vars(args), args.__dict__, asdict(cfg), OmegaConf.to_container(cfg).
  [[nodiscard]] static std::optional<ByteSpan> dumped_options(std::string_view arguments) {
    static const Regex dump(
        R"(\bvars\(\s*[\w.]+\s*\)(?:\s*[,)}|]|\s*$)|\b\w+\.__dict__|\basdict\(|OmegaConf\.to_(?:container|yaml|object)\(|\.(?:to_dict|model_dump|to_sanitized_dict|as_dict)\(\))");
    static const Regex chosen(R"(\bif\b|ignore\s*=|exclude\s*=)");
    const std::vector<Regex::Hit> found = dump.find_all(arguments);
    if (found.empty() || chosen.search(arguments)) return std::nullopt;
    return ByteSpan{found.front().whole.begin, found.front().whole.end};
  }

  [[nodiscard]] bool is_options(std::string_view name) const {
    static constexpr std::array<std::string_view, 4> kNames = {"args", "opt", "opts", "hparams"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end() || spaces_.contains(std::string(name));
  }

  [[nodiscard]] std::optional<ByteSpan> passed_options(const CodeTree& tree, const CodeCall& call) const {
    for (const CodeEntry& entry : entries_of(tree, call)) {
      if (is_options(tree.spelled(entry.value_span))) return entry.value_span;
      // f"args: {args}"
      for (const CarriedValue& value : carried_values(tree, entry.value, Carried::token)) {
        if (value.generic && is_options(value.name)) return value.span;
      }
    }
    return std::nullopt;
  }

  // self.save_hyperparameters() keeps all that the function around it was given.
  static bool saves_parameters(const CodeTree& tree, const CodeCall& call) {
    if (!call.callee.name.ends_with("save_hyperparameters") || !entries_of(tree, call).empty()) return false;
    const auto takes_token = [&](const CodeFunction& function) {
      return std::any_of(function.parameters.begin(), function.parameters.end(),
                         [&](const CodeEntry& parameter) { return is_token_option(parameter_name(tree, parameter)); });
    };
    const CodeFunction* around = nullptr;
    const std::vector<CodeFunction> functions = functions_of(tree);
    for (const CodeFunction& function : functions) {
      if (function.span.begin < call.span.begin) around = &function;
    }
    return around != nullptr && takes_token(*around);
  }

  static bool is_tracker(std::string_view name) {
    static const Regex sink(
        R"((?:^|\.)(?:wandb\.init|config\.update|log_params|log_param|log_hyperparams|log_parameters|add_hparams|add_text|save_hyperparameters|json\.dumps?|yaml\.(?:safe_)?dump|torch\.save|pickle\.dump|joblib\.dump|swanlab\.init|init_trackers|trackio\.init|neptune\.init_run|comet_ml\.start|Task\.init|task\.connect|run\.log|wandb\.log|log_config|OmegaConf\.save|write_text|aim\.Run)$)");
    return sink.search(name);
  }

  void look_at(const Piece& piece, const CodeTree& tree) const {
    for (std::uint32_t group = 1; group < tree.groups.size(); ++group) {
      if (tree.opener(group) != '(') continue;
      std::optional<Callee> callee = callee_of(tree, group);
      if (!callee || callee->defined) continue;
      const CodeCall call{*callee, group, tree.groups[group].inside(), {callee->span.begin, tree.span_of_group(group).end}};
      const bool log = is_log_call(Language::python, call);
      if (!log && !is_tracker(call.callee.name)) continue;
      if (saves_parameters(tree, call)) {
        check_.hit(piece, call.span);
        continue;
      }
      if (!token_) continue;
      if (const auto span = passed_options(tree, call)) {
        check_.hit(piece, *span);
        continue;
      }
      constexpr std::size_t kLongest = 2048;
      const ByteSpan arguments = tree.span_of_group(group);
      if (const auto span = dumped_options(tree.spelled(arguments).substr(0, kLongest)))
        check_.hit(piece, {arguments.begin + span->begin, arguments.begin + span->end});
    }
  }

  const FileCheck& check_;
  bool token_ = false;
  std::unordered_set<std::string> spaces_;
};

}  // namespace

void logged_options(const FileCheck& check) { Options(check).run(); }

}  // namespace hfscan
