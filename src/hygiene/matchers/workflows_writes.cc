// Tested by tests/unit/hygiene/matchers/workflows_test.cc.
#include "hygiene/matchers/workflows_writes.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/workflows_yaml.h"
#include "hygiene/token_names.h"
#include "rules/builtin_rules.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostWriters = 1024;  // of a group
constexpr std::size_t kMostPipeline = 32;   // commands before the one that writes

std::string_view name_of(const ShellScript& script, const ShellCommand& command) {
  const std::span<const ShellWord> words = effective_words(script, command).words;
  return words.empty() ? std::string_view() : command_name(words.front());
}

// Commands that hand on what they read.
bool passes_on(std::string_view name) {
  static constexpr std::array<std::string_view, 10> kFilters = {"cat", "base64", "tee",      "tr",     "sed",
                                                                "awk", "jq",     "envsubst", "column", "sort"};
  return is_one_of(name, kFilters);
}

// Commands stand in the order in which they begin, so those inside one follow it.
bool is_inside(const ShellCommand& command, std::size_t outer) { return command.parent != kNoIndex && command.parent >= outer; }

// Of the command, those inside it, and those whose output it passes on.
void add_writers(ShellSink& sink, const ShellScript& script, std::size_t index) {
  std::vector<const ShellCommand*>& writers = sink.writers;
  writers.push_back(&script.commands[index]);
  const ShellCommand& command = script.commands[index];
  if (command.kind == ShellCommandKind::group) {
    const std::size_t end = std::min(script.commands.size(), index + 1 + kMostWriters);
    std::size_t inner = index + 1;
    for (; inner < end && is_inside(script.commands[inner], index); ++inner) writers.push_back(&script.commands[inner]);
    sink.has_more_writers = inner == end && end < script.commands.size() && is_inside(script.commands[end], index);
  }
  std::uint32_t before = command.previous_in_pipeline;
  bool passed = passes_on(name_of(script, command));
  for (std::size_t steps = 0; passed && before != kNoIndex && steps < kMostPipeline; ++steps) {
    writers.push_back(&script.commands[before]);
    passed = passes_on(name_of(script, script.commands[before]));
    before = script.commands[before].previous_in_pipeline;
  }
  sink.has_more_writers = sink.has_more_writers || (passed && before != kNoIndex);
}

void add_tee_targets(std::vector<ShellSink>& sinks, const ShellScript& script, std::size_t index) {
  const std::span<const ShellWord> words = effective_words(script, script.commands[index]).words;
  if (words.empty() || command_name(words.front()) != "tee") return;
  for (const ShellWord& word : words.subspan(1)) {
    if (word.text.starts_with('-')) continue;
    add_writers(sinks.emplace_back(ShellSink{{script.commands[index].span.begin, word.span.end}, word.text}), script, index);
    return;
  }
}

void add_redirections(std::vector<ShellSink>& sinks, const ShellScript& script, std::size_t index) {
  const ShellCommand& command = script.commands[index];
  for (const ShellRedirection& redirection : script.redirections_of(command)) {
    const bool writes = redirection.kind == RedirectionKind::output || redirection.kind == RedirectionKind::append;
    if (!writes || redirection.duplicates || redirection.descriptor > 1 || redirection.target.text.empty()) continue;
    const bool group = command.kind == ShellCommandKind::group;  // its span would show everything in it
    const std::uint64_t begin = group ? redirection.span.begin : std::min(command.span.begin, redirection.span.begin);
    add_writers(sinks.emplace_back(ShellSink{{begin, redirection.span.end}, redirection.target.text}), script, index);
    return;
  }
}

// Commands that print what they are given, and not what they fetch with it.
bool prints_arguments(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kPrinters = {"echo",         "printf",       "print",      "sed",
                                                                 "awk",          "jq",           "yq",         "gomplate",
                                                                 "Write-Output", "write-output", "Write-Host", "envsubst"};
  return is_one_of(name, kPrinters);
}

// `${HF_TOKEN:+yes}` and `${#HF_TOKEN}` do not give the value.
bool gives_value(const ShellPart& part) {
  return !part.operation.starts_with(":+") && !part.operation.starts_with('+') && part.operation != "#";
}

bool is_token_source(std::string_view command) {
  static const Regex source(R"(\bhf\s+auth\s+token\b|\bget_token\b|\bprintenv\s+\w*(?i:hf|hugging)\w*token|)"
                            R"(\bcat\b[^|;\n]*(?:huggingface/token|hf_token|huggingface[._]token))");
  return source.search(command);
}

bool is_token_part(std::string_view text, const ShellPart& part) {
  switch (part.kind) {
    case ShellPartKind::variable: return is_token_name(part.name) && gives_value(part);
    case ShellPartKind::make_variable: return is_token_name(part.name);
    case ShellPartKind::github_expression: return hands_on_token("", cat("${{", part.name, "}}"));
    case ShellPartKind::command_substitution:
      return is_token_source(
          text.substr(static_cast<std::size_t>(part.span.begin), static_cast<std::size_t>(part.span.size())));
    default: return false;
  }
}

// HF_TOKEN=$t, HF_TOKEN=${{ secrets.X }}, HF_TOKEN<<EOF
bool names_token(std::string_view written) {
  static const Regex assigned(
      cat(R"((?:^|[^A-Za-z0-9_]))", std::string(builtin_macro("TOKEN_NAME")), R"((?:=["'\\]*(?:\$|%|`|hf_)|<<))"));
  return assigned.search(written);
}

struct Writing {
  const Piece& piece;
  const ShellScript& script;
  TokenName name;

  [[nodiscard]] bool holds(std::span<const ShellPart> parts, std::string_view written) const {
    if (name == TokenName::counts && names_token(written) && !only_says_whether(written)) return true;
    if (piece.language == Language::powershell || piece.language == Language::batch) return holds_token_value(written);
    return std::any_of(parts.begin(), parts.end(), [this](const ShellPart& part) { return is_token_part(piece.text, part); });
  }

  // NAME=${{ secrets.X != '' }}, NAME=${X:+set}
  [[nodiscard]] static bool only_says_whether(std::string_view written) {
    static const Regex test(R"(=["'\\]*\$(?:\{[A-Za-z_]\w*:?\+|\{#))");
    return test.search(written) || (written.find("${{") != std::string_view::npos &&
                                    written.find("secrets") != std::string_view::npos && pasted_secrets(written).empty());
  }

  [[nodiscard]] bool writes(const ShellCommand& command) const {
    const std::span<const ShellWord> words = effective_words(script, command).words;
    const std::string_view program = words.empty() ? std::string_view() : command_name(words.front());
    if (prints_arguments(program) && std::any_of(words.begin() + 1, words.end(), [this](const ShellWord& word) {
          return holds(script.parts_of(word), word.text);
        }))
      return true;
    if (words.size() > 1 && is_token_source(written_of(command))) return true;
    return (passes_on(program) || program.empty()) && reads_token(command);
  }

  [[nodiscard]] std::string_view written_of(const ShellCommand& command) const {
    return piece.text.substr(static_cast<std::size_t>(command.span.begin), static_cast<std::size_t>(command.span.size()));
  }

  // From a here-document or a here-string.
  [[nodiscard]] bool reads_token(const ShellCommand& command) const {
    const std::span<const ShellRedirection> redirections = script.redirections_of(command);
    return std::any_of(redirections.begin(), redirections.end(), [this](const ShellRedirection& redirection) {
      if (redirection.kind == RedirectionKind::here_string)
        return holds(script.parts_of(redirection.target), redirection.target.text);
      if (redirection.here_document == kNoIndex) return false;
      const HereDocument& document = script.here_documents[redirection.here_document];
      return holds(script.parts_of(document), piece.text.substr(static_cast<std::size_t>(document.body.begin),
                                                                static_cast<std::size_t>(document.body.size())));
    });
  }
};

}  // namespace

bool is_script(const Piece& piece) {
  return piece.language == Language::shell || piece.language == Language::powershell || piece.language == Language::batch ||
         piece.language == Language::makefile;
}

std::vector<ShellSink> sinks_of(const ShellScript& script) {
  std::vector<ShellSink> sinks;
  for (std::size_t i = 0; i < script.commands.size(); ++i) {
    add_redirections(sinks, script, i);
    add_tee_targets(sinks, script, i);
  }
  return sinks;
}

bool writes_token(const Piece& piece, const ShellScript& script, const ShellSink& sink, TokenName name) {
  const Writing writing{piece, script, name};
  return std::any_of(sink.writers.begin(), sink.writers.end(),
                     [&writing](const ShellCommand* command) { return writing.writes(*command); });
}

}  // namespace hfscan
