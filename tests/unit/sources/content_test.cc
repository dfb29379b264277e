// Files, standard input and files named by the user: how bytes are opened.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "sources/file_content.h"
#include "sources/file_list.h"
#include "sources/stdin.h"
#include "support/collecting_sink.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

using test::CollectingSink;

TEST(FileContent, HolesAreSteppedOver) {
  const test::TempFolder folder;
  folder.write("sparse", "start");
  const std::uint64_t size = std::uint64_t{1} << 40U;
  std::filesystem::resize_file(folder.path("sparse"), size);
  const int root = ::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY);
  const auto content = open_content(root, "sparse");
  ::close(root);
  ASSERT_TRUE(content.ok()) << content.error().message;
  EXPECT_EQ((*content)->size_hint(), size);
  std::array<char, 65536> buffer{};
  std::uint64_t seen = 0;
  for (int calls = 0; calls < 100; ++calls) {
    seen += (*content)->skip_zeros();
    const auto count = (*content)->read(buffer);
    ASSERT_TRUE(count.ok());
    if (*count == 0) break;
    seen += *count;
  }
  EXPECT_EQ(seen, size);
}

TEST(FileContent, DenseFileHasNoZerosToSkip) {
  const test::TempFolder folder;
  folder.write("dense", std::string(100000, '\0'));
  const int root = ::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY);
  const auto content = open_content(root, "dense");
  ::close(root);
  EXPECT_EQ((*content)->skip_zeros(), 0U);
}

// Both ways of opening: with openat2, and one component at a time.
class OpenBeneath : public testing::TestWithParam<FileDescriptor (*)(int, std::string_view, int)> {
 protected:
  static bool opens(int root, const std::string& path, int flags = 0) { return GetParam()(root, path, flags).valid(); }
};

TEST_P(OpenBeneath, NothingLeadsOut) {
  const test::TempFolder folder;
  folder.write("root/file", "x");
  folder.write("root/d/e", "x");
  folder.write("outside", "x");
  std::filesystem::create_symlink("..", folder.path("root/up"));
  std::filesystem::create_symlink("d", folder.path("root/side"));
  const FileDescriptor root(::open(folder.path("root").c_str(), O_RDONLY | O_DIRECTORY));
  for (const char* path : {"file", "d/e", "d", "d/", ""}) EXPECT_TRUE(opens(root.get(), path)) << path;
  for (const char* path : {"../outside", "up/outside", "/etc/passwd", "file/../../outside", "up", "side/e", "side", "none"}) {
    EXPECT_FALSE(opens(root.get(), path)) << path;
  }
}

TEST_P(OpenBeneath, PathsLongerThanTheKernelTakes) {
  const test::TempFolder folder;
  std::string path;
  FileDescriptor here(::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY));
  const FileDescriptor root(::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY));
  const std::string name(250, 'n');
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ(::mkdirat(here.get(), name.c_str(), 0700), 0);
    here = FileDescriptor(::openat(here.get(), name.c_str(), O_RDONLY | O_DIRECTORY));
    path += name + "/";
  }
  EXPECT_TRUE(opens(root.get(), path, O_DIRECTORY));
  ASSERT_EQ(::symlinkat("/etc", here.get(), "link"), 0);
  EXPECT_FALSE(opens(root.get(), path + "link/passwd"));
}

INSTANTIATE_TEST_SUITE_P(Ways, OpenBeneath, testing::Values(&open_beneath, &open_beneath_by_hand));

TEST(FileContent, SpecialFilesDoNotBlock) {
  const test::TempFolder folder;
  ASSERT_EQ(::mkfifo(folder.path("fifo").c_str(), 0600), 0);
  const FileDescriptor root(::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY));
  EXPECT_EQ(open_content(root.get(), "fifo").error().message, "not a regular file");
}

TEST(FileList, FollowsALinkThatTheUserNamed) {
  const test::TempFolder folder;
  folder.write("real", "content");
  std::filesystem::create_symlink("real", folder.path("link"));
  FileListSource source({{folder.path("link"), "shown"}});
  CollectingSink sink;
  ASSERT_TRUE(source.for_each(sink).ok());
  EXPECT_EQ(sink.content("shown"), "content");
}

TEST(FileList, WhatIsNoFileIsRefusedBeforeAnythingIsPushed) {
  const test::TempFolder folder;
  folder.write("real", "content");
  ASSERT_EQ(::mkfifo(folder.path("fifo").c_str(), 0600), 0);
  for (const std::string& bad : {folder.path("fifo"), folder.path(), folder.path("missing"), std::string("/dev/null")}) {
    FileListSource source({{folder.path("real"), ""}, {bad, ""}});
    CollectingSink sink;
    const Status status = source.for_each(sink);
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().message.find(bad), std::string::npos) << status.error().message;
    EXPECT_TRUE(sink.items.empty());
  }
}

TEST(Stdin, IsOneItem) {
  const test::TempFolder folder;
  folder.write("input", "from a pipe");
  const int saved = ::dup(STDIN_FILENO);
  const int input = ::open(folder.path("input").c_str(), O_RDONLY);
  ASSERT_GE(::dup2(input, STDIN_FILENO), 0);
  StdinSource source;
  CollectingSink sink;
  ASSERT_TRUE(source.for_each(sink).ok());
  EXPECT_EQ(sink.content("stdin"), "from a pipe");
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
  ::close(input);
}

}  // namespace
}  // namespace hfscan
