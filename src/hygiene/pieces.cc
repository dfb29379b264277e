// Tested by tests/unit/hygiene/pieces_test.cc.
#include "hygiene/piece_makers.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hfscan {

Piece like(Language language, ShellLayout layout) {
  Piece piece;
  piece.language = language;
  piece.shell.layout = layout;
  return piece;
}

Language language_of_content(std::string_view text) {
  struct Beginning {
    std::string_view text;
    Language language;
  };
  static constexpr std::array<Beginning, 19> kBeginnings = {{{"FROM ", Language::dockerfile},
                                                             {"ARG ", Language::dockerfile},
                                                             {"apiVersion:", Language::yaml},
                                                             {"kind:", Language::yaml},
                                                             {"services:", Language::yaml},
                                                             {"version:", Language::yaml},
                                                             {"spec:", Language::yaml},
                                                             {"containers:", Language::yaml},
                                                             {"env:", Language::yaml},
                                                             {"- name:", Language::yaml},
                                                             {"[Unit]", Language::ini},
                                                             {"[Service]", Language::ini},
                                                             {"[program:", Language::ini},
                                                             {"variable \"", Language::hcl},
                                                             {"resource \"", Language::hcl},
                                                             {"terraform {", Language::hcl},
                                                             {"provider \"", Language::hcl},
                                                             {"output \"", Language::hcl},
                                                             {"module \"", Language::hcl}}};
  constexpr int kMostLines = 20;
  for (int lines = 0; lines < kMostLines && !text.empty(); ++lines) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#') || line == "---") continue;
    const auto begins = [line](const Beginning& beginning) { return line.starts_with(beginning.text); };
    const auto* const found = std::find_if(kBeginnings.begin(), kBeginnings.end(), begins);
    return found == kBeginnings.end() ? Language::text : found->language;
  }
  return Language::text;
}

void add_command_line(FileView& view, const Piece& parent, ByteSpan span) {
  MappedText line;
  line.append_copied(parent.text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size())),
                     span.begin);
  add_command_line(view, parent, std::move(line));
}

void add_command_line(FileView& view, const Piece& parent, MappedText line) {
  Piece command = like(Language::shell, ShellLayout::transcript);
  command.command_line = true;
  view.add_piece(parent, Language::shell, std::move(line), command);
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

void add_argument_list(FileView& view, const Piece& parent, std::span<const MappedText> arguments) {
  MappedText joined;
  // Arguments without their command. What the kubelet fills in is told by another rule.
  const auto of_kubelet = [](const MappedText& argument) { return argument.text.find("$(") != std::string::npos; };
  if (!arguments.empty() && arguments[0].text.starts_with('-') &&
      std::none_of(arguments.begin(), arguments.end(), of_kubelet)) {
    const std::uint64_t begin = arguments[0].map.to_parent({0, 0}).begin;
    joined.append_spelled("args", {begin, begin});
  }
  for (const MappedText& argument : arguments) {
    const std::uint64_t begin = argument.map.to_parent({0, 0}).begin;
    if (!joined.text.empty()) joined.append_spelled(" ", {begin, begin});
    joined.append(argument);
    if (argument.text.find_first_of(" \t\n") != std::string::npos)
      view.add_piece(parent, Language::shell, argument, like(Language::shell));
  }
  view.add_piece(parent, Language::shell, std::move(joined), like(Language::shell));
}

void take_apart_text(FileView& view, const Piece& piece) {
  if (piece.map == nullptr && view.path().find("cron") != std::string_view::npos) return take_apart_crontab(view, piece);
  add_command_lines(view, piece, {0, piece.text.size()});
}

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
  return std::find(kPrograms.begin(), kPrograms.end(), word) != kPrograms.end() ||
         (word.find("HF_TOKEN=") != std::string_view::npos && word.front() == 'H');
}

void take_apart(FileView& view, const Piece& piece) {
  switch (piece.language) {
    case Language::yaml: take_apart_yaml(view, piece); return;
    case Language::markdown:
    case Language::restructured_text: take_apart_document(view, piece); return;
    case Language::notebook: take_apart_notebook(view, piece); return;
    case Language::dockerfile: take_apart_dockerfile(view, piece); return;
    case Language::makefile: take_apart_makefile(view, piece); return;
    case Language::json: take_apart_json(view, piece); return;
    case Language::shell: take_apart_shell(view, piece); return;
    case Language::python:
    case Language::javascript:
    case Language::groovy: take_apart_code(view, piece); return;
    case Language::toml:
      take_apart_code(view, piece);  // its strings
      take_apart_text(view, piece);
      return;
    case Language::ini: take_apart_entries(view, piece); return;
    case Language::html: take_apart_html(view, piece); return;
    case Language::text: take_apart_text(view, piece); return;
    default: return;
  }
}

}  // namespace hfscan
