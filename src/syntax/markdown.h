// Documents as code blocks and prose: Markdown (CommonMark's blocks, as far as rules need them) and reStructuredText. What a
// document tells people to type is checked by the reader of its language; prose only where it looks like a command.
//
// Separate from the readers of those languages: a block is handed on as a MappedText with its language.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "syntax/language.h"
#include "syntax/offset_map.h"

namespace hfscan {

enum class FragmentKind {
  fenced,        // between ``` or ~~~
  indented,      // by four columns or a tab
  directive,     // reST: code-block, code, sourcecode, prompt
  literal,       // reST: after a paragraph that ends in `::`
  front_matter,  // between --- lines at the top
};

struct Fragment {
  FragmentKind kind = FragmentKind::fenced;
  std::string info;                    // as written: "bash", "{.python}", "yaml title=x"; empty when there is none
  Language language = Language::text;  // by the info string
  MappedText code;                     // without quote markers and indentation; ends as its last line ends
  ByteSpan span;                       // of the whole block with its fences, in the input
};

struct DocumentParts {
  std::vector<Fragment> code;
  std::vector<ByteSpan> prose;        // paragraphs, headings, tables, list items, with their markers: lines without a blank one
  std::vector<ByteSpan> inline_code;  // inside prose, without the backticks
  std::vector<ByteSpan> comments;     // <!-- ... -->, `.. text`: not shown to readers and not read for code
};

// Never fail; all spans lie in `text`, each list is in order, and every line that is not blank belongs to exactly one of code,
// prose and comments. Linear in the text.
//
// Markdown: fences may stand at any indentation, in list items and in block quotes (whose markers are taken off the code). A
// fence that is never closed runs to the end of its quote or of the text. MDX is read as Markdown.
DocumentParts read_markdown(std::string_view text);
DocumentParts read_restructured_text(std::string_view text);

}  // namespace hfscan
