#include "base/shell_word.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "support/process.h"

namespace hfscan {
namespace {

TEST(ShellWord, SurvivesAShell) {
  for (const std::string word : {"plain/path", "a b", "it's", "$(x)", "~", "~root", "=ls", "*", "a;b", "\u00e9", "#no"}) {
    EXPECT_EQ(test::run_process({"sh", "-c", cat("printf %s ", shell_word(word, "WORD"))}).out, word);
  }
}

TEST(ShellWord, IsQuotedOnlyWhenItNeedsToBe) {
  EXPECT_EQ(shell_word("HF_TOKEN", "NAME"), "HF_TOKEN");
  EXPECT_EQ(shell_word("two words", "NAME"), "'two words'");
}

TEST(ShellWord, WhatCannotBeShownOrIsAnOptionIsAPlaceholder) {
  for (const std::string text : {"", "-x", "a\nb", "\x1b[2J", "\xff"}) EXPECT_EQ(shell_word(text, "NAME"), "NAME");
}

TEST(ShellWord, ThatIsExactSurvivesAShell) {
  for (const std::string word :
       {"plain/path", "a b", "it's", "$(x)", "", "~", "-n", "a\nb", "*", "100% \x1b[31m'\\n\n\n", "\xe2\x80\xae\xff"}) {
    EXPECT_EQ(test::run_process({"sh", "-c", cat("printf %s ", shell_word(word))}).out, word);
  }
}

}  // namespace
}  // namespace hfscan
