// Tested by tests/unit/hygiene/pieces_test.cc.
#include "hygiene/piece_makers.h"

#include <algorithm>

#include "detect/regex.h"
#include "syntax/code_value.h"
#include "syntax/markdown.h"

namespace hfscan {
namespace {

// A block that does not say what it is, not even by how it begins, is read for commands, which is what most of them show,
// unless it is part of a workflow or a manifest.
Language language_of_unnamed(std::string_view code) {
  static const Regex yaml(R"((?m)^[ \t]*(?:-[ \t]+)?(?:(?:jobs|steps|runs-on|uses|apiVersion):(?:[ \t]|$)|run:[ \t]))");
  return yaml.search(code) ? Language::yaml : Language::shell;
}

// Commands that people are told to type stand in prose as well, between backticks or on a line of their own.
void add_commands_of_prose(FileView& view, const Piece& piece, const DocumentParts& parts) {
  for (const ByteSpan span : parts.inline_code) add_command_line(view, piece, span);
  for (const ByteSpan prose : parts.prose) add_command_lines(view, piece, prose);
}

// Without the marks of a comment at its start.
ByteSpan comment_body(std::string_view text, ByteSpan span) {
  while (span.begin < span.end &&
         std::string_view("#/*!- \t").find(text[static_cast<std::size_t>(span.begin)]) != std::string_view::npos)
    ++span.begin;
  return span;
}

// Lines of a notebook as its JSON spells them, in a text that is none: `"!hf auth whoami\n",`.
void add_commands_of_cell_lines(FileView& view, const Piece& piece) {
  for (std::size_t at = 0, end = 0; at < piece.text.size(); at = end + 1) {
    end = std::min(piece.text.find('\n', at), piece.text.size());
    const std::string_view line = piece.text.substr(0, end);
    const std::size_t begin = std::min(line.find_first_not_of(" \t\"!%[", at), end);
    std::string_view command = line.substr(begin);
    for (const std::string_view tail : {"]", ",", "\"", "\\n"}) {
      if (command.ends_with(tail)) command.remove_suffix(tail.size());
    }
    if (starts_like_command(command)) add_command_line(view, piece, {begin, begin + command.size()});
  }
}

// What follows `mark` up to `end_mark`, from `at` on; empty and at the end of the text when there is none.
ByteSpan between(std::string_view text, std::size_t at, std::string_view mark, std::string_view end_mark) {
  const std::size_t open = text.find(mark, at);
  const std::size_t begin = open == std::string_view::npos ? open : text.find('>', open);
  if (begin == std::string_view::npos) return {text.size(), text.size()};
  return {begin + 1, std::min(text.find(end_mark, begin), text.size())};
}

}  // namespace

// The scripts of a page, a Vue or a Svelte component; commands in the rest.
void take_apart_html(FileView& view, const Piece& piece) {
  for (std::size_t at = 0; at < piece.text.size();) {
    const ByteSpan script = between(piece.text, at, "<script", "</script");
    MappedText body;
    body.append_copied(piece.text.substr(static_cast<std::size_t>(script.begin), static_cast<std::size_t>(script.size())),
                       script.begin);
    view.add_piece(piece, Language::javascript, std::move(body), like(Language::javascript));
    at = static_cast<std::size_t>(script.end);
  }
  take_apart_text(view, piece);
}

void take_apart_document(FileView& view, const Piece& piece) {
  const DocumentParts parts =
      piece.language == Language::restructured_text ? read_restructured_text(piece.text) : read_markdown(piece.text);
  for (const Fragment& fragment : parts.code) {
    const bool unnamed = fragment.language == Language::text && fragment.info.empty();
    Language language = fragment.language;
    if (language == Language::text) language = language_of_content(fragment.code.text);
    if (language == Language::text && unnamed) language = language_of_unnamed(fragment.code.text);
    view.add_piece(piece, language, fragment.code, like(language, ShellLayout::transcript));
  }
  add_commands_of_prose(view, piece, parts);
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
  if (notebook.gave_up && notebook.cells.empty()) add_commands_of_cell_lines(view, piece);
}

// Strings and comments of a program that are commands, or hold lines that are.
void take_apart_code(FileView& view, const Piece& piece) {
  const CodeTree& code = view.code(piece);
  std::size_t line_end = 0;      // the first one from the token on
  std::uint64_t read_up_to = 0;  // the end of the last string of several lines: strings in its fields have been read with it
  for (std::uint32_t i = 0; i < code.tokens.size(); ++i) {
    const CodeToken& token = code.tokens[i];
    if (line_end < token.begin) line_end = std::min(code.text.find('\n', token.begin), code.text.size());
    const bool lines = token.kind == TokenKind::string && line_end < token.end;
    if (lines && token.end <= read_up_to) continue;
    if (lines) read_up_to = token.end;
    if (token.kind == TokenKind::comment || lines) {
      Piece shown = piece;
      shown.documentation = token.kind == TokenKind::comment || piece.language != Language::groovy;  // sh """..."""
      add_command_lines(view, shown, token.kind == TokenKind::comment ? comment_body(code.text, token.span()) : token.value());
    } else if (token.kind == TokenKind::string && starts_like_command(code.spelled(token.value()))) {
      if (!token.interpolated)
        add_command_line(view, piece, decoded(code, i));
      else if (piece.language == Language::groovy)  // as in a shell: sh "... ${NAME}"
        add_command_line(view, piece, token.value());
    }
  }
}

}  // namespace hfscan
