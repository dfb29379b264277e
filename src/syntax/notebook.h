// Jupyter notebooks (.ipynb, nbformat 3 and 4): cells, their code by language, their outputs, each as text with the way back to
// the place in the JSON. Separate because a notebook is read like a folder of small files: shell lines as shell, cells as
// Python.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/gave_up.h"
#include "syntax/json.h"
#include "syntax/language.h"
#include "syntax/offset_map.h"

namespace hfscan {

// What a piece of a code cell is.
enum class PartKind {
  code,          // the cell less its magics, which are blanks of the same length
  shell,         // of !cmd, %sx cmd, %pip ...: what the shell gets; of %%bash: the rest of the cell
  environment,   // %env NAME=value: "NAME=value", or "NAME value" as it stands
  written_file,  // %%writefile NAME: the content of the file that `argument` names
};

struct NotebookPart {
  PartKind kind = PartKind::code;
  Language language = Language::text;  // of a written file: text, for its name to decide
  std::string magic;                   // "!", "%sx", "%%bash"; empty for plain code
  std::string argument;                // what follows a cell magic on its line
  MappedText text;                     // mapped to the file
};

enum class OutputKind { stream, data, error };

struct NotebookOutput {
  OutputKind kind = OutputKind::stream;
  std::string name;  // "stdout"; "text/plain", of images and the like nothing is kept; "error"
  MappedText text;   // data that is no string: its JSON text; an error: name, message, traceback, a line each
};

enum class CellType { code, markdown, raw };

struct NotebookCell {
  CellType type = CellType::code;
  Language language = Language::python;
  MappedText source;
  std::vector<NotebookPart> parts;  // of a code cell
  std::vector<NotebookOutput> outputs;
  ByteSpan span;                     // of the cell in the file
  std::uint32_t metadata = kNoJson;  // node of `json`
};

struct Notebook {
  JsonTree json;  // the file's text must outlive the notebook
  Language language = Language::python;
  std::vector<NotebookCell> cells;
  std::uint32_t metadata = kNoJson;      // kernelspec and so on; widget state stands in it
  std::uint32_t widget_state = kNoJson;  // metadata.widgets
  std::optional<GaveUp> gave_up;         // no JSON, no notebook, or a limit below; cells before that place are there
};

Notebook read_notebook(std::string_view text);

// People's notebooks have some hundred cells, and a few parts in each.
constexpr std::size_t kMaxNotebookCells = 100'000;
constexpr std::size_t kMaxCellParts = 10'000;

struct CellParts {
  std::vector<NotebookPart> parts;
  std::optional<GaveUp> gave_up;  // kMaxCellParts: the magics from there on are left out, and blanked as usual
};

// The parts of a code cell. `source.map` leads to where the parts' maps shall lead. Magics are IPython's and are looked for in
// Python cells only; not within brackets or tripled strings, where a line may well begin with %.
CellParts parts_of_cell(const MappedText& source, Language language);

}  // namespace hfscan
