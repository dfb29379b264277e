#include "git/inflate.h"

#include <gtest/gtest.h>

#include "support/pack_writer.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::zlib_stream;

TEST(StreamInflater, TakesTheStreamAndNothingBehindIt) {
  StreamInflater inflater;
  const std::string stream = zlib_stream("hello");
  std::string out(5, '\0');
  const Result<std::size_t> consumed = inflater.inflate(stream + "the next entry", out);
  ASSERT_TRUE(consumed.ok());
  EXPECT_EQ(*consumed, stream.size());
  EXPECT_EQ(out, "hello");
  EXPECT_TRUE(inflater.inflate(zlib_stream(""), {}).ok());
}

TEST(StreamInflater, SizesThatLieAreErrors) {
  StreamInflater inflater;
  std::string out(4, '\0');
  EXPECT_EQ(inflater.inflate(zlib_stream("hello"), out).error().message, "object is longer than its header says");
  out.resize(6);
  EXPECT_EQ(inflater.inflate(zlib_stream("hello"), out).error().message, "object is shorter than its header says");
}

TEST(StreamInflater, EveryCutIsAnError) {
  StreamInflater inflater;
  test::RandomText random(5);
  const std::string text = random.letters(2000);
  const std::string stream = zlib_stream(text);
  std::string out(text.size(), '\0');
  for (std::size_t size = 0; size < stream.size(); ++size)
    EXPECT_FALSE(inflater.inflate(std::string_view(stream).substr(0, size), out).ok()) << size;
  EXPECT_TRUE(inflater.inflate(stream, out).ok());
  EXPECT_EQ(out, text);
}

TEST(StreamInflater, WhatTheBestCompressionMakesOfZerosIsPossible) {
  const std::size_t size = std::size_t{16} << 20U;
  const std::string stream = zlib_stream(std::string(size, '\0'));
  EXPECT_TRUE(can_inflate_to(size, stream.size()));
  EXPECT_FALSE(can_inflate_to(2 * size, stream.size()));
  EXPECT_TRUE(can_inflate_to(0, 0));
  EXPECT_FALSE(can_inflate_to(~std::uint64_t{0}, 1000));
}

}  // namespace
}  // namespace hfscan
