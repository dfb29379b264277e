// Tested by tests/unit/hygiene/pieces_test.cc.
#include "hygiene/pieces.h"

#include <algorithm>
#include <array>
#include <span>

#include "syntax/code_value.h"
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

Piece command_line() {
  Piece piece = like(Language::shell, ShellLayout::transcript);
  piece.command_line = true;
  return piece;
}

void add_command_line(FileView& view, const Piece& parent, ByteSpan span) {
  MappedText line;
  line.append_copied(parent.text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size())),
                     span.begin);
  view.add_piece(parent, Language::shell, std::move(line), command_line());
}

// Lines of a stretch of text that look like commands; a backslash at the end goes on with the next.
void add_command_lines(FileView& view, const Piece& piece, ByteSpan stretch) {
  const auto stretch_end = static_cast<std::size_t>(stretch.end);
  for (auto at = static_cast<std::size_t>(stretch.begin); at < stretch_end;) {
    std::size_t end = std::min(piece.text.find('\n', at), stretch_end);
    const bool command = starts_like_command(piece.text.substr(at, end - at));
    while (command && end < stretch_end && end > at && piece.text[end - 1] == '\\')
      end = std::min(piece.text.find('\n', end + 1), stretch_end);
    if (command) add_command_line(view, piece, {at, end});
    at = end + 1;
  }
}

// Commands that people are told to type stand in prose as well, between backticks or on a line of their own.
void add_commands_of_prose(FileView& view, const Piece& piece, const DocumentParts& parts) {
  for (const ByteSpan span : parts.inline_code) add_command_line(view, piece, span);
  for (const ByteSpan prose : parts.prose) add_command_lines(view, piece, prose);
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
  add_commands_of_prose(view, piece, parts);
}

// Lines anywhere in a text of no known structure.
void add_commands_of_text(FileView& view, const Piece& piece) { add_command_lines(view, piece, {0, piece.text.size()}); }

// Without the marks of a comment at its start.
ByteSpan comment_body(std::string_view text, ByteSpan span) {
  while (span.begin < span.end &&
         std::string_view("#/*!- \t").find(text[static_cast<std::size_t>(span.begin)]) != std::string_view::npos)
    ++span.begin;
  return span;
}

void take_apart_notebook(FileView& view, const Piece& piece) {
  const Notebook& notebook = view.notebook(piece);
  for (const NotebookCell& cell : notebook.cells) {
    if (cell.type == CellType::markdown) {
      Piece shown = like(Language::markdown);
      shown.documentation = true;
      view.add_piece(piece, Language::markdown, cell.source, shown);
    }
    for (const NotebookPart& part : cell.parts) {
      const Language language = part.kind == PartKind::environment    ? Language::dotenv
                                : part.kind == PartKind::written_file ? language_of(part.argument, part.text.text)
                                                                      : part.language;
      view.add_piece(piece, language, part.text, like(language));
    }
  }
  // No JSON, or no notebook: what it says may still be commands.
  if (notebook.gave_up && notebook.cells.empty()) add_commands_of_text(view, piece);
}

void take_apart_dockerfile(FileView& view, const Piece& piece) {
  for (const DockerInstruction& instruction : view.dockerfile(piece).instructions) {
    static constexpr std::array<std::string_view, 4> kRunning = {"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"};
    if (!is_one_of(instruction.keyword, kRunning)) continue;
    if (instruction.form == DockerForm::shell)
      view.add_piece(piece, Language::shell, shell_text_of(instruction, piece.text), like(Language::shell));
    // ["sh", "-c", "script"]
    for (std::size_t i = 0; i + 1 < instruction.exec.size(); ++i) {
      if (instruction.exec[i].text == "-c")
        view.add_piece(piece, Language::shell, instruction.exec[i + 1], like(Language::shell));
    }
  }
}

// Strings that are commands: the scripts of package.json, tasks of editors, tool calls.
void take_apart_json(FileView& view, const Piece& piece) {
  const JsonTree& json = view.json(piece);
  const std::uint32_t scripts = json.member(json.root(), "scripts");
  for (std::uint32_t node = 0; node < json.nodes.size(); ++node) {
    if (json.nodes[node].kind != JsonKind::string) continue;
    const MappedText value = json.value(node);
    if (json.nodes[node].parent == scripts || starts_like_command(value.text))
      view.add_piece(piece, Language::shell, value, like(Language::shell));
  }
}

// Strings and comments of a program that are commands, or hold lines that are.
void take_apart_code(FileView& view, const Piece& piece) {
  const CodeTree& code = view.code(piece);
  for (std::uint32_t i = 0; i < code.tokens.size(); ++i) {
    const CodeToken& token = code.tokens[i];
    const std::string_view spelled = code.spelled(i);
    if (token.kind == TokenKind::comment || (token.kind == TokenKind::string && spelled.find('\n') != std::string_view::npos)) {
      Piece shown = piece;
      shown.documentation = true;
      add_command_lines(view, shown, token.kind == TokenKind::comment ? comment_body(code.text, token.span()) : token.value());
    } else if (token.kind == TokenKind::string && !token.interpolated && starts_like_command(code.spelled(token.value()))) {
      view.add_piece(piece, Language::shell, decoded(code, i), command_line());
    }
  }
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
    case Language::notebook: take_apart_notebook(view, piece); return;
    case Language::dockerfile: take_apart_dockerfile(view, piece); return;
    case Language::json: take_apart_json(view, piece); return;
    case Language::python:
    case Language::javascript:
    case Language::groovy: take_apart_code(view, piece); return;
    case Language::text:
    case Language::toml:
    case Language::ini: add_commands_of_text(view, piece); return;
    default: return;
  }
}

}  // namespace hfscan
