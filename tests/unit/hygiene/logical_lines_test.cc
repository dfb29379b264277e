// How languages join lines, and that every place in a joined line leads back into the text.
#include "hygiene/logical_lines.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "support/random_text.h"

namespace hfscan {
namespace {

using testing::ElementsAre;

std::vector<std::string> lines(Language language, std::string_view text) {
  Piece piece;
  piece.language = language;
  piece.text = text;
  std::vector<std::string> found;
  for_each_logical_line(piece, [&found](const MappedText& line) { found.push_back(line.text); });
  return found;
}

TEST(LogicalLines, BackslashJoinsLinesOfShellTextDockerfilesAndMakefiles) {
  constexpr std::string_view kText = "a \\\n   b\nc\n";
  for (const Language language : {Language::shell, Language::dockerfile, Language::makefile})
    EXPECT_THAT(lines(language, kText), ElementsAre("a  b", "c"));
}

TEST(LogicalLines, BackslashIsALetterElsewhere) { EXPECT_THAT(lines(Language::python, "a \\\nb\n"), ElementsAre("a \\", "b")); }

TEST(LogicalLines, LineEndsOfWindowsAreNoPartOfALine) {
  EXPECT_THAT(lines(Language::text, "a\r\nb\r\n"), ElementsAre("a", "b"));
  EXPECT_THAT(lines(Language::shell, "a \\\r\nb\r\nc"), ElementsAre("a  b", "c"));
}

TEST(LogicalLines, LastLineNeedsNoEndAndMayEndInABackslash) {
  EXPECT_THAT(lines(Language::shell, "a\nb"), ElementsAre("a", "b"));
  EXPECT_EQ(lines(Language::shell, "a\nb \\").size(), 2U);
  EXPECT_TRUE(lines(Language::shell, "").empty());
}

TEST(LogicalLines, WhatStandsInALongLineIsWholeInOneOfItsParts) {
  const std::string word = "NEEDLE";
  for (const std::size_t before : {65'530U, 65'533U, 65'536U, 126'970U, 200'000U}) {
    const std::string text = std::string(before, 'x') + word + std::string(70'000, 'y');
    const std::vector<std::string> parts = lines(Language::text, text);
    EXPECT_GT(parts.size(), 1U);
    EXPECT_TRUE(std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
      return part.find(word) != std::string::npos;
    })) << before;
  }
}

TEST(LogicalLines, EveryPlaceLeadsBackToItsByte) {
  test::RandomText random(11);
  for (int round = 0; round < 300; ++round) {
    const std::string text = random.of("ab \t\\\r\n#", 200);
    Piece piece;
    piece.language = Language::shell;
    piece.text = text;
    std::uint64_t last = 0;
    for_each_logical_line(piece, [&](const MappedText& line) {
      ASSERT_EQ(line.map.size(), line.text.size());
      for (std::size_t i = 0; i < line.text.size(); ++i) {
        const ByteSpan place = line.map.to_parent({i, i + 1});
        ASSERT_LE(place.end, text.size());
        ASSERT_GE(place.begin, last);
        last = place.begin;
        if (line.text[i] == ' ') continue;
        ASSERT_EQ(text[static_cast<std::size_t>(place.begin)], line.text[i]);
      }
    });
  }
}

}  // namespace
}  // namespace hfscan
