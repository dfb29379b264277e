#include "scan/cache_folder.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ctime>
#include <filesystem>
#include <set>

#include "base/text.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

namespace fs = std::filesystem;

using test::TempFolder;
using ChosenBy = CacheRequest::ChosenBy;
using Content = CacheFolder::Content;

CacheFolder opened(const CacheRequest& request) {
  const auto folder = CacheFolder::open(request);
  EXPECT_TRUE(folder.ok()) << folder.error().message;
  return folder.ok() ? *folder : CacheFolder();
}

CacheFolder opened(const std::string& path) { return opened(CacheRequest{path, ChosenBy::flag, {}}); }

std::string note_of(const std::string& path) {
  const CacheFolder folder = opened(path);
  EXPECT_FALSE(folder.usable());
  return folder.note();
}

std::string parent_of(const std::string& path) { return fs::path(path).parent_path(); }

mode_t mode_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 07777U;
}

void set_days_unused(const std::string& path, double days) {
  const timespec time = {std::time(nullptr) - static_cast<std::time_t>(days * 24 * 60 * 60), 0};
  const timespec times[2] = {time, time};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
}

std::set<std::string> names_in(const std::string& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
  return names;
}

TEST(CacheFolder, IsMadeWithAllAboveItForItsOwnerAlone) {
  const TempFolder temp;
  EXPECT_TRUE(opened(temp.path("a/b/c")).usable());
  for (const char* made : {"a", "a/b", "a/b/c"}) EXPECT_EQ(mode_of(temp.path(made)), 0700U);
  EXPECT_TRUE(opened(temp.path("a/b/c")).usable());
  EXPECT_TRUE(opened(temp.path("a/d/")).usable());
}

TEST(CacheFolder, WithoutAPathKeepsNothingAndSaysNothing) {
  const CacheFolder folder = opened("");
  EXPECT_FALSE(folder.usable());
  EXPECT_EQ(folder.note(), "");
}

TEST(CacheFolder, ThatCannotBeMadeOrIsNoFolderIsANote) {
  const TempFolder temp;
  temp.write("file", "x");
  EXPECT_EQ(note_of(temp.path("file/cache")),
            cat("cache not used: cannot make '", temp.path("file/cache"), "': not a directory"));
  EXPECT_EQ(note_of(temp.path("file")), cat("cache not used: '", temp.path("file"), "' is no folder"));
  EXPECT_EQ(note_of(temp.path("a/../../b")),
            cat("cache not used: cannot make '", temp.path("a/../../b"), "': no such file or directory"));
  EXPECT_EQ(names_in(temp.path()), std::set<std::string>{"file"});
}

TEST(CacheFolder, InWhichOthersMayWriteIsNotUsed) {
  const TempFolder temp;
  ASSERT_TRUE(opened(temp.path("cache")).usable());
  for (const mode_t mode : {0770U, 0707U, 01777U}) {
    ASSERT_EQ(::chmod(temp.path("cache").c_str(), mode), 0);
    EXPECT_EQ(note_of(temp.path("cache")),
              cat("cache not used: others may write in '", temp.path("cache"), "'; take that away with chmod go-w"));
  }
  ASSERT_EQ(::chmod(temp.path("cache").c_str(), 0755), 0);
  EXPECT_TRUE(opened(temp.path("cache")).usable());
}

TEST(CacheFolder, OfAnotherUserIsNotUsed) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give folders away";
  const TempFolder temp;
  ASSERT_TRUE(opened(temp.path("cache")).usable());
  ASSERT_EQ(::chown(temp.path("cache").c_str(), 12345, static_cast<gid_t>(-1)), 0);
  EXPECT_EQ(note_of(temp.path("cache")), cat("cache not used: '", temp.path("cache"), "' belongs to another user"));
}

// Ways to name a folder in the scanned repository, which stands in "repo" and is also reached by the link "link".
class FolderInScanned : public testing::TestWithParam<const char*> {};

TEST_P(FolderInScanned, IsNeitherMadeNorUsed) {
  const TempFolder temp;
  temp.write("repo/.git/HEAD", "x");
  temp.write("repo/there/file", "x");
  temp.write("outside/file", "x");
  fs::create_directory_symlink("repo", temp.path("link"));
  fs::create_directory_symlink("../repo/there", temp.path("outside/inwards"));
  const std::string path = temp.path(GetParam());
  const std::vector<std::string> scanned = {"", temp.path("missing"), temp.path("repo")};

  const auto by_flag = CacheFolder::open({path, ChosenBy::flag, scanned});
  ASSERT_FALSE(by_flag.ok());
  EXPECT_EQ(by_flag.error().message,
            cat("cache folder ", hfscan::quoted(path), " lies in what is scanned; name one outside of it"));
  const CacheFolder by_setting = opened({path, ChosenBy::setting, scanned});
  EXPECT_FALSE(by_setting.usable());
  EXPECT_EQ(by_setting.note(), "");
  EXPECT_EQ(names_in(temp.path("repo")), (std::set<std::string>{".git", "there"}));
  EXPECT_EQ(names_in(temp.path("repo/.git")), std::set<std::string>{"HEAD"});
  EXPECT_EQ(names_in(temp.path("repo/there")), std::set<std::string>{"file"});
}

INSTANTIATE_TEST_SUITE_P(Named, FolderInScanned,
                         testing::Values("repo", "repo/", "repo/cache", "repo/a/b/cache", "repo/.git/cache", "link", "link/a/b",
                                         "outside/../repo/cache", "outside/inwards", "outside/inwards/cache", "repo/there"));

TEST(CacheFolder, BesideOrAboveWhatIsScannedIsUsed) {
  const TempFolder temp;
  temp.write("home/repo/file", "x");
  const std::vector<std::string> scanned = {temp.path("home/repo")};
  for (const char* path : {"home/repo-cache", "home", "home/repo/../cache"}) {
    EXPECT_TRUE(opened({temp.path(path), ChosenBy::flag, scanned}).usable()) << path;
  }
}

TEST(CacheFolder, ByDefaultFollowsTheXdgSpecification) {
  const TempFolder home;
  EXPECT_EQ(default_cache_folder("/x/y", home.path()), "/x/y/hfscan");
  EXPECT_EQ(default_cache_folder("", home.path()), home.path(".cache/hfscan"));
  EXPECT_EQ(default_cache_folder("relative", home.path()), home.path(".cache/hfscan"));
  for (const char* none : {"", "relative", "/nonexistent"}) EXPECT_EQ(default_cache_folder("", none), "");
}

TEST(CacheFolder, OfSomebodyElsesHomeIsNotTheDefault) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give folders away";
  const TempFolder temp;
  fs::create_directory(temp.path("home"));
  ASSERT_EQ(::chown(temp.path("home").c_str(), 12345, static_cast<gid_t>(-1)), 0);
  EXPECT_EQ(default_cache_folder("", temp.path("home")), "");
}

TEST(CacheFolder, HasAFileForEachContentRepositoryAndBasis) {
  const TempFolder temp;
  const CacheFolder folder = opened(temp.path("cache"));
  std::set<std::string> files;
  for (const Content content : {Content::objects, Content::report}) {
    for (const char* repository : {"/a/.git", "/b/.git"}) {
      for (const char* basis : {"one", "two"}) files.insert(folder.file(content, repository, sha256(basis)));
    }
  }
  EXPECT_EQ(files.size(), 8U);
  for (const std::string& file : files) EXPECT_EQ(parent_of(file), temp.path("cache"));
  EXPECT_TRUE(files.count(opened(temp.path("cache")).file(Content::objects, "/a/.git", sha256("one"))));
}

TEST(CacheFolder, ForgetsWhatWasNotUsedForLong) {
  const TempFolder temp;
  const CacheFolder folder = opened(temp.path("cache"));
  const std::string fresh = folder.file(Content::objects, "/fresh", {});
  const std::string old = folder.file(Content::report, "/old", {});
  for (const std::string& file : {fresh, old}) temp.write(file.substr(temp.path().size() + 1), "x");
  set_days_unused(fresh, 89);
  set_days_unused(old, 91);
  folder.remove_old_files();
  EXPECT_TRUE(fs::exists(fresh));
  EXPECT_FALSE(fs::exists(old));
}

TEST(CacheFolder, KeepsSixtyFourFilesTheOnesUsedLast) {
  const TempFolder temp;
  const CacheFolder folder = opened(temp.path("cache"));
  std::set<std::string> young;
  for (int age = 0; age < 70; ++age) {
    const std::string file = folder.file(Content::objects, std::to_string(age), {});
    temp.write(file.substr(temp.path().size() + 1), "x");
    set_days_unused(file, age);
    if (age < 64) young.insert(fs::path(file).filename());
  }
  folder.remove_old_files();
  EXPECT_EQ(names_in(temp.path("cache")), young);
}

TEST(CacheFolder, RemovesWhatAKilledWriterLeftAndNothingOfOthers) {
  const TempFolder temp;
  const CacheFolder folder = opened(temp.path("cache"));
  const std::string digits(64, 'a');
  const std::set<std::string> others = {
      "notes.txt",         digits, digits + ".objects.txt", digits.substr(1) + ".objects", "." + digits + ".report",
      ".hfscan-other.toml"};
  for (const std::string& name : others) temp.write("cache/" + name, "x");
  fs::create_directory(temp.path("cache/" + digits + ".objects"));
  fs::create_symlink("notes.txt", temp.path("cache/" + digits + ".report"));
  temp.write("cache/.hfscan-a1B2c3", "left behind");
  temp.write("cache/.hfscan-d4E5f6", "being written");
  for (const std::string& name : names_in(temp.path("cache"))) {
    if (!fs::is_symlink(temp.path("cache/" + name))) set_days_unused(temp.path("cache/" + name), 1000);
  }
  set_days_unused(temp.path("cache/.hfscan-d4E5f6"), 0.01);
  folder.remove_old_files();
  std::set<std::string> expected = others;
  expected.insert({digits + ".objects", digits + ".report", ".hfscan-d4E5f6"});
  EXPECT_EQ(names_in(temp.path("cache")), expected);
}

}  // namespace
}  // namespace hfscan
