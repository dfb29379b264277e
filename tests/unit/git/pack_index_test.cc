#include "git/pack_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "git/big_endian.h"
#include "support/pack_writer.h"
#include "support/random_text.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

std::vector<IndexedEntry> some_entries(std::uint64_t step) {
  std::vector<IndexedEntry> entries;
  for (std::uint64_t i = 0; i < 700; ++i) entries.push_back({test::invented_id(std::to_string(i)), 12 + i * step});
  return entries;
}

PackIndex index_of(std::vector<IndexedEntry> entries) {
  Result<PackIndex> index =
      PackIndex::from_bytes(write_pack_index(std::move(entries), std::string(20, 'c')), ObjectFormat::sha1);
  EXPECT_TRUE(index.ok());
  return std::move(*index);
}

TEST(PackIndex, AgreesWithGitShowIndex) {
  const test::ScratchRepository repository;
  for (int i = 0; i < 300; ++i) repository.write(std::to_string(i), "content " + std::to_string(i));
  repository.commit_all();
  repository.git({"gc", "-q"});
  std::string path;
  for (const auto& file : std::filesystem::directory_iterator(repository.path(".git/objects/pack"))) {
    if (file.path().extension() == ".idx") path = file.path();
  }
  const Result<PackIndex> index = PackIndex::open(path, ObjectFormat::sha1);
  ASSERT_TRUE(index.ok());
  std::string listed;
  for (std::uint32_t i = 0; i < index->count(); ++i) {
    listed += std::to_string(index->offset(i)) + " " + index->id(i).hex() + "\n";
    EXPECT_EQ(index->find(index->raw_id(i)), i);
  }
  std::istringstream lines(repository.git({"verify-pack", "-v", path}));
  int objects = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::optional<ObjectId> id = ObjectId::from_hex(line.substr(0, 40));
    if (!id) continue;
    ++objects;
    std::istringstream words(line.substr(40));
    std::string type;
    std::string size;
    std::string packed;
    std::string offset;
    words >> type >> size >> packed >> offset;
    EXPECT_NE(listed.find(offset + " " + id->hex()), std::string::npos);
  }
  EXPECT_EQ(objects, 302);
  EXPECT_EQ(index->count(), 302U);
}

TEST(PackIndex, FindsWhatItHoldsAndNothingElse) {
  const PackIndex index = index_of(some_entries(100));
  for (const IndexedEntry& entry : some_entries(100)) {
    const std::optional<std::uint32_t> position = index.find(entry.id.raw());
    ASSERT_TRUE(position.has_value());
    EXPECT_EQ(index.offset(*position), entry.offset);
  }
  EXPECT_EQ(index.find(test::invented_id("other").raw()), std::nullopt);
  EXPECT_EQ(index.find("short"), std::nullopt);
  EXPECT_EQ(index_of({}).find(test::invented_id("0").raw()), std::nullopt);
}

TEST(PackIndex, OffsetsBeyondTwoGigabytesAreKept) {
  const std::uint64_t step = std::uint64_t{3} << 30U;
  const PackIndex index = index_of(some_entries(step));
  for (const IndexedEntry& entry : some_entries(step)) EXPECT_EQ(index.offset(*index.find(entry.id.raw())), entry.offset);
}

TEST(PackIndex, LargeOffsetOutsideItsTableIsNone) {
  std::string bytes = write_pack_index(some_entries(1), std::string(20, 'c'));
  bytes.replace(8 + 1024 + 700 * 24, 4, "\x80\x00\x00\x05", 4);
  EXPECT_EQ(PackIndex::from_bytes(bytes, ObjectFormat::sha1)->offset(0), PackIndex::kNoOffset);
}

TEST(PackIndex, CutAnywhereInItsTablesIsRefused) {
  const std::string bytes = write_pack_index(some_entries(1), std::string(20, 'c'));
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(PackIndex::from_bytes(bytes.substr(0, size), ObjectFormat::sha1).ok()) << size;
}

TEST(PackIndex, FanoutThatFallsIsRefused) {
  std::string bytes = write_pack_index(some_entries(1), std::string(20, 'c'));
  bytes[8 + 4 * 100] = '\x7F';
  EXPECT_FALSE(PackIndex::from_bytes(bytes, ObjectFormat::sha1).ok());
}

TEST(PackIndex, OtherVersionsAreRefused) {
  EXPECT_FALSE(PackIndex::from_bytes(std::string("\xFFtOc\0\0\0\x03", 8) + std::string(2000, '\0'), ObjectFormat::sha1).ok());
  EXPECT_FALSE(PackIndex::from_bytes(std::string(2000, '\0'), ObjectFormat::sha1).ok());  // version 1 has no magic number
}

TEST(PackIndex, ChangedBytesNeverReachBesideTheTables) {
  test::RandomText random(3);
  const std::string bytes = write_pack_index(some_entries(std::uint64_t{1} << 31U), std::string(20, 'c'));
  for (int i = 0; i < 300; ++i) {
    std::string changed = bytes;
    for (int k = 0; k < 20; ++k) changed[random.below(changed.size())] = static_cast<char>(random.below(256));
    const Result<PackIndex> index = PackIndex::from_bytes(changed, ObjectFormat::sha1);
    for (std::uint32_t p = 0; index.ok() && p < index->count(); ++p) {
      const std::optional<std::uint32_t> found = index->find(index->raw_id(p));
      EXPECT_TRUE(!found || *found < index->count());
      EXPECT_EQ(index->offset(p), index->offset(p));
    }
  }
}

}  // namespace
}  // namespace hfscan
