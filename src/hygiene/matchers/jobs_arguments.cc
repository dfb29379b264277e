// HF2002, HF2004, HF2005, HF2007 on the command line of `hf`. Tested by tests/unit/hygiene/matchers/jobs_cli_test.cc.
#include <algorithm>

#include "base/text.h"
#include "hygiene/matchers/jobs.h"
#include "hygiene/matchers/jobs_commands.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

bool is_env(const ShellOption& option) { return option.name == "-e" || option.name == "--env"; }

bool is_secret(const ShellOption& option) {
  return option.name == "-s" || option.name == "--secrets" || option.name == "--secret";
}

void for_each_option(const FileCheck& check, bool (*wanted)(const ShellOption&),
                     const std::function<void(const HfCommand&, const ShellOption&)>& visit) {
  for_each_hf_command(check, [&](const HfCommand& command) {
    for (const ShellOption& option : command.parsed.options) {
      if (option.value_word != nullptr && wanted(option)) visit(command, option);
    }
  });
}

// Whether spans of words are those of the piece's own text, quotes and all.
bool is_shell_text(const CommandLine& line) { return line.to_piece == nullptr && is_shell(line.piece.language); }

// Whether the remote command names the variable.
bool is_used_remotely(const HfCommand& command, std::string_view name) {
  return std::any_of(command.parsed.rest.begin(), command.parsed.rest.end(),
                     [name](const ShellWord& word) { return word.text.find(name) != std::string_view::npos; });
}

bool gives_hf_token(const CommandLine& line, const ShellWord& word, std::size_t begin) {
  const std::vector<const ShellPart*> parts = expansions_in(line.script, word, begin);
  return std::any_of(parts.begin(), parts.end(), [&word](const ShellPart* part) {
    const bool generic = part->kind == ShellPartKind::variable && !is_token_name(part->name);
    return !generic && is_token_part(*part, word.text);
  });
}

}  // namespace

void job_cli_token_in_env(const FileCheck& check) {
  CodeReport report(check);
  for_each_option(check, is_env, [&](const HfCommand& command, const ShellOption& option) {
    const NamedArgument value = named_value(option);
    if (!command.starts_job || !is_token_name(value.name)) return;
    const ByteSpan span = span_of_option(command.line, option);
    RuleHit* const hit = report.hit(command.line.piece, span);
    const std::string_view secret = option.name == "-e" ? "-s " : "--secrets ";
    if (hit != nullptr && is_shell_text(command.line)) report.edit(*hit, command.line.piece, span, cat(secret, value.name));
  });
}

void job_secret_in_argv(const FileCheck& check) {
  CodeReport report(check);
  const auto look_at = [&report](const HfCommand& command, const ShellOption& option) {
    const NamedArgument value = named_value(option);
    if (!value.has_value || !is_token_name(value.name)) return;
    if (!is_filled_in(command.line, *option.value_word, value.value_begin)) return;
    const ByteSpan span = span_of_option(command.line, option);
    RuleHit* const hit = report.hit(command.line.piece, span);
    if (hit != nullptr && is_shell_text(command.line))
      report.edit(*hit, command.line.piece, span, cat(option.name, " ", value.name));
  };
  for_each_option(check, is_secret, look_at);
  // People also write it after the image, where it belongs to the remote command: the token is on the command line all the
  // same.
  for_each_hf_command(check, [&look_at](const HfCommand& command) {
    static constexpr std::string_view kOptions[] = {"-s", "--secrets"};
    for (const ShellOption& option : parse_options(command.parsed.rest, {kOptions}).options) {
      if (option.value_word != nullptr && is_secret(option)) look_at(command, option);
    }
  });
}

void job_secret_literal_in_argv(const FileCheck& check) {
  CodeReport report(check);
  for_each_option(check, is_secret, [&](const HfCommand& command, const ShellOption& option) {
    const NamedArgument value = named_value(option);
    if (!value.has_value || !holds_token_literal(option.value())) return;
    const ByteSpan span = span_of_option(command.line, option);
    RuleHit* const hit = report.hit(command.line.piece, span);
    if (hit != nullptr && is_shell_text(command.line))
      report.edit(*hit, command.line.piece, span, cat(option.name, " ", value.name));
  });
}

void job_cli_wrong_secret_key(const FileCheck& check) {
  static constexpr std::string_view kReadNames[] = {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"};
  CodeReport report(check);
  for_each_option(check, is_secret, [&](const HfCommand& command, const ShellOption& option) {
    const NamedArgument value = named_value(option);
    if (!command.starts_job || !value.has_value || is_one_of(value.name, kReadNames)) return;
    if (!gives_hf_token(command.line, *option.value_word, value.value_begin) || is_used_remotely(command, value.name)) return;
    report.hit(command.line.piece, span_of_option(command.line, option));
  });
}

}  // namespace hfscan
