#include "detect/brackets.h"

#include <gtest/gtest.h>

#include <string>

#include "support/random_text.h"

namespace hfscan {
namespace {

// The end for a text whose first character is the opener; `closed` is the part up to and with the closer.
void expect_closed(const std::string& closed, CommentStyle style = CommentStyle::both) {
  EXPECT_EQ(balanced_end(closed + " tail )]}", 0, style), closed.size()) << closed;
}

TEST(Brackets, NestedOnesAreBalanced) {
  expect_closed("()");
  expect_closed("(a[b]{c}(d))");
  expect_closed("[(){}]");
  expect_closed("{\n  a: [1, (2)]\n}");
}

TEST(Brackets, OpenerInTheMiddleOfATextIsFollowed) { EXPECT_EQ(balanced_end("f(a) g(b(c)) h", 6, CommentStyle::hash), 12U); }

TEST(Brackets, BracketsInStringsDoNotCount) {
  expect_closed("(\"a)b\")");
  expect_closed("('a)b', \"it's )\")");
  expect_closed("(`a\n)b`)");
  expect_closed("(\"a\\\")b\")");
  expect_closed("(\"\"\"a\n)\" b\"\"\")");
}

TEST(Brackets, QuoteThatIsNotClosedEndsWithItsLine) { expect_closed("(don't\n)"); }

TEST(Brackets, BracketsInCommentsDoNotCount) {
  expect_closed("(a # b)\n)", CommentStyle::hash);
  expect_closed("(a // b)\n)", CommentStyle::slashes);
  expect_closed("(a /* b) */)", CommentStyle::slashes);
  expect_closed("(a # b)\n // c)\n)", CommentStyle::both);
}

TEST(Brackets, CommentsOfAnotherLanguageAreText) {
  expect_closed("(a // b)", CommentStyle::hash);
  expect_closed("(a # b)", CommentStyle::slashes);
  expect_closed("(\"https://host#part\")", CommentStyle::both);
  expect_closed("(https://host/#part)", CommentStyle::both);
}

TEST(Brackets, WhatIsNeverClosedReachesToTheEnd) {
  for (const std::string text : {"(", "(a", "(\"a)", "(/* )", "([)", "({]"}) {
    EXPECT_EQ(balanced_end(text, 0, CommentStyle::both), text.size()) << text;
  }
}

TEST(Brackets, DeepNestingIsNoTrouble) {
  constexpr std::size_t kDepth = 1000000;
  EXPECT_EQ(balanced_end(std::string(kDepth, '(') + std::string(kDepth, ')') + "x", 0, CommentStyle::both), 2 * kDepth);
}

TEST(Brackets, AnyTextGivesAnEndInsideIt) {
  test::RandomText random(1);
  for (int round = 0; round < 20000; ++round) {
    const std::string text = "(" + random.of("()[]{}\"'`\\#/* \na", random.below(40));
    const std::size_t end = balanced_end(text, 0, CommentStyle::both);
    EXPECT_GT(end, 0U);
    EXPECT_LE(end, text.size());
  }
}

}  // namespace
}  // namespace hfscan
