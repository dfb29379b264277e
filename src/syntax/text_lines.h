// Lines and their indentation, as the readers of line-oriented languages need them. Separate so that tabs and line ends mean
// the same in each of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/location.h"

namespace hfscan {

struct TextLine {
  std::size_t begin;  // in the whole text
  std::size_t end;    // before the line end
  std::size_t next;   // behind the line end

  [[nodiscard]] std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
};

// Lines end at LF, CR LF or CR.
inline TextLine line_at(std::string_view text, std::size_t begin) {
  const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
  const bool two = text.substr(end, 2) == "\r\n";
  return {begin, end, std::min(end + (two ? 2 : 1), text.size())};
}

inline bool is_blank_line(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

struct Indentation {
  std::size_t columns = 0;
  std::size_t bytes = 0;
};

// The blanks at the start of a line, at most `limit` columns of them; a tab goes on to the next multiple of `tab` columns and
// is taken whole.
inline Indentation indentation_of(std::string_view line, std::size_t tab, std::size_t limit = static_cast<std::size_t>(-1)) {
  Indentation found;
  while (found.bytes < line.size() && found.columns < limit) {
    if (line[found.bytes] == ' ')
      ++found.columns;
    else if (line[found.bytes] == '\t')
      found.columns += tab - found.columns % tab;
    else
      break;
    ++found.bytes;
  }
  return found;
}

// The insides of code spans: runs of backticks closed by a run of the same length (CommonMark 0.30, section 6.1; the roles and
// literals of reST have the same form). An escaped run opens nothing. Appends to `found`; linear.
void append_inline_code(std::string_view text, ByteSpan paragraph, std::vector<ByteSpan>& found);

}  // namespace hfscan
