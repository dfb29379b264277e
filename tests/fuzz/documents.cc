#include "check.h"
#include "syntax/dockerfile.h"
#include "syntax/escapes.h"
#include "syntax/makefile.h"
#include "syntax/markdown.h"
#include "syntax/notebook.h"
#include "targets.h"

namespace hfscan::fuzz {
namespace {

void check_ordered(const std::vector<ByteSpan>& spans, std::size_t size) {
  std::uint64_t last = 0;
  for (const ByteSpan& span : spans) {
    check_span(span, size);
    require(span.begin >= last, "a list is in order");
    last = span.begin;
  }
}

// Every line that is not blank, in its quote, belongs to exactly one of code, prose and comments.
void check_lines(const DocumentParts& parts, std::string_view text) {
  std::vector<ByteSpan> all = parts.prose;
  all.insert(all.end(), parts.comments.begin(), parts.comments.end());
  for (const Fragment& fragment : parts.code) all.push_back(fragment.span);
  std::sort(all.begin(), all.end());
  std::uint64_t end = 0;
  for (const ByteSpan& span : all) {
    require(span.begin >= end, "parts do not overlap");
    require(slice(text, {end, span.begin}).find_first_not_of(" \t\r\n>") == std::string_view::npos || end == 0,
            "no line is lost between parts");
    end = span.end;
  }
}

void check_document(const DocumentParts& parts, std::string_view text) {
  for (const Fragment& fragment : parts.code) {
    check_span(fragment.span, text.size());
    check_mapped(fragment.code, text);
  }
  check_ordered(parts.prose, text.size());
  check_ordered(parts.inline_code, text.size());
  check_ordered(parts.comments, text.size());
  check_lines(parts, text);
}

void check_instruction(const DockerInstruction& instruction, const DockerFile& file, std::string_view text) {
  check_span(instruction.span, text.size());
  check_mapped(instruction.arguments, text);
  check_mapped(shell_text_of(instruction, text), text);
  require(instruction.stage == UINT32_MAX || instruction.stage < file.stages.size(), "a stage exists");
  for (const DockerFlag& flag : instruction.flags)
    require(instruction.span.contains(flag.span), "a flag lies in its instruction");
  for (const DockerPair& pair : instruction.pairs) {
    require(instruction.span.contains(pair.span), "a pair lies in its instruction");
    check_mapped(pair.value, text);
  }
  for (const MappedText& string : instruction.exec) check_mapped(string, text);
  for (const DockerHereDocument& document : instruction.here_documents) {
    check_span(document.lines, text.size());
    require(document.lines.contains(document.body), "a body lies in its lines");
  }
}

}  // namespace

void fuzz_markdown(std::string_view input) { check_document(read_markdown(input), input); }

void fuzz_restructured_text(std::string_view input) { check_document(read_restructured_text(input), input); }

void fuzz_notebook(std::string_view input) {
  const Notebook notebook = read_notebook(input);
  check_gave_up(notebook.gave_up, input.size());
  require(notebook.cells.size() <= kMaxNotebookCells, "cells are bounded");
  for (const NotebookCell& cell : notebook.cells) {
    check_span(cell.span, input.size());
    check_mapped(cell.source, input);
    require(cell.parts.size() <= kMaxCellParts + 1, "parts are bounded");
    for (const NotebookPart& part : cell.parts) check_mapped(part.text, input);
    for (const NotebookOutput& output : cell.outputs) check_mapped(output.text, input, Order::changed);
  }
}

void fuzz_dockerfile(std::string_view input) {
  const DockerFile file = read_dockerfile(input);
  check_gave_up(file.gave_up, input.size());
  require(file.instructions.size() <= kDockerInstructionLimit, "instructions are bounded");
  std::uint64_t last = 0;
  for (const DockerInstruction& instruction : file.instructions) {
    require(instruction.span.begin >= last, "instructions do not overlap");
    last = instruction.span.end;
    check_instruction(instruction, file, input);
  }
}

void fuzz_makefile(std::string_view input) {
  const Choice choice = take_choice(input, 2);
  const MakeFile file = read_makefile(choice.text, choice.value == 0 ? MakeFlavour::make : MakeFlavour::just);
  check_gave_up(file.gave_up, choice.text.size());
  for (const MakeVariable& variable : file.variables) {
    check_span(variable.span, choice.text.size());
    check_mapped(variable.value, choice.text);
  }
  for (const MakeRule& rule : file.rules) check_span(rule.span, choice.text.size());
  for (const MakeRecipe& recipe : file.recipes) {
    require(recipe.rule < file.rules.size(), "a recipe has a rule");
    check_span(recipe.span, choice.text.size());
    check_mapped(recipe.command, choice.text);
  }
}

void fuzz_escapes(std::string_view input) {
  static constexpr EscapeDialect kDialects[] = {EscapeDialect::none, EscapeDialect::python, EscapeDialect::javascript,
                                                EscapeDialect::json, EscapeDialect::hcl,    EscapeDialect::groovy};
  const Choice choice = take_choice(input, std::size(kDialects));
  MappedText out;
  append_unescaped(out, choice.text, 0, kDialects[choice.value]);
  check_mapped(out, choice.text);
  if (choice.value == 0) require(out.text == choice.text, "without a dialect nothing is undone");
}

}  // namespace hfscan::fuzz
