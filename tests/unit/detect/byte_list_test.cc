#include "detect/byte_list.h"

#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

std::string read(std::string_view text, std::size_t position, ListNotation notation) {
  ByteListReader reader(text, position, notation);
  std::string bytes;
  while (const auto byte = reader.next()) {
    EXPECT_LT(byte->begin, byte->end);
    EXPECT_LE(byte->end, text.size());
    bytes.push_back(byte->byte);
  }
  return bytes;
}

TEST(ByteList, EveryNotationIsRead) {
  EXPECT_EQ(read("61, 62,63", 0, ListNotation::hex), "abc");
  EXPECT_EQ(read("61:62:63 ", 0, ListNotation::hex), "abc");
  EXPECT_EQ(read("61 0x62, '\\x63', \\u0064", 0, ListNotation::hex), "abcd");
  EXPECT_EQ(read("97, 98,\n  99];", 0, ListNotation::decimal), "abc");
  EXPECT_EQ(read("97) + chr(98) & Chr(99)", 0, ListNotation::decimal), "abc");
  EXPECT_EQ(read("141 142 143", 0, ListNotation::octal), "abc");
  EXPECT_EQ(read("a', 'b', '_', 'c']", 0, ListNotation::characters), "ab_c");
  EXPECT_EQ(read("a   b\n0000020   c", 0, ListNotation::characters), "abc");
}

TEST(ByteList, WhatIsNoByteEndsTheList) {
  EXPECT_EQ(read("61 62 6", 0, ListNotation::hex), "ab");
  EXPECT_EQ(read("97, 256, 98", 0, ListNotation::decimal), "a");
  EXPECT_EQ(read("97, 98x", 0, ListNotation::decimal), "a");
  EXPECT_EQ(read("97 apples 98", 0, ListNotation::decimal), "a");
  EXPECT_EQ(read("141 148", 0, ListNotation::octal), "a");
  EXPECT_EQ(read("a', 'bc'", 0, ListNotation::characters), "a");
  EXPECT_EQ(read("zz", 0, ListNotation::hex), "");
}

TEST(ByteList, DumpsAreReadOverTheirLines) {
  const std::string xxd =
      "00000000: 6162 6364 6566 6768 696a 6b6c 6d6e 6f70  abcdefghijklmnop\n"
      "00000010: 7172                                     qr\n";
  EXPECT_EQ(read(xxd, 10, ListNotation::hex), "abcdefghijklmnopqr");
  const std::string hexdump =
      "00000000  61 62 63 64 65 66 67 68  69 6a 6b 6c 6d 6e 6f 70  |abcdefghijklmnop|\n"
      "00000010  71 72                                             |qr|\n";
  EXPECT_EQ(read(hexdump, 10, ListNotation::hex), "abcdefghijklmnopqr");
}

TEST(ByteList, AnyTextEnds) {
  test::RandomText random(1);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random.of("0123456789abcdefx, \n|:.'\\#chr()", 200);
    for (const auto notation : {ListNotation::hex, ListNotation::octal, ListNotation::decimal, ListNotation::characters})
      EXPECT_LE(read(text, random.below(text.size()), notation).size(), text.size());
  }
}

}  // namespace
}  // namespace hfscan
