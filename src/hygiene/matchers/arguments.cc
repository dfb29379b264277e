// HF5010: programs that put a token on the command line of another. Tested by tests/unit/hygiene/matchers/arguments_test.cc.
#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/families.h"
#include "hygiene/matchers/logging_flow.h"
#include "hygiene/token_names.h"
#include "syntax/bindings.h"

namespace hfscan {
namespace {

bool starts_process(Language language, std::string_view name) {
  static const Regex python(
      R"((?:^|\.)(?:(?:subprocess|sp|_subprocess)\.(?:run|call|Popen|check_call|check_output|getoutput|getstatusoutput)|Popen|check_call|check_output|os\.(?:system|popen|exec[lv]p?e?|spawn[lv]p?e?|posix_spawn)|create_subprocess_(?:exec|shell)|pexpect\.(?:spawn|run|runu)|run_command|run_cmd|run_shell|execute_command|shlex\.split|get_ipython\(\)\.system|get_ipython\.system|invoke\.run|ctx\.run|conn\.run|exec_command|delegator\.run)$)");
  static const Regex javascript(
      R"((?:^|\.)(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|fork|execa|execaSync|execaCommand|execaCommandSync|shell\.exec|\$)$)");
  return language == Language::python ? python.search(name) : javascript.search(name);
}

// from subprocess import run
bool starts_processes(const CodeImport& import) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "run", "call", "getoutput", "getstatusoutput", "system", "popen", "exec", "spawn", "execSync", "create_subprocess_shell"};
  static constexpr std::array<std::string_view, 6> kModules = {"subprocess",         "os",     "asyncio", "child_process",
                                                               "node:child_process", "pexpect"};
  return is_one_of(import.module, kModules) && is_one_of(import.name, kNames);
}

// Of pattern.exec(text) and db.exec(sql) the name alone says nothing.
bool is_other_exec(std::string_view name) {
  static const Regex other(R"(^(?:.*(?:re|regex|regexp|pattern|rx|db|database|conn|sql|client|redis)\.)exec$)");
  return other.search(to_lower_ascii(name));
}

// "--token", and "--hf-token=" before the value.
bool is_token_option(std::string_view text) {
  static const Regex option(R"(--?(?:[A-Za-z]+[-_])*(?:token|api[-_]?key)[ =]?["'`]?$)");
  return option.search(text);
}

// What the arguments of one piece's calls hold, and the variables they name.
class Arguments {
 public:
  Arguments(const FileCheck& check, const Piece& piece, const TokenBindings& bindings)
      : check_(check), piece_(piece), tree_(check.file().code(piece)), bindings_(bindings) {
    for (const CodeAssignment& assignment : assignments_of(tree_)) {
      if (!assignment.key && !assignment.value.empty()) values_[assignment.target].push_back(assignment.value);
    }
    for (const CodeImport& import : imports_of(tree_)) {
      if (starts_processes(import)) imported_.insert(import.alias);
    }
    static constexpr std::array<std::string_view, 4> kAdding = {"append", "extend", "push", "concat"};
    for (const CodeCall& call : calls_named(tree_, kAdding)) {
      const std::size_t dot = call.callee.name.rfind('.');
      if (dot != std::string::npos) values_[call.callee.name.substr(0, dot)].push_back(call.arguments);
    }
  }

  void run() {
    for (std::uint32_t group = 1; group < tree_.groups.size(); ++group) {
      if (tree_.opener(group) != '(') continue;
      const std::optional<Callee> callee = callee_of(tree_, group);
      if (!callee || callee->defined || !is_start(*callee)) continue;
      look_at(entries_of(tree_, group));
    }
  }

 private:
  [[nodiscard]] bool is_start(const Callee& callee) const {
    if (imported_.contains(callee.name)) return true;
    // /pattern/.exec(text)
    const bool of_value = callee.span.begin > 0 && tree_.text[static_cast<std::size_t>(callee.span.begin) - 1] == '.';
    return !of_value && starts_process(piece_.language, callee.name) && !is_other_exec(callee.name);
  }

  void look_at(const std::vector<CodeEntry>& entries) {
    static constexpr std::array<std::string_view, 6> kChannels = {"env", "input", "stdin", "cwd", "headers", "extra_env"};
    for (const CodeEntry& entry : entries) {
      if (entry.name && is_one_of(*entry.name, kChannels)) continue;
      const std::optional<std::uint32_t> group = group_of_value(tree_, entry.value);
      if (group && piece_.language == Language::javascript && tree_.opener(*group) == '{') {
        if (!look_in_options(*group)) return;
        continue;
      }
      if (report(entry.value) || follow(entry)) return;
    }
  }

  // The options of node's functions: { env: ..., input: ... }
  bool look_in_options(std::uint32_t group) {
    static constexpr std::array<std::string_view, 5> kChannels = {"env", "input", "stdio", "cwd", "headers"};
    for (const CodeEntry& entry : entries_of(tree_, group)) {
      if (entry.name && is_one_of(*entry.name, kChannels)) continue;
      if (report(entry.value)) return false;
    }
    return true;
  }

  // subprocess.run(command): what was put into `command`.
  bool follow(const CodeEntry& entry) {
    const auto found = values_.find(std::string(tree_.spelled(entry.value_span)));
    if (found == values_.end()) return false;
    std::vector<TokenRange> values = std::move(found->second);
    values_.erase(found);  // reported once
    return std::any_of(values.begin(), values.end(), [this](TokenRange value) { return report(value); });
  }

  bool report(TokenRange range) {
    for (const CarriedValue& value : carried_values(tree_, range, Carried::token)) {
      if (!counts(range, value)) continue;
      check_.hit(piece_, value.span);
      return true;
    }
    return false;
  }

  bool counts(TokenRange range, const CarriedValue& value) {
    if (!value.generic || bindings_.holds_token(piece_, value)) return true;
    const std::string_view name = std::string_view(value.name).substr(value.name.rfind('.') + 1);
    if (!is_generic_token_name(name) && name != "accessToken" && name != "authToken") return false;
    return (name == "hub_token" || is_of_hugging_face()) && follows_option(range, value.span.begin);
  }

  // "--token", token; f"--token {token}"; f"https://user:{token}@huggingface.co"
  bool follows_option(TokenRange range, std::uint64_t at) {
    const std::uint64_t begin =
        std::max(tree_.tokens[range.begin].begin + std::uint64_t{0}, at - std::min<std::uint64_t>(at, 80));
    std::string_view before = tree_.spelled(ByteSpan{begin, at});
    while (!before.empty() && std::string_view(" \t\n\r,{$+\"'`f").find(before.back()) != std::string_view::npos)
      before.remove_suffix(1);
    static const Regex url(R"(://[^/\s]*[:/]$)");
    return is_token_option(before) || url.search(before);
  }

  bool is_of_hugging_face() {
    static const Regex name(R"((?i)\bhf\b|_?hf_|hugging)");
    if (!of_hugging_face_) of_hugging_face_ = name.search(check_.file().text());
    return *of_hugging_face_;
  }

  const FileCheck& check_;
  const Piece& piece_;
  const CodeTree& tree_;
  const TokenBindings& bindings_;
  std::unordered_map<std::string, std::vector<TokenRange>> values_;
  std::unordered_set<std::string> imported_;
  std::optional<bool> of_hugging_face_;
};

void started_with_token(const FileCheck& check) {
  const TokenBindings& bindings = token_bindings(check.file());
  for (const Piece& piece : check.file().pieces()) {
    if (is_program(piece.language)) Arguments(check, piece, bindings).run();
  }
}

constexpr std::array<FileMatcher, 1> kMatchers = {{{"argv-subprocess", started_with_token}}};

}  // namespace

std::span<const FileMatcher> argument_matchers() { return kMatchers; }

}  // namespace hfscan
