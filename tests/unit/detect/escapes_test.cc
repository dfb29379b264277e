#include "detect/escapes.h"

#include <gtest/gtest.h>

#include <tuple>

#include "support/random_text.h"

namespace hfscan {
namespace {

TEST(Escapes, EveryFormGivesItsCharacterAndKind) {
  for (const auto& [text, character, kind] : std::initializer_list<std::tuple<std::string_view, char32_t, EscapeKind>>{
           {"\\_", '_', EscapeKind::backslash},
           {"\\\\", '\\', EscapeKind::backslash},
           {"\\n", '\n', EscapeKind::backslash},
           {"{\\_}", '_', EscapeKind::backslash},
           {"\\x5f", '_', EscapeKind::hex},
           {"\\x{5F}", '_', EscapeKind::hex},
           {"\\u005F", '_', EscapeKind::unicode},
           {"\\u{5f}", '_', EscapeKind::unicode},
           {"\\u{1F600}", 0x1F600, EscapeKind::unicode},
           {"\\U0000005f", '_', EscapeKind::unicode},
           {"\\137", '_', EscapeKind::octal},
           {"\\0137", '_', EscapeKind::octal},
           {"%5f", '_', EscapeKind::percent},
           {"%u005F", '_', EscapeKind::percent},
           {"&#95;", '_', EscapeKind::html_entity},
           {"&#095;", '_', EscapeKind::html_entity},
           {"&#x5f;", '_', EscapeKind::html_entity},
           {"&#X5F;", '_', EscapeKind::html_entity},
           {"&lowbar;", '_', EscapeKind::html_entity},
           {"&UnderBar;", '_', EscapeKind::html_entity},
           {"&shy;", 0xAD, EscapeKind::html_entity},
           {"=5F", '_', EscapeKind::quoted_printable},
       }) {
    const std::string padded = "ab" + std::string(text) + "cd";
    const auto escape = escape_at(padded, 2);
    ASSERT_TRUE(escape) << text;
    EXPECT_EQ(escape->character, character) << text;
    EXPECT_EQ(escape->end, 2 + text.size()) << text;
    EXPECT_EQ(escape->kind, kind) << text;
    EXPECT_EQ(name_of(kind).empty(), false);
  }
}

TEST(Escapes, WhatIsCutOrOutOfRangeIsNoEscape) {
  for (const std::string_view text :
       {"",           "a",    "\\",          "\\q",     "\\x5",   "\\xg0", "\\u005", "\\u{}", "\\u{5f", "\\u{110000}",
        "\\U0000005", "\\13", "\\18",        "\\777",   "%",      "%5",    "%g0",    "%u005", "&",      "&#;",
        "&#95",       "&#x;", "&#99999999;", "&lowbar", "&none;", "=",     "=5",     "=\n",   "{",      "{\\}"})
    EXPECT_FALSE(escape_at(text, 0)) << text;
}

TEST(Escapes, NestedEscapesAreReadThrough) {
  for (const std::string_view text : {"_", "\\_", "\\\\_", "\\\\\\_", "\\\\u005f", "\\\\\\\\u005f", "%255F", "%25255f",
                                      "&amp;#95;", "&amp;amp;lowbar;", "\\\\\\\\137"}) {
    const auto spelled = spelled_at(text, 0);
    ASSERT_TRUE(spelled) << text;
    EXPECT_EQ(spelled->character, U'_') << text;
    EXPECT_EQ(spelled->end, text.size()) << text;
  }
  EXPECT_FALSE(spelled_at("", 0));
}

TEST(Escapes, AWordIsReadInAnySpelling) {
  EXPECT_EQ(end_of_spelled("xhf_y", 1, "hf_"), 4U);
  EXPECT_EQ(end_of_spelled("%68\\u0066&#95;", 0, "hf_"), 14U);
  EXPECT_EQ(end_of_spelled("hf-", 0, "hf_"), std::string_view::npos);
  EXPECT_EQ(end_of_spelled("hf", 0, "hf_"), std::string_view::npos);
}

TEST(Escapes, AnyBytesGiveAnEndInsideTheText) {
  test::RandomText random(1);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = random.of("\\%&=#xuU{}0157amp;lowbar_", 1 + random.below(30));
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (const auto escape = escape_at(text, i)) {
        EXPECT_GT(escape->end, i);
        EXPECT_LE(escape->end, text.size());
      }
      EXPECT_LE(spelled_at(text, i)->end, text.size());
    }
  }
}

}  // namespace
}  // namespace hfscan
