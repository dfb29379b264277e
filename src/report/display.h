// What a terminal makes of text: how many columns it takes, where it may be cut or wrapped, how it is coloured. Separate from
// the text report so that the arithmetic of columns can be tested alone.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/rule.h"

namespace hfscan {

enum class Ink { plain, error, warning, note, good, frame, strong };
Ink ink_of(Severity severity);

// Colours with ANSI sequences (ECMA-48 SGR), or not at all.
class Painter {
 public:
  explicit Painter(bool colour) : colour_(colour) {}
  [[nodiscard]] std::string operator()(Ink ink, std::string_view text) const;

 private:
  bool colour_;
};

// Columns of one character: 0 for combining marks, 2 for East Asian wide and emoji, else 1. The ranges are the blocks of
// Unicode 15 (EastAsianWidth.txt, general category Mn), coarsened to what occurs in source text.
std::size_t column_width(char32_t character);

// One printable unit of a line: a character, a tab as spaces, or the escape of something that must not reach a terminal.
struct Glyph {
  std::string text;
  std::size_t byte;    // where it begins in the line
  std::size_t column;  // 0-based
  std::size_t width;
};

// Tabs stop at every fourth column.
std::vector<Glyph> glyphs_of(std::string_view line);

// Of all glyphs together.
std::size_t total_width(const std::vector<Glyph>& glyphs);

// The column at which the byte `offset` of the line is shown.
std::size_t column_of(const std::vector<Glyph>& glyphs, std::size_t offset);

// The part from column `left` on that fits into `width` columns; what is cut on either side is shown as "...". Width 0: all.
std::string clip(const std::vector<Glyph>& glyphs, std::size_t left, std::size_t width);

// Breaks at spaces so that no line but one of a single long word is wider than `width`; further lines begin with `indent`
// spaces, and the first line is taken to begin there, too. Width 0: no breaks. `text` is printable already.
std::string wrap(std::string_view text, std::size_t indent, std::size_t width);

}  // namespace hfscan
