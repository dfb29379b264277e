// The notebook's JSON. Format: the nbformat 4.5 schema; nbformat 3 has worksheets, `input` and `pyout`.
// Tested by tests/unit/syntax/notebook_test.cc.
#include "syntax/notebook.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace hfscan {
namespace {

// A kernel's or editor's name of a language; fewer spellings than language_named knows, for these are written by programs.
Language kernel_language(std::string_view name, Language otherwise) {
  const std::string lower = to_lower_ascii(name);
  if (lower.empty()) return otherwise;
  if (lower.starts_with("python") || lower.starts_with("ipython")) return Language::python;
  if (lower == "javascript" || lower == "typescript" || lower == "node" || lower == "deno") return Language::javascript;
  if (lower == "bash" || lower == "sh" || lower == "shellscript" || lower == "zsh") return Language::shell;
  if (lower == "groovy") return Language::groovy;
  return lower == "powershell" || lower == "pwsh" ? Language::powershell : Language::text;
}

// Output that is no text; what a scanner could find in it is found in the JSON itself.
bool is_media(std::string_view mime) {
  if (mime == "image/svg+xml") return false;
  return mime.starts_with("image/") || mime.starts_with("audio/") || mime.starts_with("video/") || mime.starts_with("font/") ||
         mime == "application/pdf" || mime == "application/octet-stream";
}

class NotebookReader {
 public:
  explicit NotebookReader(std::string_view text) {
    notebook_.json = read_json(text);
    notebook_.gave_up = notebook_.json.gave_up;
  }

  Notebook run() {
    const std::uint32_t root = json().root();
    notebook_.metadata = json().member(root, "metadata");
    notebook_.widget_state = json().member(notebook_.metadata, "widgets");
    read_language();
    const std::uint32_t worksheets = json().member(root, "worksheets");
    const std::uint32_t cells = json().member(root, "cells");
    if (cells == kNoJson && worksheets == kNoJson && !notebook_.gave_up)
      notebook_.gave_up = GaveUp{0, "no cells: not a notebook"};
    read_cells(cells);
    for (std::uint32_t sheet = json().first_child(worksheets); sheet != kNoJson; sheet = json().next(sheet))
      read_cells(json().member(sheet, "cells"));
    return std::move(notebook_);
  }

 private:
  const JsonTree& json() const { return notebook_.json; }
  std::string text_of(std::uint32_t node) const { return json().value(node).text; }

  void read_language() {
    const std::uint32_t kernel = json().member(notebook_.metadata, "kernelspec");
    const std::uint32_t info = json().member(notebook_.metadata, "language_info");
    notebook_.language = kernel_language(text_of(json().member(kernel, "language")), Language::python);
    notebook_.language = kernel_language(text_of(json().member(info, "name")), notebook_.language);
  }

  void read_cells(std::uint32_t cells) {
    if (!json().is(cells, JsonKind::array)) return;
    for (std::uint32_t cell = json().first_child(cells); cell != kNoJson; cell = json().next(cell))
      if (json().is(cell, JsonKind::object)) read_cell(cell);
  }

  void read_cell(std::uint32_t node) {
    if (notebook_.cells.size() == kMaxNotebookCells)
      return give_up({json().nodes[node].begin, "more cells than one notebook may have"});
    NotebookCell& cell = notebook_.cells.emplace_back();
    cell.span = json().nodes[node].span();
    cell.metadata = json().member(node, "metadata");
    const std::string type = text_of(json().member(node, "cell_type"));
    cell.type = type == "code" ? CellType::code : type == "raw" ? CellType::raw : CellType::markdown;
    const std::uint32_t source = json().member(node, "source");
    append_lines(source != kNoJson ? source : json().member(node, "input"), cell.source);
    if (cell.type != CellType::code) {
      cell.language = cell.type == CellType::markdown ? Language::markdown : Language::text;
      return;
    }
    const std::uint32_t editor = json().member(json().member(cell.metadata, "vscode"), "languageId");
    cell.language = kernel_language(text_of(editor), notebook_.language);
    CellParts parts = parts_of_cell(cell.source, cell.language);
    cell.parts = std::move(parts.parts);
    if (parts.gave_up) give_up(std::move(*parts.gave_up));
    const std::uint32_t outputs = json().member(node, "outputs");
    if (!json().is(outputs, JsonKind::array)) return;
    for (std::uint32_t output = json().first_child(outputs); output != kNoJson; output = json().next(output))
      read_output(output, cell.outputs);
  }

  void give_up(GaveUp reason) {
    if (!notebook_.gave_up) notebook_.gave_up = std::move(reason);
  }

  // A string, or a list of strings that are its lines with their ends.
  void append_lines(std::uint32_t node, MappedText& out) const {
    if (!json().is(node, JsonKind::array)) return json().append_value(node, out);
    for (std::uint32_t line = json().first_child(node); line != kNoJson; line = json().next(line))
      json().append_value(line, out);
  }

  bool is_list_of_strings(std::uint32_t node) const {
    if (!json().is(node, JsonKind::array)) return false;
    for (std::uint32_t item = json().first_child(node); item != kNoJson; item = json().next(item))
      if (!json().is(item, JsonKind::string)) return false;
    return true;
  }

  void read_output(std::uint32_t node, std::vector<NotebookOutput>& outputs) const {
    const std::string type = text_of(json().member(node, "output_type"));
    if (type == "stream") return read_stream(node, outputs);
    if (type == "error" || type == "pyerr") return read_error(node, outputs);
    const std::uint32_t data = json().member(node, "data");
    const bool old_format = data == kNoJson;
    for (std::uint32_t item = json().first_child(old_format ? node : data); item != kNoJson; item = json().next(item)) {
      const std::string mime = json().key(item).text;
      const bool wanted = old_format ? mime == "text" || mime == "html" : !is_media(mime);
      if (wanted) read_data(item, mime, outputs);
    }
  }

  void read_stream(std::uint32_t node, std::vector<NotebookOutput>& outputs) const {
    NotebookOutput& output = outputs.emplace_back();
    output.kind = OutputKind::stream;
    output.name = text_of(json().member(node, "name"));
    append_lines(json().member(node, "text"), output.text);
  }

  void read_data(std::uint32_t item, const std::string& mime, std::vector<NotebookOutput>& outputs) const {
    NotebookOutput& output = outputs.emplace_back();
    output.kind = OutputKind::data;
    output.name = mime;
    if (is_list_of_strings(item))
      append_lines(item, output.text);
    else
      json().append_value(item, output.text);
  }

  void read_error(std::uint32_t node, std::vector<NotebookOutput>& outputs) const {
    NotebookOutput& output = outputs.emplace_back();
    output.kind = OutputKind::error;
    output.name = "error";
    append_line(json().member(node, "ename"), output.text);
    append_line(json().member(node, "evalue"), output.text);
    const std::uint32_t traceback = json().member(node, "traceback");
    if (!json().is(traceback, JsonKind::array)) return append_line(traceback, output.text);
    for (std::uint32_t line = json().first_child(traceback); line != kNoJson; line = json().next(line))
      append_line(line, output.text);
  }

  void append_line(std::uint32_t node, MappedText& out) const {
    if (node == kNoJson) return;
    json().append_value(node, out);
    const std::uint64_t end = json().nodes[node].end;
    out.append_spelled("\n", {end, end});
  }

  Notebook notebook_;
};

}  // namespace

Notebook read_notebook(std::string_view text) { return NotebookReader(text).run(); }

}  // namespace hfscan
