#include "sources/worktree.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "base/text.h"
#include "sources/folder.h"
#include "support/collecting_sink.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::CollectingSink;
using test::ScratchRepository;
using Paths = std::vector<std::string>;

TreeOptions options_for(const std::string& root) {
  TreeOptions options;
  options.root = root;
  options.user_patterns = "";
  return options;
}

// The source outlives the sink's items in every test, as it does in a scan.
struct Walk {
  explicit Walk(TreeOptions options) : source(std::move(options)) {
    const Status status = source.for_each(sink);
    EXPECT_TRUE(status.ok()) << status.error().message;
  }
  WorktreeSource source;
  CollectingSink sink;
};

TEST(Worktree, TrackedAndUntrackedButNotIgnored) {
  const ScratchRepository repository;
  repository.write(".gitignore", "*.log\nbuild/\n!keep.log\n");
  repository.write("tracked.log", "t");
  repository.git({"add", "-f", "tracked.log", ".gitignore"});
  for (const char* path : {"new", "x.log", "keep.log", "build/a", "build/b/c", "src/build/d", "src/e.log", "src/f"})
    repository.write(path, path);
  const Walk walk(options_for(repository.path()));
  EXPECT_EQ(walk.sink.paths(), Paths({".gitignore", "keep.log", "new", "src/f", "tracked.log"}));
  EXPECT_EQ(walk.sink.skipped(SkipReason::git_ignored), Paths({"build/", "src/build/", "src/e.log", "x.log"}));
  EXPECT_TRUE(walk.sink.diagnostics.empty());
  EXPECT_EQ(walk.sink.content("src/f"), "src/f");
}

TEST(Worktree, IgnoredFilesAreIncludedOnRequest) {
  const ScratchRepository repository;
  repository.write(".gitignore", "*.log\nbuild/\n");
  for (const char* path : {"x.log", "build/a"}) repository.write(path, path);
  TreeOptions options = options_for(repository.path());
  options.ignored = IgnoredFiles::included;
  const Walk walk(options);
  EXPECT_EQ(walk.sink.paths(), Paths({".gitignore", "build/a", "x.log"}));
  EXPECT_TRUE(walk.sink.skips.empty());
}

TEST(Worktree, NestedIgnoreFilesRefineOuterOnes) {
  const ScratchRepository repository;
  repository.write(".gitignore", "*.tmp\n/only-top\n");
  repository.write("a/.gitignore", "!*.tmp\nb/\n/local\n");
  for (const char* path : {"x.tmp", "only-top", "a/x.tmp", "a/only-top", "a/local", "a/c/local", "a/b/x", "a/c/b/x"})
    repository.write(path, "x");
  const Walk walk(options_for(repository.path()));
  EXPECT_EQ(walk.sink.paths(), Paths({".gitignore", "a/.gitignore", "a/c/local", "a/only-top", "a/x.tmp"}));
}

TEST(Worktree, ExcludeFileAndUserPatternsCountLeast) {
  const ScratchRepository repository;
  repository.write(".git/info/exclude", "*.exclude\n!both\n");
  repository.write(".gitignore", "!in.exclude\n");
  for (const char* path : {"a.exclude", "in.exclude", "b.user", "both", "c"}) repository.write(path, "x");
  TreeOptions options = options_for(repository.path());
  options.user_patterns = "*.user\nboth\n";
  const Walk walk(options);
  EXPECT_EQ(walk.sink.paths(), Paths({".gitignore", "both", "c", "in.exclude"}));
}

TEST(Worktree, TrackedFileInAnIgnoredFolderIsReachedAndItsNeighboursAreNot) {
  const ScratchRepository repository;
  repository.write(".gitignore", "ignored/\n");
  repository.write("ignored/deep/tracked", "x");
  repository.git({"add", "-f", "ignored/deep/tracked"});
  repository.write("ignored/deep/.gitignore", "!*\n");
  repository.write("ignored/deep/other", "x");
  repository.write("ignored/more/file", "x");
  const Walk walk(options_for(repository.path()));
  EXPECT_EQ(walk.sink.paths(), Paths({".gitignore", "ignored/deep/tracked"}));
  EXPECT_EQ(walk.sink.skipped(SkipReason::git_ignored),
            Paths({"ignored/deep/.gitignore", "ignored/deep/other", "ignored/more/"}));
}

// The property behind all of the above: what we push is what git lists.
TEST(Worktree, AgreesWithGitOnGeneratedTrees) {
  unsigned state = 99;
  const auto next = [&state](unsigned bound) {
    state = state * 1664525U + 1013904223U;
    return (state >> 16U) % bound;
  };
  const Paths lines = {"a", "b/", "*.x", "!f.x", "/a", "a/b", "**/b/*", "!b/", "d/**", "/*", "!/a", "f.?"};
  const Paths folders = {"", "a/", "a/b/", "b/", "d/", "d/b/", "d/b/a/"};
  for (int round = 0; round < 12; ++round) {
    const ScratchRepository repository;
    for (const std::string& folder : folders) {
      for (const char* name : {"f.x", "f.y", "g"}) {
        if (next(3) != 0) repository.write(folder + name, "x");
      }
      std::string patterns;
      for (unsigned count = next(3); count > 0; --count) patterns += lines[next(static_cast<unsigned>(lines.size()))] + "\n";
      if (next(2) == 0) repository.write(folder + ".gitignore", patterns);
      if (next(3) == 0) repository.git({"add", "-f", "--ignore-errors", "."});
    }
    std::set<std::string> expected;
    const std::string listed = repository.git({"ls-files", "-z", "--cached", "--others", "--exclude-standard"});
    for (std::size_t begin = 0, end = 0; (end = listed.find('\0', begin)) != std::string::npos; begin = end + 1) {
      expected.insert(listed.substr(begin, end - begin));
    }
    const Walk walk(options_for(repository.path()));
    const Paths paths = walk.sink.paths();
    EXPECT_EQ(std::set<std::string>(paths.begin(), paths.end()), expected) << round;
    EXPECT_EQ(paths.size(), expected.size());
  }
}

TEST(Worktree, NestedRepositoriesFollowTheirOwnRules) {
  const ScratchRepository repository;
  repository.write(".gitignore", "*.outer\n");
  repository.write("nested/.gitignore", "*.inner\n");
  repository.git({"init", "-q", "nested"});
  for (const char* path : {"nested/a.outer", "nested/b.inner", "nested/tracked.inner", "nested/sub/c.inner"})
    repository.write(path, "x");
  repository.git({"add", "-f", "tracked.inner"}, repository.path("nested"));
  const Walk walk(options_for(repository.path()));
  EXPECT_EQ(walk.sink.paths(), Paths({".gitignore", "nested/.gitignore", "nested/a.outer", "nested/tracked.inner"}));
}

TEST(Worktree, SubmoduleAndLinkedWorkTreeAreWalked) {
  const ScratchRepository library;
  library.write("lib", "x");
  library.commit_all();
  const ScratchRepository repository;
  repository.git({"submodule", "--quiet", "add", library.path(), "sub"});
  repository.commit_all();
  const std::string linked = repository.around().path("linked");
  repository.git({"worktree", "add", "-q", linked});
  EXPECT_EQ(Walk(options_for(repository.path())).sink.paths(), Paths({".gitmodules", "sub/lib"}));
  EXPECT_EQ(Walk(options_for(linked)).sink.paths(), Paths({".gitmodules"}));
}

TEST(Worktree, NestedRepositoryThatCannotBeUsedIsScannedWhole) {
  const ScratchRepository repository;
  repository.write("nested/.git", "gitdir: /somewhere/else\n");
  repository.write("nested/.gitignore", "*\n");
  repository.write("nested/file", "x");
  const Walk walk(options_for(repository.path()));
  EXPECT_EQ(walk.sink.paths(), Paths({"nested/.gitignore", "nested/file"}));
  ASSERT_EQ(walk.sink.diagnostics.size(), 1U);
  EXPECT_EQ(walk.sink.diagnostics[0].path, "nested/");
}

TEST(Worktree, DamagedIndexMeansThatNothingIsIgnored) {
  const ScratchRepository repository;
  repository.write(".gitignore", "*.log\n");
  repository.write("a.log", "x");
  repository.write(".git/index", "DIRC and nothing else, but long enough to be read");
  const Walk walk(options_for(repository.path()));
  EXPECT_EQ(walk.sink.paths(), Paths({".gitignore", "a.log"}));
  EXPECT_EQ(walk.sink.diagnostics.size(), 1U);
}

TEST(Worktree, FifoAsConfigIsOneClearError) {
  const ScratchRepository repository;
  std::filesystem::remove(repository.path(".git/config"));
  ASSERT_EQ(::mkfifo(repository.path(".git/config").c_str(), 0600), 0);
  WorktreeSource source(options_for(repository.path()));
  CollectingSink sink;
  const Status status = source.for_each(sink);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "'.git/config' is not a regular file");
}

TEST(Worktree, IgnoreFileThatIsAFifoOrALinkCountsAsAbsent) {
  const ScratchRepository repository;
  repository.around().write("patterns", "*\n");
  repository.write("a/file", "x");
  repository.write("b/file", "x");
  ASSERT_EQ(::mkfifo(repository.path("a/.gitignore").c_str(), 0600), 0);
  std::filesystem::create_symlink(repository.around().path("patterns"), repository.path("b/.gitignore"));
  const Walk walk(options_for(repository.path()));
  EXPECT_EQ(walk.sink.paths(), Paths({"a/file", "b/.gitignore", "b/file"}));
}

TEST(Worktree, OnlyTheNamedParts) {
  const ScratchRepository repository;
  repository.write(".gitignore", "ignored/\n*.log\n");
  for (const char* path : {"a/one", "a/x.log", "ab/two", "b", "ignored/three", "ignored/y.log", "c/d/e"})
    repository.write(path, path);
  TreeOptions options = options_for(repository.path());
  options.only = {"./a/", "a/one", "ignored", "c//d", "b"};
  const Walk walk(options);
  EXPECT_EQ(walk.sink.paths(), Paths({"a/one", "b", "c/d/e", "ignored/three"}));
  EXPECT_EQ(walk.sink.skipped(SkipReason::git_ignored), Paths({"a/x.log", "ignored/y.log"}));
}

TEST(Worktree, NamedFileIsScannedEvenWhenIgnored) {
  const ScratchRepository repository;
  repository.write(".gitignore", "*.log\n");
  repository.write("x.log", "content");
  TreeOptions options = options_for(repository.path());
  options.only = {"x.log"};
  options.prefix = "up/";
  const Walk walk(options);
  EXPECT_EQ(walk.sink.content("up/x.log"), "content");
}

TEST(Worktree, NamedPartThatIsMissingIsADiagnostic) {
  const ScratchRepository repository;
  TreeOptions options = options_for(repository.path());
  options.only = {"nowhere", "no/where", "../outside"};
  const Walk walk(options);
  EXPECT_TRUE(walk.sink.items.empty());
  EXPECT_EQ(walk.sink.diagnostics.size(), 3U);
}

struct FolderWalk {
  explicit FolderWalk(TreeOptions options) : source(std::move(options)) {
    const Status status = source.for_each(sink);
    EXPECT_TRUE(status.ok()) << status.error().message;
  }
  FolderSource source;
  CollectingSink sink;
};

TEST(Folder, NothingIsIgnoredButRepositoriesBelowHaveTheirRules) {
  const ScratchRepository repository;
  repository.write(".gitignore", "*.log\n");
  repository.write("a.log", "x");
  repository.around().write(".gitignore", "*\n");
  repository.around().write("b.log", "x");
  const FolderWalk walk(options_for(repository.around().path()));
  const Paths paths = walk.sink.paths();
  EXPECT_EQ(paths, Paths({".gitignore", "b.log", "repo/.gitignore"}));
}

TEST(Folder, LinksGiveTheirTextAndAreNotFollowed) {
  const test::TempFolder folder;
  folder.write("real/file", "x");
  std::filesystem::create_symlink("/etc/passwd", folder.path("out"));
  std::filesystem::create_symlink("..", folder.path("real/loop"));
  std::filesystem::create_symlink("nowhere", folder.path("dangling"));
  for (const char* prefix : {"", "some/prefix/"}) {
    TreeOptions options = options_for(folder.path());
    options.prefix = prefix;
    const FolderWalk walk(options);
    EXPECT_EQ(walk.sink.content(cat(prefix, "out")), "/etc/passwd");
    EXPECT_EQ(walk.sink.content(cat(prefix, "real/loop")), "..");
    EXPECT_EQ(walk.sink.content(cat(prefix, "real/file")), "x");
    EXPECT_EQ(walk.sink.items.size(), 4U);
    EXPECT_EQ(walk.sink.skipped(SkipReason::symlink_target).size(), 3U);
  }
}

TEST(Folder, SpecialFilesAreSkippedUnopened) {
  const test::TempFolder folder;
  ASSERT_EQ(::mkfifo(folder.path("fifo").c_str(), 0600), 0);
  const int server = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  folder.path("socket").copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(server, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const FolderWalk walk(options_for(folder.path()));
  ::close(server);
  EXPECT_EQ(walk.sink.skipped(SkipReason::special_file), Paths({"fifo", "socket"}));
  EXPECT_TRUE(walk.sink.items.empty());
}

TEST(Folder, NamesAreBytes) {
  const test::TempFolder folder;
  const std::string name = "a\xff\n\x1b[31m";
  folder.write(name, "x");
  const FolderWalk walk(options_for(folder.path()));
  EXPECT_EQ(walk.sink.content(name), "x");
}

TEST(Folder, VeryDeepFoldersEndInADiagnostic) {
  const test::TempFolder folder;
  folder.write("top", "x");
  constexpr int kDepth = 10000;  // 100,000 behave the same, but take a minute to make and remove
  int here = ::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY);
  for (int i = 0; i < kDepth; ++i) {
    ASSERT_EQ(::mkdirat(here, "d", 0700), 0);
    const int below = ::openat(here, "d", O_RDONLY | O_DIRECTORY);
    ASSERT_GE(below, 0);
    if (i == 3000) ::close(::openat(here, "file-at-3000", O_CREAT | O_WRONLY, 0600));
    ::close(here);
    here = below;
  }
  ::close(here);
  const FolderWalk walk(options_for(folder.path()));
  ASSERT_EQ(walk.sink.items.size(), 2U);
  for (const Item& item : walk.sink.items) EXPECT_EQ(test::read_item(item), item.path == "top" ? "x" : "");
  ASSERT_EQ(walk.sink.diagnostics.size(), 1U);
  EXPECT_NE(walk.sink.diagnostics[0].message.find("4096"), std::string::npos);
  test::run_process({"rm", "-rf", folder.path("d")});
}

TEST(Folder, UnreadableFolderAndFileAreNamed) {
  const test::TempFolder folder;
  folder.write("open/file", "x");
  folder.write("closed/file", "x");
  folder.write("secret", "x");
  ::chmod(folder.path("closed").c_str(), 0);
  ::chmod(folder.path("secret").c_str(), 0);
  ::chmod(folder.path().c_str(), 0755);
  // Root may read everything, so a child drops its rights first.
  const pid_t child = ::fork();
  if (child == 0) {
    if (::geteuid() == 0 && (::setgid(65534) != 0 || ::setuid(65534) != 0)) ::_exit(9);
    const FolderWalk walk(options_for(folder.path()));
    const bool named = walk.sink.diagnostics.size() == 1 && walk.sink.diagnostics[0].path == "closed/" &&
                       walk.sink.diagnostics[0].message == "permission denied";
    ::_exit(named && walk.sink.content("secret") == "error: permission denied" && walk.sink.content("open/file") == "x" ? 0
                                                                                                                        : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  ::chmod(folder.path("closed").c_str(), 0700);
}

TEST(Folder, FileThatVanishesOrBecomesALinkIsNotRead) {
  const test::TempFolder folder;
  for (const char* path : {"gone", "link", "d/below"}) folder.write(path, "x");
  const FolderWalk walk(options_for(folder.path()));
  std::filesystem::remove(folder.path("gone"));
  std::filesystem::remove(folder.path("link"));
  std::filesystem::create_symlink("/etc/passwd", folder.path("link"));
  std::filesystem::rename(folder.path("d"), folder.path("e"));
  std::filesystem::create_symlink("e", folder.path("d"));
  EXPECT_EQ(walk.sink.content("gone"), "error: disappeared during the scan");
  EXPECT_EQ(walk.sink.content("link"), "error: became a symlink during the scan");
  EXPECT_EQ(walk.sink.content("d/below"), "error: became a symlink during the scan");
}

TEST(Folder, MissingOneIsAnError) {
  FolderSource source(options_for("/nonexistent/folder"));
  CollectingSink sink;
  EXPECT_EQ(source.for_each(sink).error().message, "no such path: '/nonexistent/folder'");
}

}  // namespace
}  // namespace hfscan
