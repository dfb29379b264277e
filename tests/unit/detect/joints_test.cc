#include "detect/joints.h"

#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;

constexpr std::string_view kRunBreaks[] = {"\n",           "\r\n",      "  \n",     "\n    ",      "\n# ",      "\n  // ",
                                           "\n * ",        "\n> > ",    "\n-- ",    "\n  - ",      "\n+ ",      "\\n",
                                           "\\r\\n",       "\\\\n",     "%0A",      "%0D%0A",      "&#10;",     "&#xD;&#xA;",
                                           "=\n",          "\\\n",      "\"\n  \"", "' +\n  '",    "\",\n  \"", "\\n\",\n  \"",
                                           "\\n\" +\n \"", "\"\n  b\"", "<br/>\n",  "\xe2\x80\x8b"};

TEST(Joints, EveryRunBreakIsCrossedInBothDirections) {
  RandomText random(1);
  for (const std::string_view between : kRunBreaks) {
    const std::string before = random.letters(20);
    const std::string text = before + std::string(between) + random.letters(20);
    EXPECT_EQ(skip_run_break(text, 20), 20 + between.size()) << testing::PrintToString(between);
    EXPECT_EQ(run_break_before(text, 20 + between.size()), 20) << testing::PrintToString(between);
  }
}

TEST(Joints, MarksThatBase64HasAreAPrefixOnlyBeforeABlank) {
  EXPECT_EQ(skip_run_break("ab\n//cd", 2), 3U);
  EXPECT_EQ(skip_run_break("ab\n// cd", 2), 6U);
  EXPECT_EQ(skip_run_break("ab\n+cd", 2), 3U);
  EXPECT_EQ(skip_run_break("ab\n- cd", 2), 5U);
  EXPECT_EQ(skip_run_break("ab\n#cd", 2), 4U);
}

TEST(Joints, WhatIsNoBreakIsNotCrossed) {
  for (const std::string_view text :
       {"ab cd", "ab:cd", "ab=cd", "ab\\cd", "ab\\xcd", "ab%cd", "ab&cd", "ab<cd", "ab.cd", "ab"}) {
    EXPECT_EQ(skip_run_break(text, 2), 2U) << text;
    EXPECT_EQ(skip_joint(text, 2), 2U) << text;
  }
}

TEST(Joints, AnchorsAskFirstWhetherAJointMayBegin) {
  RandomText random(2);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = "a" + random.of("\"'`\\\n\r=<>{}$+.,& /#*-bru\x1b[0m\xe2\x80\x8b", 12);
    if (skip_joint(text, 1) == 1) continue;
    EXPECT_TRUE(may_begin_joint(text, 1)) << testing::PrintToString(text);
  }
}

TEST(Joints, NoJointIsLongerThanItsBound) {
  RandomText random(3);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = random.of("\"'`\\\n\r=<>{}$+.,& /#*-bru\x1b[0m", 900);
    for (std::size_t i = 0; i < text.size(); i += 50) {
      EXPECT_LE(skip_joint(text, i), i + kLongestJoint);
      EXPECT_LE(skip_run_break(text, i), i + kLongestRunBreak);
      EXPECT_GE(run_break_before(text, i) + kLongestRunBreak, i);
    }
  }
}

}  // namespace
}  // namespace hfscan
