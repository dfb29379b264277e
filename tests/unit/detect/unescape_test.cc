#include "detect/unescape.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "support/random_text.h"

namespace hfscan {
namespace {

TEST(Unescape, EveryEscapeIsUndone) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {"a\\nb\\tc\\rd", "a\nb\tc\rd"}, {"\\\"x\\\" \\'y\\'", "\"x\" 'y'"},     {"https:\\/\\/h", "https://h"},
      {"\\`\\$\\\\", "`$\\"},          {"token\\u003d\\u0022", "token=\""},    {"\\x3D\\x22", "=\""},
      {"a%3Db%20c%26", "a=b c&"},      {"&quot;&apos;&#39;&#34;", "\"''\""},   {"&lt;a&gt;&amp;&#61;", "<a>&="},
      {"k=3Dv=20w=22", "k=v w\""},     {"\x1b[32mok\x1b[0m\x1b[1;31m!", "ok!"}};
  for (const auto& [escaped, plain] : cases) EXPECT_EQ(undo_escapes(escaped), plain) << escaped;
}

TEST(Unescape, WhatIsNoEscapeStays) {
  for (const std::string_view text : {"", "plain", "a\\q", "\\", "\\u12", "\\u4e2d", "\\xg1", "%", "%g1", "%2", "&nbsp;",
                                      "&quot", "a=5F", "x=1", "=", "\x1b[2J", "\x1b[32", "\x1b"}) {
    EXPECT_EQ(undo_escapes(text), text);
  }
}

TEST(Unescape, OnlyOneLevelIsUndone) {
  EXPECT_EQ(undo_escapes("\\\\n"), "\\n");
  EXPECT_EQ(undo_escapes("%253D"), "%3D");
  EXPECT_EQ(undo_escapes("&amp;quot;"), "&quot;");
}

TEST(Unescape, AnyBytesGiveNoMoreBytes) {
  test::RandomText random(1);
  for (int round = 0; round < 20000; ++round) {
    const std::string text =
        round % 2 == 0 ? random.bytes(random.below(40)) : random.of("\\u0x%=&#3;n\x1b[m2", random.below(40));
    EXPECT_LE(undo_escapes(text).size(), text.size());
  }
}

}  // namespace
}  // namespace hfscan
