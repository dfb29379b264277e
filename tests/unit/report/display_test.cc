#include "report/display.h"

#include <gtest/gtest.h>

#include <random>

#include "base/text.h"
#include "report/frame.h"

namespace hfscan {
namespace {

std::size_t width_of(std::string_view text) { return total_width(glyphs_of(text)); }

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(width_of("hf_…(37)"), 8U);
  EXPECT_EQ(width_of("é"), 1U);
  EXPECT_EQ(width_of("e\xCC\x81"), 1U);  // with a combining accent
  EXPECT_EQ(width_of("日本"), 4U);
  EXPECT_EQ(width_of("😀"), 2U);
  EXPECT_EQ(width_of(""), 0U);
}

TEST(DisplayWidth, TabsStopAtEveryFourthColumn) {
  EXPECT_EQ(width_of("\t"), 4U);
  EXPECT_EQ(width_of("ab\tc"), 5U);
  EXPECT_EQ(width_of("abcd\t"), 8U);
  EXPECT_EQ(clip(glyphs_of("ab\tc"), 0, 0), "ab  c");
}

TEST(DisplayWidth, ControlCharactersAreAsWideAsTheirEscapes) {
  EXPECT_EQ(clip(glyphs_of("a\x1b[b"), 0, 0), "a\\x1b[b");
  EXPECT_EQ(width_of("a\x1b[b"), 7U);
}

TEST(Clip, SaysWhereItCut) {
  const std::vector<Glyph> glyphs = glyphs_of("0123456789abcdefghij");
  EXPECT_EQ(clip(glyphs, 0, 20), "0123456789abcdefghij");
  EXPECT_EQ(clip(glyphs, 0, 10), "0123456...");
  EXPECT_EQ(clip(glyphs, 10, 10), "...defghij");
  EXPECT_EQ(clip(glyphs, 5, 10), "...89ab...");
}

TEST(Clip, HalfAWideCharacterIsASpace) { EXPECT_EQ(clip(glyphs_of("日日日日日日日日"), 2, 0), "... 日日日日日"); }

TEST(Wrap, BreaksAtSpacesAndKeepsLongWords) {
  EXPECT_EQ(wrap("one two three", 2, 9), "one two\n  three");
  EXPECT_EQ(wrap("one two three", 2, 0), "one two three");
  EXPECT_EQ(wrap("https://example.com/long then", 4, 10), "https://example.com/long\n    then");
  EXPECT_EQ(wrap("", 4, 10), "");
}

TEST(Painter, AddsNothingWithoutColour) {
  EXPECT_EQ(Painter(false)(Ink::error, "x"), "x");
  EXPECT_EQ(Painter(true)(Ink::plain, "x"), "x");
  EXPECT_EQ(Painter(true)(ink_of(Severity::error), "x"), "\x1b[1;31mx\x1b[0m");
}

std::string random_line(std::mt19937& random, std::size_t pieces) {
  static const std::vector<std::string> kPieces = {"a", "bc", " ", "\t", "é", "日", "😀", "e\xCC\x81", "\x1b", "\xFF", "x = y;"};
  std::string line;
  for (std::size_t i = 0; i < pieces; ++i) line += kPieces[random() % kPieces.size()];
  return line;
}

// Where `needle` stands in a printed line, in columns.
std::size_t column_of_text(const std::string& line, const std::string& needle) {
  return width_of(line.substr(0, line.find(needle)));
}

// Whatever stands around it and however narrow the terminal: the mark is as wide as the hit and right under it.
TEST(Frame, MarkStandsUnderTheHit) {
  std::mt19937 random(11);  // NOLINT: the same lines in every run
  const std::string hit = "hf_…(37)";
  for (int round = 0; round < 2000; ++round) {
    Excerpt excerpt;
    excerpt.first_line = 9;
    excerpt.hit_line = 1;
    const std::string before = random_line(random, random() % 60);
    excerpt.lines = {random_line(random, random() % 60), before + hit + random_line(random, random() % 60), ""};
    excerpt.mark_begin = before.size();
    excerpt.mark_end = before.size() + hit.size();
    const std::size_t width = random() % 3 == 0 ? 0 : 30 + random() % 90;
    const std::string frame = render_frame(excerpt, {Painter(false), Ink::error, 2, width});
    const std::vector<std::string_view> lines = split_lines(frame);
    ASSERT_EQ(lines.size(), 5U);
    const std::string shown(lines[2]);
    const std::string marks(lines[3]);
    ASSERT_NE(shown.find(hit), std::string::npos) << frame;
    EXPECT_EQ(column_of_text(shown, hit), marks.find('^')) << frame;
    EXPECT_EQ(marks.size() - marks.find('^'), width_of(hit)) << frame;
    for (const std::string_view line : lines) EXPECT_TRUE(width == 0 || width_of(line) <= width) << frame;
  }
}

TEST(Frame, MarkBeyondTheLineIsShownAtItsEnd) {
  const Excerpt excerpt = {1, {"abc"}, 0, 90, 95};
  EXPECT_EQ(render_frame(excerpt, {Painter(false), Ink::error, 1, 0}), "  |\n1 | abc\n  |    ^\n");
}

TEST(Frame, ExcerptWithoutLinesHasNone) { EXPECT_EQ(render_frame({}, {Painter(false), Ink::error, 1, 0}), ""); }

}  // namespace
}  // namespace hfscan
