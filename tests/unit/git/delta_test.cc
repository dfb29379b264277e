#include "git/delta.h"

#include <gtest/gtest.h>

#include "support/pack_writer.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::delta_copy;
using test::delta_insert;
using test::delta_sizes;

Result<std::string> rebuilt(std::string_view delta, std::string_view base) {
  HFSCAN_TRY_ASSIGN(const DeltaHeader header, read_delta_header(delta));
  if (header.result_size > 1U << 24U) return Error{"too large for a test"};
  std::string result(header.result_size, '\0');
  HFSCAN_TRY(apply_delta(header, base, result));
  return result;
}

std::string message_of(const Result<std::string>& result) { return result.ok() ? "no error" : result.error().message; }

TEST(Delta, CopiesAndInserts) {
  const std::string delta = delta_sizes(11, 12) + delta_copy(6, 5) + delta_insert(", ") + delta_copy(0, 5);
  EXPECT_EQ(*rebuilt(delta, "hello world"), "world, hello");
}

TEST(Delta, CopyOfSizeZeroIs65536Bytes) {
  const std::string base(70000, 'x');
  EXPECT_EQ(rebuilt(delta_sizes(70000, 65536) + delta_copy(0x1001, 0), base)->size(), 65536U);
}

std::vector<CopiedRun> runs_of(std::string_view delta, std::string_view base) {
  const Result<DeltaHeader> header = read_delta_header(delta);
  std::string result(header->result_size, '\0');
  std::vector<CopiedRun> runs = {{1, 2, 3}};  // of the delta before
  EXPECT_TRUE(apply_delta(*header, base, result, runs).ok());
  EXPECT_EQ(result, *rebuilt(delta, base));
  return runs;
}

TEST(Delta, CopiedRunsAreToldAndNeighboursJoined) {
  const std::string base = test::RandomText(1).letters(1000);
  const std::string copies = delta_copy(100, 300) + delta_copy(400, 200) + delta_copy(600, 1);
  const std::string delta = delta_sizes(1000, 706) + delta_insert("first") + copies + delta_copy(0, 200);
  EXPECT_EQ(runs_of(delta, base), (std::vector<CopiedRun>{{5, 501, 100}, {506, 200, 0}}));
}

TEST(Delta, InsertBetweenCopiesKeepsThemApart) {
  const std::string base = test::RandomText(2).letters(1000);
  const std::string delta = delta_sizes(1000, 1001) + delta_copy(0, 500) + delta_insert("x") + delta_copy(500, 500);
  EXPECT_EQ(runs_of(delta, base), (std::vector<CopiedRun>{{0, 500, 0}, {501, 500, 500}}));
}

TEST(Delta, ShortRunsAreNotTold) {
  const std::string base = test::RandomText(3).letters(1000);
  const auto shortest = static_cast<std::uint32_t>(kShortestRun);
  const std::string copies = delta_copy(5, shortest - 1) + delta_copy(300, shortest);
  const std::string pieces = delta_copy(700, shortest - 1) + delta_copy(700 + shortest - 1, 1);
  const std::string delta = delta_sizes(1000, 3 * shortest - 1) + copies + pieces;
  EXPECT_EQ(runs_of(delta, base), (std::vector<CopiedRun>{{shortest - 1, shortest, 300}, {2 * shortest - 1, shortest, 700}}));
  EXPECT_TRUE(runs_of(delta_sizes(1000, 1) + delta_insert("x"), base).empty());
}

TEST(Delta, EmptyResultIsFine) { EXPECT_EQ(*rebuilt(delta_sizes(3, 0), "abc"), ""); }

TEST(Delta, BaseOfAnotherSizeIsRefused) {
  EXPECT_EQ(message_of(rebuilt(delta_sizes(99, 5) + delta_copy(0, 5), "hello world")), "delta does not fit its base");
}

TEST(Delta, CopyBehindTheBaseIsRefused) {
  for (const std::string& copy : {delta_copy(5, 7), delta_copy(12, 1), delta_copy(0xFFFFFFFF, 0xFFFFFF), delta_copy(5, 0xFFFF)})
    EXPECT_EQ(message_of(rebuilt(delta_sizes(11, 7) + copy, "hello world")), "delta does not fit its base");
}

TEST(Delta, ResultOfAnotherSizeIsRefused) {
  EXPECT_EQ(message_of(rebuilt(delta_sizes(11, 4) + delta_copy(0, 5), "hello world")), "delta is damaged");
  EXPECT_EQ(message_of(rebuilt(delta_sizes(11, 6) + delta_copy(0, 5), "hello world")), "delta is damaged");
  EXPECT_EQ(message_of(rebuilt(delta_sizes(11, 2) + delta_insert("abc"), "hello world")), "delta is damaged");
}

TEST(Delta, InstructionZeroIsRefused) {
  EXPECT_EQ(message_of(rebuilt(delta_sizes(11, 1) + std::string(1, '\0') + "x", "hello world")), "delta is damaged");
}

TEST(Delta, SizeThatDoesNotEndIsRefused) {
  EXPECT_EQ(message_of(rebuilt(std::string(12, '\xFF') + "\x01", "")), "delta is damaged");
  EXPECT_EQ(message_of(rebuilt("\xFF\xFF", "")), "delta is damaged");
  EXPECT_EQ(message_of(rebuilt("", "")), "delta is damaged");
}

TEST(Delta, CutAnywhereIsRefused) {
  const std::string delta = delta_sizes(11, 23) + delta_copy(6, 5) + delta_insert("inserted") + delta_copy(1, 10);
  ASSERT_TRUE(rebuilt(delta, "hello world").ok());
  for (std::size_t size = 0; size < delta.size(); ++size)
    EXPECT_FALSE(rebuilt(delta.substr(0, size), "hello world").ok()) << size;
}

// Under sanitizers this is what finds a read or write beside the buffers.
TEST(Delta, ChangedBytesNeverReachBesideTheBuffers) {
  test::RandomText random(7);
  const std::string delta = delta_sizes(11, 23) + delta_copy(6, 5) + delta_insert("inserted") + delta_copy(1, 10);
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string changed = delta;
    changed[random.below(changed.size())] = static_cast<char>(random.below(256));
    refused += rebuilt(changed, "hello world").ok() ? 0 : 1;
  }
  EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace hfscan
