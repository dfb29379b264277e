#include "report/display.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/utf.h"

namespace hfscan {
namespace {

constexpr std::string_view kCut = "...";
constexpr std::size_t kTabStop = 4;

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array<Range, 13> kZeroWidth = {{{0x0300, 0x036F},
                                               {0x0483, 0x0489},
                                               {0x0591, 0x05BD},
                                               {0x0610, 0x061A},
                                               {0x064B, 0x065F},
                                               {0x0E34, 0x0E3A},
                                               {0x1AB0, 0x1AFF},
                                               {0x1DC0, 0x1DFF},
                                               {0x20D0, 0x20FF},
                                               {0xFE00, 0xFE0F},
                                               {0xFE20, 0xFE2F},
                                               {0x1F3FB, 0x1F3FF},
                                               {0xE0000, 0xE01EF}}};

constexpr std::array<Range, 14> kDoubleWidth = {{{0x1100, 0x115F},
                                                 {0x2E80, 0x303E},
                                                 {0x3041, 0x4DBF},
                                                 {0x4E00, 0xA4CF},
                                                 {0xA960, 0xA97F},
                                                 {0xAC00, 0xD7A3},
                                                 {0xF900, 0xFAFF},
                                                 {0xFE30, 0xFE6F},
                                                 {0xFF00, 0xFF60},
                                                 {0xFFE0, 0xFFE6},
                                                 {0x1F300, 0x1F64F},
                                                 {0x1F680, 0x1F6FF},
                                                 {0x1F900, 0x1FAFF},
                                                 {0x20000, 0x3FFFD}}};

template <std::size_t N>
bool contains(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](const Range& range) { return range.first <= c && c <= range.last; });
}

const char* sgr_of(Ink ink) {
  switch (ink) {
    case Ink::error: return "1;31";
    case Ink::warning: return "1;33";
    case Ink::note: return "1;36";
    case Ink::good: return "1;32";
    case Ink::frame: return "34";
    case Ink::strong: return "1";
    case Ink::plain: break;
  }
  return "";
}

Glyph glyph_at(std::string_view line, std::size_t byte, std::size_t column) {
  const DecodedCharacter next = decode_utf8(line, byte);
  if (next.value == '\t') {
    const std::size_t width = kTabStop - column % kTabStop;
    return {std::string(width, ' '), byte, column, width};
  }
  const std::string_view raw = line.substr(byte, next.length);
  std::string shown = escape_for_display(raw);
  const std::size_t width = shown == raw ? column_width(next.value) : shown.size();
  return {std::move(shown), byte, column, width};
}

std::size_t text_width(std::string_view text) { return total_width(glyphs_of(text)); }

}  // namespace

Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::error: return Ink::error;
    case Severity::warning: return Ink::warning;
    case Severity::note: break;
  }
  return Ink::note;
}

std::string Painter::operator()(Ink ink, std::string_view text) const {
  if (!colour_ || ink == Ink::plain || text.empty()) return std::string(text);
  return cat("\x1b[", sgr_of(ink), "m", text, "\x1b[0m");
}

std::size_t column_width(char32_t character) {
  if (character < 0x300) return 1;
  if (contains(kZeroWidth, character)) return 0;
  return contains(kDoubleWidth, character) ? 2 : 1;
}

std::vector<Glyph> glyphs_of(std::string_view line) {
  std::vector<Glyph> glyphs;
  std::size_t column = 0;
  for (std::size_t byte = 0; byte < line.size(); byte += decode_utf8(line, byte).length) {
    glyphs.push_back(glyph_at(line, byte, column));
    column += glyphs.back().width;
  }
  return glyphs;
}

std::size_t total_width(const std::vector<Glyph>& glyphs) {
  return glyphs.empty() ? 0 : glyphs.back().column + glyphs.back().width;
}

std::size_t column_of(const std::vector<Glyph>& glyphs, std::size_t offset) {
  for (const Glyph& glyph : glyphs) {
    if (glyph.byte >= offset) return glyph.column;
  }
  return total_width(glyphs);
}

std::string clip(const std::vector<Glyph>& glyphs, std::size_t left, std::size_t width) {
  const std::size_t total = total_width(glyphs);
  const bool cut_right = width != 0 && total > left + width;
  const std::size_t begin = left == 0 ? 0 : left + kCut.size();
  const std::size_t end = cut_right ? left + width - kCut.size() : total;
  std::string text(left == 0 || total == 0 ? "" : kCut);
  std::size_t column = begin;
  for (const Glyph& glyph : glyphs) {
    if (glyph.column < begin || glyph.column + glyph.width > end) continue;
    text.append(glyph.column - column, ' ');  // half of a wide character was cut
    text += glyph.text;
    column = glyph.column + glyph.width;
  }
  if (cut_right) text += kCut;
  return text;
}

std::string wrap(std::string_view text, std::size_t indent, std::size_t width) {
  if (width == 0) return std::string(text);
  std::string out;
  std::size_t column = indent;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::string_view word = text.substr(begin, text.find(' ', begin) - begin);
    const std::size_t needed = text_width(word);
    if (begin != 0 && column + 1 + needed > width) {
      out += cat("\n", std::string(indent, ' '));
      column = indent;
    } else if (begin != 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += needed;
    begin += word.size() + 1;
  }
  return out;
}

}  // namespace hfscan
