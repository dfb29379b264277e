#include "fix/tree_writer.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "support/temp_folder.h"

namespace hfscan {
namespace {

class TreeWriterTest : public testing::Test {
 protected:
  static TreeWriter made_in(const std::string& root) {
    std::filesystem::create_directory(root);
    return std::move(TreeWriter::open(root)).value();
  }

  Status replace(const std::string& path, std::string_view before, std::string_view after) const {
    return writer_.write(path, sha256(before), after);
  }
  [[nodiscard]] std::size_t files_in(const std::string& path) const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder_.path(path))) ++count;
    return count;
  }

  test::TempFolder folder_;
  TreeWriter writer_ = made_in(folder_.path("tree"));
};

TEST_F(TreeWriterTest, ReplacesAFileAndKeepsItsMode) {
  folder_.write("tree/d/run.sh", "old");
  ASSERT_EQ(::chmod(folder_.path("tree/d/run.sh").c_str(), 0751), 0);
  ASSERT_TRUE(replace("d/run.sh", "old", "new").ok());
  EXPECT_EQ(folder_.read("tree/d/run.sh"), "new");
  struct stat status {};
  ASSERT_EQ(::stat(folder_.path("tree/d/run.sh").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0751U);
  EXPECT_EQ(files_in("tree/d"), 1U);
}

TEST_F(TreeWriterTest, KeepsTheOwnerWhereItMay) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root may give files away";
  folder_.write("tree/f", "old");
  ASSERT_EQ(::chown(folder_.path("tree/f").c_str(), 12345, 12346), 0);
  ASSERT_TRUE(replace("f", "old", "new").ok());
  struct stat status {};
  ASSERT_EQ(::stat(folder_.path("tree/f").c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, 12345U);
  EXPECT_EQ(status.st_gid, 12346U);
}

TEST_F(TreeWriterTest, FileThatChangedIsLeftAlone) {
  folder_.write("tree/f", "somebody's");
  const Status status = replace("f", "old", "new");
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().message.find("changed since"), std::string::npos);
  EXPECT_EQ(folder_.read("tree/f"), "somebody's");
  EXPECT_EQ(files_in("tree"), 1U);
}

TEST_F(TreeWriterTest, MakesAFileWithItsFoldersButNeverOverOne) {
  ASSERT_TRUE(writer_.write(".github/workflows/x.yml", std::nullopt, "a").ok());
  EXPECT_EQ(folder_.read("tree/.github/workflows/x.yml"), "a");
  EXPECT_FALSE(writer_.write(".github/workflows/x.yml", std::nullopt, "b").ok());
  EXPECT_EQ(folder_.read("tree/.github/workflows/x.yml"), "a");
  EXPECT_FALSE(replace("gone", "old", "new").ok());
  EXPECT_EQ(files_in("tree/.github/workflows"), 1U);
}

TEST_F(TreeWriterTest, NothingIsWrittenThroughASymlink) {
  folder_.write("outside/f", "old");
  std::filesystem::create_symlink(folder_.path("outside/f"), folder_.path("tree/link"));
  std::filesystem::create_symlink(folder_.path("outside"), folder_.path("tree/dir"));
  std::filesystem::create_symlink("nowhere", folder_.path("tree/dangling"));
  EXPECT_FALSE(replace("link", "old", "new").ok());
  EXPECT_FALSE(replace("dir/f", "old", "new").ok());
  EXPECT_FALSE(writer_.write("dir/made", std::nullopt, "new").ok());
  EXPECT_FALSE(writer_.write("dangling", std::nullopt, "new").ok());
  EXPECT_FALSE(writer_.read("link").ok());
  EXPECT_EQ(folder_.read("outside/f"), "old");
  EXPECT_EQ(files_in("outside"), 1U);
}

TEST_F(TreeWriterTest, PathsThatLeaveTheTreeOrBelongToGitAreRefused) {
  folder_.write("f", "old");
  folder_.write("tree/.git/config", "old");
  folder_.write("tree/sub/.GIT/config", "old");
  for (const std::string path : {"../f", "a/../../f", "", "/etc/hostname", "./f", "a//b", ".git/config", "sub/.GIT/config"}) {
    EXPECT_FALSE(replace(path, "old", "new").ok()) << path;
    EXPECT_FALSE(writer_.write(path, std::nullopt, "new").ok()) << path;
    EXPECT_FALSE(writer_.read(path).ok()) << path;
  }
  EXPECT_EQ(folder_.read("f"), "old");
  EXPECT_EQ(folder_.read("tree/.git/config"), "old");
}

TEST_F(TreeWriterTest, WhatIsNoRegularFileIsRefused) {
  ASSERT_EQ(::mkfifo(folder_.path("tree/fifo").c_str(), 0600), 0);
  EXPECT_FALSE(writer_.read("fifo").ok());
  EXPECT_FALSE(replace("fifo", "", "new").ok());
}

}  // namespace
}  // namespace hfscan
