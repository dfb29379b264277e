// HF2013, HF2014: Inference Endpoints and sandboxes. Tested by tests/unit/hygiene/matchers/hub_test.cc.
#include <algorithm>

#include "base/text.h"
#include "hygiene/matchers/hub.h"
#include "hygiene/matchers/jobs_calls.h"
#include "hygiene/matchers/jobs_commands.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

constexpr std::string_view kEndpointWords[] = {"inference_endpoint", "ndpoint.update"};
constexpr std::string_view kEndpointCalls[] = {"create_inference_endpoint", "update_inference_endpoint", "update"};
constexpr std::string_view kSandboxWords[] = {"Sandbox", "forward_hf_token"};
constexpr std::string_view kSandboxCalls[] = {"Sandbox.create"};

// create_inference_endpoint(...), endpoint.update(...), but not env.update(...).
bool is_endpoint_call(const Callee& callee) {
  if (callee.last() != "update") return true;
  const std::string lower = to_lower_ascii(callee.name);
  return lower.find("endpoint") != std::string::npos && lower.find("env.") == std::string::npos;
}

void tokens_in_env(const JobText& text, const CodeCall& found, CodeReport& report) {
  const JobCall call{found.callee.span, found.arguments, text.values.arguments(found.arguments, '('), false};
  for (const CodeEntry& entry : channel(text, call, "env")) {
    if (is_token_name(*entry.name)) report.hit(text.text, span_of_entry(entry));
  }
}

// With --pool there is no channel for secrets, and env is what the documentation asks for.
bool is_pooled(const CodeTree& tree, const CodeCall& call) {
  const std::vector<CodeEntry> entries = entries_of(tree, call);
  return find_entry(entries, "pool") != nullptr || find_entry(entries, "pool_id") != nullptr;
}

// Sandboxes of other makers have the same name.
bool is_of_another_maker(const CodeTree& tree, const CodeCall& call) {
  static constexpr std::string_view kOthers[] = {
      "modal", "e2b", "e2b_code_interpreter", "daytona", "vercel", "@vercel/sandbox", "@e2b/code-interpreter"};
  const std::string_view receiver = std::string_view(call.callee.name).substr(0, call.callee.name.find('.'));
  if (is_one_of(receiver, kOthers)) return true;
  const std::vector<CodeImport> imports = imports_of(tree);
  return std::any_of(imports.begin(), imports.end(),
                     [](const CodeImport& import) { return import.name == "Sandbox" && is_one_of(import.module, kOthers); });
}

void note(CodeReport& report, const CodeText& text, ByteSpan span) {
  RuleHit* const hit = report.hit(text, span);
  if (hit == nullptr) return;
  hit->severity = Severity::note;
  hit->message = "Code in the sandbox can use the token that is forwarded";
}

void find_forwarding(const CodeText& text, CodeReport& report) {
  const CodeTree& tree = *text.tree;
  for (std::uint32_t token = 0; token + 2 < tree.tokens.size(); ++token) {
    const CodeToken& found = tree.tokens[token];
    const bool named = found.kind == TokenKind::name && tree.is(token, "forward_hf_token");
    const bool quoted = found.kind == TokenKind::string && tree.spelled(found.value()) == "forward_hf_token";
    if ((!named && !quoted) || (!tree.is(token + 1, "=") && !tree.is(token + 1, ":"))) continue;
    // Not where prose only names the argument.
    const bool on = tree.is(token + 2, "True") || tree.is(token + 2, "true");
    if (on && tree.group_around(token) != kRootGroup) note(report, text, {found.begin, tree.tokens[token + 2].end});
  }
}

void find_sandboxes(const CodeText& code, CodeReport& report) {
  find_forwarding(code, report);
  const std::vector<CodeCall> calls = calls_or_passed(*code.tree, kSandboxCalls);
  if (calls.empty() || is_of_another_maker(*code.tree, calls.front())) return;
  const CodeValues& values = *code.values;
  for (const CodeCall& call : calls) {
    if (!is_pooled(*code.tree, call)) tokens_in_env({code, values}, call, report);
  }
}

bool is_env(const ShellOption& option) {
  return option.value_word != nullptr && (option.name == "-e" || option.name == "--env") &&
         is_token_name(named_value(option).name);
}

bool has_word(const HfCommand& command, Words words) {
  return std::any_of(command.parsed.positionals.begin(), command.parsed.positionals.end(),
                     [words](const ShellWord* word) { return is_one_of(word->text, words); });
}

void sandbox_command(const HfCommand& command, CodeReport& report) {
  static constexpr std::string_view kCreate[] = {"create"};
  if (!command.group.starts_with("sandbox") || !has_word(command, kCreate)) return;
  const bool pooled = command.has("--pool");
  for (const ShellOption& option : command.parsed.options) {
    if (option.name.starts_with("--forward-hf-token")) {
      RuleHit* const hit = report.hit(command.line.piece, span_of_option(command.line, option));
      if (hit != nullptr) hit->severity = Severity::note;
    } else if (!pooled && is_env(option)) {
      report.hit(command.line.piece, span_of_option(command.line, option));
    }
  }
}

}  // namespace

void endpoint_token_in_env(const FileCheck& check) {
  CodeReport report(check);
  for_each_code(check, kEndpointWords, [&report](const CodeText& code) {
    const CodeValues& values = *code.values;
    for (const CodeCall& call : calls_or_passed(*code.tree, kEndpointCalls)) {
      if (is_endpoint_call(call.callee)) tokens_in_env({code, values}, call, report);
    }
  });
  for_each_hf_command(check, [&report](const HfCommand& command) {
    static constexpr std::string_view kVerbs[] = {"deploy", "create", "update"};
    if (!command.group.ends_with("endpoints") || !has_word(command, kVerbs)) return;
    for (const ShellOption& option : command.parsed.options) {
      if (is_env(option)) report.hit(command.line.piece, span_of_option(command.line, option));
    }
  });
}

void sandbox_token(const FileCheck& check) {
  CodeReport report(check);
  for_each_code(check, kSandboxWords, [&report](const CodeText& code) { find_sandboxes(code, report); });
  for_each_hf_command(check, [&report](const HfCommand& command) { sandbox_command(command, report); });
}

}  // namespace hfscan
