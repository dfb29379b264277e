#include "git/index.h"

#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "base/file.h"
#include "base/text.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::ScratchRepository;

std::string index_bytes(const ScratchRepository& repository) { return *read_file(repository.path(".git/index"), 1U << 30U); }

// As `git ls-files --stage -z` prints it.
std::string listing(const Index& index) {
  std::string text;
  for (const IndexEntry& entry : index.entries()) {
    std::ostringstream mode;
    mode << std::oct << entry.mode;
    text += cat(mode.str().size() == 5 ? "0" : "", mode.str(), " ", entry.id.hex(), " ", std::to_string(entry.stage), "\t",
                entry.path);
    text += '\0';
  }
  return text;
}

void fill(const ScratchRepository& repository) {
  repository.write("a", "1");
  repository.write("a.b/c", "2");
  repository.write("a-b/deep/er/file.txt", "3");
  repository.write("a0/x", "4");
  repository.write("bytes-\xff\xfe", "5");
  repository.write(std::string(200, 'n') + "/" + std::string(250, 'm') + "/" + std::string(250, 'o'), "6");
  for (int i = 0; i < 60; ++i)
    repository.write(cat("many/", std::to_string(i % 17), "/file-", std::to_string(i)), std::to_string(i));
}

class IndexVersion : public testing::TestWithParam<std::string> {};

TEST_P(IndexVersion, ReadsTheSameEntriesAsGit) {
  const ScratchRepository repository;
  fill(repository);
  repository.commit_all();
  repository.write("later", "7");
  repository.git({"add", "-N", "later"});
  repository.git({"update-index", "--index-version", GetParam()});
  const Result<Index> index = Index::parse(index_bytes(repository), ObjectFormat::sha1);
  ASSERT_TRUE(index.ok()) << index.error().message;
  EXPECT_EQ(listing(*index), repository.git({"ls-files", "--stage", "-z"}));
}

INSTANTIATE_TEST_SUITE_P(Versions, IndexVersion, testing::Values("2", "3", "4"));

TEST(Index, ReadsConflictStagesAndIntentToAdd) {
  const ScratchRepository repository;
  repository.write("f", "base");
  repository.commit_all();
  repository.git({"checkout", "-q", "-b", "other"});
  repository.write("f", "theirs");
  repository.commit_all();
  repository.git({"checkout", "-q", "main"});
  repository.write("f", "ours");
  repository.commit_all();
  test::run_process({"git", "-c", "user.name=a", "-c", "user.email=a@b", "merge", "-q", "other"}, {repository.path(), {}, ""});
  repository.write("new", "x");
  repository.git({"add", "-N", "new"});
  const Result<Index> index = Index::parse(index_bytes(repository), ObjectFormat::sha1);
  ASSERT_TRUE(index.ok()) << index.error().message;
  ASSERT_EQ(index->entries().size(), 4U);
  EXPECT_EQ(index->entries()[0].stage, 1);
  EXPECT_EQ(index->entries()[2].stage, 3);
  EXPECT_TRUE(index->entries()[3].intent_to_add);
  EXPECT_FALSE(index->entries()[0].intent_to_add);
}

TEST(Index, ReadsSha256Repositories) {
  const ScratchRepository repository;
  repository.git({"init", "-q", "--object-format=sha256", "wide"}, repository.around().path());
  repository.around().write("wide/dir/file", "x");
  repository.git({"add", "."}, repository.around().path("wide"));
  const Result<Index> index =
      Index::parse(*read_file(repository.around().path("wide/.git/index"), 1U << 20U), ObjectFormat::sha256);
  ASSERT_TRUE(index.ok()) << index.error().message;
  EXPECT_EQ(listing(*index), repository.git({"ls-files", "--stage", "-z"}, repository.around().path("wide")));
}

TEST(Index, KnowsWhatIsTracked) {
  const ScratchRepository repository;
  for (const char* path : {"a/b/c", "a.txt", "a0", "d"}) repository.write(path, "x");
  repository.commit_all();
  const Result<Index> parsed = Index::parse(index_bytes(repository), ObjectFormat::sha1);
  ASSERT_TRUE(parsed.ok()) << parsed.error().message;
  const Index& index = *parsed;
  EXPECT_TRUE(index.tracks("a/b/c"));
  EXPECT_FALSE(index.tracks("a/b"));
  EXPECT_FALSE(index.tracks("a/b/cc"));
  EXPECT_TRUE(index.tracks_under("a"));
  EXPECT_TRUE(index.tracks_under("a/b"));
  EXPECT_FALSE(index.tracks_under("a/bb"));
  EXPECT_FALSE(index.tracks_under("e"));
}

TEST(Index, CachedTreesHoldTheTreesOfTheCommit) {
  const ScratchRepository repository;
  repository.write("x/y/file", "1");
  repository.write("z/file", "2");
  repository.commit_all();
  repository.write("z/file", "3");
  repository.git({"add", "z/file"});
  const Result<Index> parsed = Index::parse(index_bytes(repository), ObjectFormat::sha1);
  ASSERT_TRUE(parsed.ok()) << parsed.error().message;
  const Index& index = *parsed;
  ASSERT_EQ(index.cached_trees().size(), 4U);
  EXPECT_FALSE(index.cached_trees()[0].valid);
  EXPECT_EQ(index.cached_trees()[0].end, 4U);
  for (const CachedTree& tree : index.cached_trees()) {
    if (tree.name == "x") {
      EXPECT_EQ(tree.id.hex(), repository.rev("HEAD:x"));
    }
    if (tree.name == "y") {
      EXPECT_EQ(tree.id.hex(), repository.rev("HEAD:x/y"));
    }
    if (tree.name == "z") {
      EXPECT_FALSE(tree.valid);
    }
  }
}

TEST(Index, SparseFolderCountsAsTracked) {
  const ScratchRepository repository;
  repository.write("in/a", "1");
  repository.write("out/b/c", "2");
  repository.commit_all();
  repository.git({"sparse-checkout", "init", "--cone", "--sparse-index"});
  repository.git({"sparse-checkout", "set", "in"});
  const Result<Index> index = Index::parse(index_bytes(repository), ObjectFormat::sha1);
  ASSERT_TRUE(index.ok()) << index.error().message;
  EXPECT_TRUE(index->tracks("out/b/c"));
  EXPECT_TRUE(index->tracks_under("out"));
  EXPECT_TRUE(index->tracks_under("out/b"));
  EXPECT_FALSE(index->tracks("other"));
}

TEST(Index, SplitIndexIsRefusedWithTheWayOut) {
  const ScratchRepository repository;
  fill(repository);
  repository.commit_all();
  repository.git({"update-index", "--split-index"});
  const Result<Index> index = Index::parse(index_bytes(repository), ObjectFormat::sha1);
  ASSERT_FALSE(index.ok());
  EXPECT_NE(index.error().message.find("--no-split-index"), std::string::npos);
}

// With a sanitizer build this also proves that no byte outside is read.
TEST(Index, DamagedBytesNeverCrash) {
  const ScratchRepository repository;
  fill(repository);
  repository.commit_all();
  for (const char* version : {"2", "4"}) {
    repository.git({"update-index", "--index-version", version});
    const std::string whole = index_bytes(repository);
    for (std::size_t size = 0; size < whole.size(); size += size < 600 ? 1 : 97) {
      const Result<Index> index = Index::parse(whole.substr(0, size), ObjectFormat::sha1);
      if (!index.ok()) continue;
      EXPECT_LE(index->entries().size(), whole.size() / 62) << size;
    }
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
      std::string damaged = whole;
      for (int i = 0; i < 4; ++i) damaged[random() % (round % 2 == 0 ? 400 : damaged.size())] = static_cast<char>(random());
      const Result<Index> index = Index::parse(std::move(damaged), ObjectFormat::sha1);
      if (!index.ok()) continue;
      for (const CachedTree& tree : index->cached_trees()) EXPECT_LE(tree.end, index->cached_trees().size());
      EXPECT_EQ(index->tracks_under("many"), index->tracks_under("many"));
    }
  }
}

TEST(Index, ShortPrefixBombIsRefused) {
  // Version 4: one long name, then entries that each repeat all of it with one byte of file.
  std::string bytes = cat("DIRC", std::string_view("\0\0\0\4", 4), std::string_view("\0\1\0\0", 4));
  const std::string stat(60, '\0');
  const auto entry = [&](std::string_view name) { bytes += stat + std::string(2, '\0') + '\0' + std::string(name) + '\0'; };
  entry(std::string(60000, 'a'));
  for (int i = 1; i < 65536; ++i) entry("b");
  bytes += std::string(20, '\0');
  const Result<Index> index = Index::parse(std::move(bytes), ObjectFormat::sha1);
  ASSERT_FALSE(index.ok());
  EXPECT_NE(index.error().message.find("too long"), std::string::npos) << index.error().message;
}

TEST(Index, UnsortedEntriesAreRefused) {
  const ScratchRepository repository;
  repository.write("aa", "1");
  repository.write("bb", "2");
  repository.git({"add", "."});
  std::string bytes = index_bytes(repository);
  bytes[bytes.find("aa")] = 'z';
  EXPECT_FALSE(Index::parse(std::move(bytes), ObjectFormat::sha1).ok());
}

}  // namespace
}  // namespace hfscan
