#include "syntax/offset_map.h"

#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

TEST(OffsetMap, CopiedBytesKeepTheirDistance) {
  MappedText piece;
  piece.append_copied("abc", 10);
  piece.append_copied("def", 20);
  EXPECT_EQ(piece.map.to_parent({1, 2}), (ByteSpan{11, 12}));
  EXPECT_EQ(piece.map.to_parent({1, 5}), (ByteSpan{11, 22}));
  EXPECT_EQ(piece.map.to_parent({6, 6}), (ByteSpan{23, 23}));
}

TEST(OffsetMap, AnEscapeIsTakenAsAWhole) {
  MappedText piece;
  piece.append_copied("ab", 0);
  piece.append_spelled("\n", {2, 4});
  piece.append_copied("c", 4);
  EXPECT_EQ(piece.map.to_parent({2, 3}), (ByteSpan{2, 4}));
  EXPECT_EQ(piece.map.to_parent({1, 4}), (ByteSpan{1, 5}));
}

TEST(OffsetMap, OffsetsBeyondTheEndAreTheEnd) {
  MappedText piece;
  EXPECT_EQ(piece.map.to_parent({3, 9}), ByteSpan{});
  piece.append_copied("ab", 7);
  EXPECT_EQ(piece.map.to_parent({1, 99}), (ByteSpan{8, 9}));
  EXPECT_EQ(piece.map.to_parent({50, 99}), (ByteSpan{9, 9}));
}

// A piece of `parent` made of random copied and spelled runs, in ascending order.
MappedText random_piece(test::RandomText& random, std::size_t parent_size) {
  MappedText piece;
  std::size_t at = 0;
  while (at < parent_size) {
    const std::size_t length = std::min(parent_size - at, 1 + random.below(5));
    const ByteSpan parent{at, at + length};
    switch (random.below(3)) {
      case 0: piece.append_copied(std::string(length, 'c'), at); break;
      case 1: piece.append_spelled(std::string(1 + random.below(3), 's'), parent); break;
      default: break;  // left out
    }
    at += length;
  }
  return piece;
}

TEST(OffsetMap, GoingThroughTwoMapsIsGoingThroughTheirProduct) {
  test::RandomText random(7);
  for (int round = 0; round < 300; ++round) {
    const MappedText outer = random_piece(random, 60);
    const MappedText inner = random_piece(random, outer.text.size());
    const OffsetMap whole = inner.map.through(outer.map);
    ASSERT_EQ(whole.size(), inner.text.size());
    for (std::size_t i = 0; i < inner.text.size(); ++i)
      ASSERT_EQ(whole.to_parent({i, i + 1}), outer.map.to_parent(inner.map.to_parent({i, i + 1}))) << round << " " << i;
  }
}

}  // namespace
}  // namespace hfscan
