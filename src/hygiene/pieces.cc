// Tested by tests/unit/hygiene/pieces_test.cc.
#include "hygiene/pieces.h"

#include <algorithm>
#include <array>

#include "syntax/markdown.h"

namespace hfscan {
namespace {

using Names = std::span<const std::string_view>;

bool is_one_of(std::string_view name, Names names) { return std::find(names.begin(), names.end(), name) != names.end(); }

// Keys whose values are scripts, in the CI systems and tools that keep them in YAML.
constexpr std::array<std::string_view, 18> kScriptKeys = {
    "run",   "script", "before_script", "after_script", "command", "commands",       "cmd",  "cmds", "bash", "sh",
    "shell", "setup",  "inlineScript",  "entrypoint",   "install", "before_install", "test", "args"};

Piece like(Language language, ShellLayout layout = ShellLayout::script) {
  Piece piece;
  piece.language = language;
  piece.shell.layout = layout;
  return piece;
}

void add_script(FileView& view, const Piece& parent, const YamlNode& script, Language language) {
  if (script.is_scalar()) view.add_piece(parent, language, script.mapped(), like(language));
}

Language language_of_step(const GhaStep& step) {
  if (step.shell.starts_with("python")) return Language::python;
  if (step.shell.starts_with("pwsh") || step.shell.starts_with("powershell")) return Language::powershell;
  if (step.shell.starts_with("cmd")) return Language::batch;
  return Language::shell;
}

void take_apart_workflow(FileView& view, const Piece& piece, const GhaWorkflow& workflow) {
  for (const GhaJob& job : workflow.jobs) {
    for (const GhaStep& step : job.steps) add_script(view, piece, step.run, language_of_step(step));
  }
}

void take_apart_yaml(FileView& view, const Piece& piece) {
  if (const GhaWorkflow* workflow = view.workflow(piece)) {
    take_apart_workflow(view, piece, *workflow);
    return;
  }
  for (const YamlNode& mapping : view.yaml(piece).mappings()) {
    for (const YamlPair& pair : mapping.pairs()) {
      if (!is_one_of(pair.key.text(), kScriptKeys)) continue;
      for (const YamlNode& script : pair.value.items_or_self()) add_script(view, piece, script, Language::shell);
    }
  }
}

// Commands that people are told to type stand in prose as well, between backticks or on a line of their own.
void add_command_lines(FileView& view, const Piece& piece, const DocumentParts& parts) {
  const auto add = [&](ByteSpan span) {
    MappedText line;
    line.append_copied(piece.text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size())),
                       span.begin);
    Piece command = like(Language::shell, ShellLayout::transcript);
    command.command_line = true;
    view.add_piece(piece, Language::shell, std::move(line), command);
  };
  for (const ByteSpan span : parts.inline_code) add(span);
  for (const ByteSpan prose : parts.prose) {
    for (auto at = static_cast<std::size_t>(prose.begin); at < prose.end;) {
      const std::size_t end = std::min(piece.text.find('\n', at), static_cast<std::size_t>(prose.end));
      if (starts_like_command(piece.text.substr(at, end - at))) add({at, end});
      at = end + 1;
    }
  }
}

void take_apart_document(FileView& view, const Piece& piece) {
  const DocumentParts parts =
      piece.language == Language::restructured_text ? read_restructured_text(piece.text) : read_markdown(piece.text);
  for (const Fragment& fragment : parts.code) {
    // A block that does not say what it is is read for commands: that is what most of them show.
    const bool unnamed = fragment.language == Language::text && fragment.info.empty();
    const Language language = unnamed ? Language::shell : fragment.language;
    view.add_piece(piece, language, fragment.code, like(language, ShellLayout::transcript));
  }
  add_command_lines(view, piece, parts);
}

}  // namespace

bool is_documentation(Language language) { return language == Language::markdown || language == Language::restructured_text; }

bool starts_like_command(std::string_view line) {
  static constexpr std::array<std::string_view, 40> kPrograms = {"hf",        "huggingface-cli",
                                                                 "git",       "docker",
                                                                 "podman",    "kubectl",
                                                                 "helm",      "curl",
                                                                 "wget",      "python",
                                                                 "python3",   "pip",
                                                                 "uv",        "uvx",
                                                                 "export",    "echo",
                                                                 "printf",    "gh",
                                                                 "glab",      "sbatch",
                                                                 "srun",      "singularity",
                                                                 "apptainer", "modal",
                                                                 "sky",       "vault",
                                                                 "aws",       "gcloud",
                                                                 "az",        "accelerate",
                                                                 "torchrun",  "printenv",
                                                                 "env",       "cat",
                                                                 "set",       "sudo",
                                                                 "nomad",     "terraform",
                                                                 "npx",       "claude"};
  std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  if (line.substr(begin).starts_with("$ ")) return true;
  const std::size_t end = std::min(line.find_first_of(" \t", begin), line.size());
  const std::string_view word = line.substr(begin, end - begin);
  return is_one_of(word, kPrograms) || (word.find("HF_TOKEN=") != std::string_view::npos && word.front() == 'H');
}

void take_apart(FileView& view, const Piece& piece) {
  switch (piece.language) {
    case Language::yaml: take_apart_yaml(view, piece); return;
    case Language::markdown:
    case Language::restructured_text: take_apart_document(view, piece); return;
    default: return;
  }
}

}  // namespace hfscan
