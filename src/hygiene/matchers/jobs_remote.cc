// HF2006: a token in what a job is told to run. Tested by tests/unit/hygiene/matchers/jobs_cli_test.cc and jobs_test.cc.
#include <algorithm>

#include "base/text.h"
#include "hygiene/matchers/jobs.h"
#include "hygiene/matchers/jobs_calls.h"
#include "hygiene/matchers/jobs_commands.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

// --hf_token, --token, -token, --hub-token=...; not --eos_token, --max_token, --github-token.
bool is_token_option(std::string_view word) {
  static constexpr std::string_view kOthers[] = {
      "max",  "min",   "num",     "eos",     "bos", "pad",    "unk",    "sep",    "cls",   "mask",    "stop",
      "next", "image", "special", "github",  "gh",  "gitlab", "wandb",  "openai", "slack", "discord", "telegram",
      "npm",  "pypi",  "per",     "trigger", "new", "prefix", "suffix", "start",  "end",   "chat"};
  if (!word.starts_with("-")) return false;
  std::string name = to_lower_ascii(
      word.substr(word.find_first_not_of('-') == std::string_view::npos ? word.size() : word.find_first_not_of('-')));
  name.resize(std::min(name.size(), name.find('=')));
  std::replace(name.begin(), name.end(), '-', '_');
  if (name == "hf_api_key" || name == "hf_key") return true;
  if (name != "token" && !name.ends_with("_token") && name != "hftoken") return false;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find('_', at), name.size());
    if (is_one_of(std::string_view(name).substr(at, end - at), kOthers)) return false;
    at = end + 1;
  }
  return true;
}

class RemoteWords {
 public:
  RemoteWords(const HfCommand& command, CodeReport& report) : command_(command), report_(report) {}

  void run() {
    const std::span<const ShellWord> words = command_.parsed.rest;
    for (std::size_t i = 0; i < words.size();) i += look_at(words.subspan(i));
    labels();
  }

 private:
  // How many of the words are done with.
  std::size_t look_at(std::span<const ShellWord> words) {
    const std::string_view text = words[0].text;
    if (text == "--secrets" || text == "-s") return std::min<std::size_t>(2, words.size());  // HF2005 has it
    const std::size_t sign = text.find('=');
    if (is_token_option(text) && sign == std::string_view::npos && words.size() > 1) {
      if (is_filled_in(command_.line, words[1], 0)) report(words[0], words[1]);
      return 2;
    }
    const bool filled_option = is_token_option(text) && is_filled_in(command_.line, words[0], sign + 1);
    if (filled_option || holds_token(words[0])) report(words[0], words[0]);
    return 1;
  }

  bool holds_token(const ShellWord& word) const {
    if (holds_token_literal(word.text)) return true;
    const std::vector<const ShellPart*> parts = expansions_in(command_.line.script, word);
    return std::any_of(parts.begin(), parts.end(), [&word](const ShellPart* part) { return is_token_part(*part, word.text); });
  }

  void labels() {
    for (const ShellOption& option : command_.parsed.options) {
      const bool label = option.name == "-l" || option.name == "--label" || option.name == "--labels";
      if (label && option.value_word != nullptr && holds_token(*option.value_word)) report(*option.word, *option.value_word);
    }
  }

  void report(const ShellWord& first, const ShellWord& last) {
    report_.hit(command_.line.piece, command_.line.in_piece({first.span.begin, last.span.end}));
  }

  const HfCommand& command_;
  CodeReport& report_;
};

constexpr std::string_view kStored[] = {"command", "script_args", "labels"};

// What a function makes of a token is not known: command=build(token).
bool is_unknown_call(const CodeTree& tree, TokenRange value) {
  static constexpr std::string_view kBuilders[] = {"split", "format", "join",      "list",   "str",
                                                   "dict",  "quote",  "get_token", "getenv", "get"};
  const std::optional<std::uint32_t> group = group_of_value(tree, value);
  if (!group) return false;
  const std::optional<Callee> callee = callee_of(tree, *group);
  return callee && tree.opener(*group) == '(' && !is_one_of(callee->last(), kBuilders);
}

void find_in_call(const JobText& text, const JobCall& call, CodeReport& report) {
  for (const CodeEntry& entry : call.entries) {
    if (!entry.name || !is_one_of(*entry.name, kStored) || entry.value.empty()) continue;
    const TokenRange value = text.values.resolved(entry.value, call.at());
    if (is_unknown_call(text.values.tree(), value)) continue;
    const std::optional<TokenExpression> found = token_expression(text.values.tree(), value);
    if (found) report.hit(text.text, found->span);
  }
}

}  // namespace

void job_token_in_command(const FileCheck& check) {
  CodeReport report(check);
  for_each_hf_command(check, [&report](const HfCommand& command) {
    if (command.starts_job) RemoteWords(command, report).run();
  });
  for_each_job_call(check, [&report](const JobText& text, const JobCall& call) { find_in_call(text, call, report); });
}

}  // namespace hfscan
