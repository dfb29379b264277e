// HF2010: a token as a variable of a Space. Tested by tests/unit/hygiene/matchers/hub_test.cc.
#include <algorithm>

#include "base/text.h"
#include "hygiene/matchers/hub.h"
#include "hygiene/matchers/jobs_calls.h"
#include "hygiene/matchers/jobs_commands.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

constexpr std::string_view kWords[] = {"add_space_variable", "space_variables", "duplicate_space", "duplicate_repo"};
constexpr std::string_view kAdd[] = {"add_space_variable"};
constexpr std::string_view kDuplicate[] = {"duplicate_space", "duplicate_repo", "create_repo"};

// A mapping or a list that is named after secrets: for key, value in secrets.items().
bool is_named_after_secrets(const CodeTree& tree, TokenRange iterable) {
  for (std::uint32_t token = iterable.begin; token < iterable.end; ++token) {
    if (tree.tokens[token].kind != TokenKind::name) continue;
    const std::string name = to_lower_ascii(tree.spelled(token));
    for (const std::string_view part : {"secret", "cred", "token", "api_key", "apikey"}) {
      if (name.find(part) != std::string::npos && name.find("tokeniz") == std::string::npos) return true;
    }
    if (name == "keys" && (token == 0 || !tree.is(token - 1, "."))) return true;
  }
  return false;
}

class VariableFinder {
 public:
  VariableFinder(const CodeText& text, CodeReport& report)
      : text_(text), tree_(*text.tree), values_(*text.values), loops_(loop_variables_of(tree_)), report_(report) {}

  void run() {
    for (const CodeCall& call : calls_or_passed(tree_, kAdd)) added(call);
    for (const CodeCall& call : calls_or_passed(tree_, kDuplicate)) listed(call);
  }

 private:
  // add_space_variable(repo_id, key, value)
  void added(const CodeCall& call) {
    std::size_t position = 0;
    bool found = false;
    for (const CodeEntry& entry : entries_of(tree_, call)) {
      const bool is_repo = entry.name ? *entry.name == "repo_id" || *entry.name == "token" : position++ == 0;
      if (is_repo || entry.value.empty() || entry.name == "description") continue;
      found = found || is_token_argument(entry, call);
    }
    if (!found) return;
    RuleHit* const hit = report_.hit(text_, call.span);
    const ByteSpan callee = call.callee.span;
    constexpr std::string_view kName = "add_space_variable";
    if (hit != nullptr && tree_.spelled(callee).ends_with(kName))
      report_.edit(*hit, text_, {callee.end - kName.size(), callee.end}, "add_space_secret");
  }

  bool is_token_argument(const CodeEntry& entry, const CodeCall& call) const {
    const std::uint32_t at = call.arguments.begin;
    if (entry.spread) return false;
    if (const std::optional<std::string> text = values_.text_of(entry.value, at))
      return (entry.name != "value" && is_token_name(*text)) || holds_token_literal(*text);
    if (is_loop_variable(entry)) return true;
    return entry.name != "key" && token_expression(tree_, entry.value).has_value();
  }

  // Of a loop over secrets, or over names with that of a token among them.
  bool is_loop_variable(const CodeEntry& entry) const {
    const CodeToken& first = tree_.tokens[entry.value.begin];
    if (first.kind != TokenKind::name) return false;
    const std::string_view name = tree_.spelled(entry.value.begin);
    constexpr std::size_t kMostLoops = 32;
    auto loop = std::lower_bound(loops_.begin(), loops_.end(), std::uint64_t{first.begin},
                                 [](const LoopVariable& variable, std::uint64_t at) { return variable.name_span.begin < at; });
    for (std::size_t count = 0; loop != loops_.begin() && count < kMostLoops; ++count) {
      --loop;
      if (loop->name == name) return runs_over_tokens(*loop);
    }
    return false;
  }

  bool runs_over_tokens(const LoopVariable& loop) const {
    if (is_named_after_secrets(tree_, loop.iterable)) return true;
    for (std::uint32_t token = loop.iterable.begin; token < loop.iterable.end; ++token) {
      const CodeToken& found = tree_.tokens[token];
      if (found.kind == TokenKind::string && is_token_name(tree_.spelled(found.value()))) return true;
    }
    const std::vector<CodeEntry> entries = values_.mapping(loop.iterable, loop.iterable.begin);
    return std::any_of(entries.begin(), entries.end(), [](const CodeEntry& entry) { return is_token_name(*entry.name); });
  }

  // space_variables=[{"key": "HF_TOKEN", "value": ...}], and variables= of duplicate_space.
  void listed(const CodeCall& call) {
    for (const CodeEntry& entry : entries_of(tree_, call)) {
      const bool variables = entry.name == "variables" && call.callee.last() != "create_repo";
      if ((!variables && entry.name != "space_variables") || entry.value.empty()) continue;
      for (const CodeEntry& pair : values_.mapping(entry.value, call.arguments.begin)) of_list(pair, call.arguments.begin);
    }
  }

  void of_list(const CodeEntry& pair, std::uint32_t at) {
    const std::optional<std::string> text = values_.text_of(pair.value, at);
    const bool key = pair.name == "key" && text && is_token_name(*text);
    const bool value = pair.name == "value" && token_expression(tree_, pair.value);
    if (key || value || is_token_name(*pair.name)) report_.hit(text_, span_of_entry(pair));
  }

  const CodeText& text_;
  const CodeTree& tree_;
  const CodeValues& values_;
  std::vector<LoopVariable> loops_;
  CodeReport& report_;
};

// hf spaces variables add, hf repos create, hf repo duplicate
bool sets_variables(const HfCommand& command) {
  const auto& words = command.parsed.positionals;
  const auto has = [&words](std::size_t index, std::string_view word) {
    return index < words.size() && words[index]->text == word;
  };
  if (command.group == "spaces") return has(1, "variables") && (has(2, "add") || has(2, "set"));
  return command.group.starts_with("repo") && (has(1, "create") || has(1, "duplicate"));
}

void find_in_command(const HfCommand& command, CodeReport& report) {
  if (!sets_variables(command)) return;
  for (const ShellOption& option : command.parsed.options) {
    if (option.value_word == nullptr || (option.name != "-e" && option.name != "--env")) continue;
    const NamedArgument value = named_value(option);
    if (!is_token_name(value.name)) continue;
    const ByteSpan span = span_of_option(command.line, option);
    RuleHit* const hit = report.hit(command.line.piece, span);
    const bool plain = command.line.to_piece == nullptr && is_shell(command.line.piece.language);
    if (hit == nullptr || !plain) continue;
    report.edit(*hit, command.line.piece, span, cat(option.name == "-e" ? "-s " : "--secrets ", value.name));
    if (command.group == "spaces") report.edit(*hit, command.line.piece, command.parsed.positionals[1]->span, "secrets");
  }
}

}  // namespace

void space_variable(const FileCheck& check) {
  CodeReport report(check);
  for_each_code(check, kWords, [&report](const CodeText& text) { VariableFinder(text, report).run(); });
  for_each_hf_command(check, [&report](const HfCommand& command) { find_in_command(command, report); });
}

}  // namespace hfscan
