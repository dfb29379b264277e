#include "detect/split_literal.h"

#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;

constexpr std::size_t kWanted = 34;

TEST(SplitLiteral, EveryJointAtEveryCutIsCrossed) {
  RandomText random(1);
  for (const std::string_view joint :
       {// operators and adjacent literals
        "\" + \"", "' + '", "\" \"", "\"\"", "\"\n    \"", "\" \\\n    \"", "\" +\n  \"", "\"\n  + \"", "\" . \"", "' .. '",
        "\" & \"", "\" & _\r\n    \"", "\", \"", "\" + f\"", "' r'", "\"\r\n\"", "\\\" + \\\"", "` + `", "' || '", "\" * \"",
        "\" ++ \"", "\" ^ \"", "\" <> \"", "\" << \"", "\".concat(\"", "\" u8\"", "\" Rb\"", "\"\n\n\"", "\" + \\n  \"",
        // braces of templates, the shell
        "${'", "{\"", "\"}", "'}{'", "\"", "'", "\"'",
        // comments
        "\" // why \"not\"\n  \"", "\" # why\n  \"", "' -- why\n || '", "\" /* why */ \"", "\" (* why *) ^ \"",
        "\" +  // a\n  // b\n\"",
        // line ends
        "\\\n", "\\\n    ", "=\n", "=\r\n",
        // tags
        "<wbr>", "<br/>", "</span><span class=\"x\">", "</w:t></w:r>\n<w:r><w:rPr/><w:t>", "<!-- x -->",
        // what is invisible
        "\xe2\x80\x8b", "\xe2\x80\x8d", "\xe2\x81\xa0", "\xef\xbb\xbf", "\xc2\xad", "\x1b[1;31m", "\x1b[0m\x1b[K"}) {
    for (std::size_t cut = 0; cut < kWanted; ++cut) {
      const std::string body = random.letters(kWanted);
      const std::string text = body.substr(0, cut) + std::string(joint) + body.substr(cut) + "\")";
      const auto joined = join_split_literal(text, 0, kWanted);
      ASSERT_TRUE(joined) << testing::PrintToString(joint) << " at " << cut;
      EXPECT_TRUE(joined->body == body);
      EXPECT_EQ(joined->end, text.size() - 2);
    }
  }
}

TEST(SplitLiteral, SeveralJointsAndAnOffsetAreCounted) {
  RandomText random(2);
  const std::string body = random.letters(kWanted);
  const std::string text = "x = \"" + body.substr(0, 10) + "\" + '" + body.substr(10, 10) + "' + \"" + body.substr(20) + "\"";
  const auto joined = join_split_literal(text, 5, kWanted);
  ASSERT_TRUE(joined);
  EXPECT_TRUE(joined->body == body);
  EXPECT_EQ(joined->end, text.size() - 1);
}

TEST(SplitLiteral, BodyWithoutAJointIsNotSplit) {
  EXPECT_FALSE(join_split_literal(RandomText(3).letters(kWanted) + "\"", 0, kWanted));
}

TEST(SplitLiteral, OneCharacterMoreOrLessIsNoBody) {
  RandomText random(4);
  for (const std::size_t size : {kWanted - 1, kWanted + 1, kWanted + 9}) {
    const std::string body = random.letters(size);
    EXPECT_FALSE(join_split_literal(body.substr(0, 12) + "\" + \"" + body.substr(12) + "\"", 0, kWanted)) << size;
  }
}

TEST(SplitLiteral, OtherTextBetweenThePiecesIsNoJoint) {
  RandomText random(5);
  for (const std::string_view between :
       {"\" x \"", " ",    "\" = \"", "(\"",      "\\n", "-",  "\n",  "${X}",         "{x}",     "}",   "\\n\", \"",
        "<",       "< a>", "<a",      "\" // \"", "=",   "=4", "\\x", "\xe2\x80\x93", "\x1b[2J", "\x1b"}) {
    const std::string text = random.letters(12) + std::string(between) + random.letters(22);
    EXPECT_FALSE(join_split_literal(text, 0, kWanted)) << testing::PrintToString(between);
  }
}

TEST(SplitLiteral, PiecesFurtherAwayThanTheWindowAreNotJoined) {
  RandomText random(6);
  const std::string body = random.letters(kWanted);
  EXPECT_FALSE(join_split_literal(body.substr(0, 12) + "\"" + std::string(600, ' ') + "\"" + body.substr(12), 0, kWanted));
}

TEST(SplitLiteral, OnlyALongLineIsTakenForAHardWrap) {
  RandomText random(8);
  const std::string body = random.letters(kWanted);
  for (const std::string_view line_end : {"\n", "\r\n", "\n    "}) {
    for (const std::size_t before : {40U, 47U, 48U, 70U, 150U}) {
      const std::string line = std::string("\n") + std::string(before, '-') + body.substr(0, 12);
      const std::string text = line + std::string(line_end) + body.substr(12) + " more";
      EXPECT_EQ(join_split_literal(text, before + 1, kWanted).has_value(), before + 12 >= 60) << before;
    }
  }
}

TEST(SplitLiteral, EveryTruncationOfATextIsHarmless) {
  RandomText random(7);
  const std::string body = random.letters(kWanted);
  const std::string text = body.substr(0, 20) + "\\\" + \\\n  f\\\"" + body.substr(20);
  for (std::size_t size = 0; size < text.size(); ++size) EXPECT_FALSE(join_split_literal(text.substr(0, size), 0, kWanted));
}

}  // namespace
}  // namespace hfscan
