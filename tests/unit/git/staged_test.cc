#include "git/staged.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "base/text.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::ScratchRepository;

StagedChanges staged(const std::string& path, const DiscoverOptions& options = {}) {
  const auto repository = Repository::discover(path, options);
  if (!repository.ok()) {
    ADD_FAILURE() << repository.error().message;
    return {};
  }
  Result<StagedChanges> changes = staged_changes(*repository);
  if (!changes.ok()) ADD_FAILURE() << changes.error().message;
  return changes.ok() ? std::move(*changes) : StagedChanges();
}

std::vector<std::string> paths(const StagedChanges& changes) {
  std::vector<std::string> result;
  for (const StagedFile& file : changes.files) result.push_back(file.path);
  return result;
}

// "<id> <path>" of what git itself says differs, without deletions, gitlinks and mere changes of permission.
std::set<std::string> by_git(const ScratchRepository& repository, const std::string& folder = "") {
  std::set<std::string> result;
  std::istringstream lines(
      repository.git({"diff", "--cached", "--raw", "--no-abbrev", "--no-renames", "--diff-filter=AMT"}, folder));
  std::string old_mode, new_mode, old_id, new_id, status, path;
  while (lines >> old_mode >> new_mode >> old_id >> new_id >> status >> path) {
    if (new_mode != "160000" && old_id != new_id) result.insert(new_id + " " + path);
  }
  return result;
}

std::set<std::string> by_us(const std::string& path) {
  std::set<std::string> result;
  for (const StagedFile& file : staged(path).files) result.insert(file.id.hex() + " " + file.path);
  return result;
}

TEST(Staged, NothingAfterACommit) {
  const ScratchRepository repository;
  repository.write("a/b", "1");
  repository.commit_all();
  EXPECT_EQ(paths(staged(repository.path())), std::vector<std::string>());
}

TEST(Staged, AddedModifiedAndTypeChangedButNotRemovedOrUnstaged) {
  const ScratchRepository repository;
  for (const char* path : {"keep", "d/modify", "d/remove", "type", "mode", "unstaged"}) repository.write(path, path);
  repository.commit_all();
  repository.write("new/deep/file", "new");
  repository.write("d/modify", "other");
  repository.git({"rm", "-q", "d/remove"});
  std::filesystem::remove(repository.path("type"));
  std::filesystem::create_symlink("keep", repository.path("type"));
  ::chmod(repository.path("mode").c_str(), 0755);
  repository.git({"add", "-A"});
  repository.write("unstaged", "edited");
  EXPECT_EQ(paths(staged(repository.path())), std::vector<std::string>({"d/modify", "new/deep/file", "type"}));
  EXPECT_EQ(by_us(repository.path()), by_git(repository));
}

TEST(Staged, EverythingOnAnUnbornBranch) {
  const ScratchRepository repository;
  repository.write("a", "1");
  repository.write("b/c", "2");
  repository.git({"add", "."});
  EXPECT_EQ(paths(staged(repository.path())), std::vector<std::string>({"a", "b/c"}));
}

TEST(Staged, RepositoryWithoutAnIndexHasNothing) {
  const ScratchRepository repository;
  EXPECT_EQ(paths(staged(repository.path())), std::vector<std::string>());
}

TEST(Staged, IntentToAddIsNotPartOfTheCommit) {
  const ScratchRepository repository;
  repository.write("a", "1");
  repository.commit_all();
  repository.write("later", "2");
  repository.git({"add", "-N", "later"});
  EXPECT_EQ(paths(staged(repository.path())), std::vector<std::string>());
}

TEST(Staged, AllStagesOfAConflict) {
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
  EXPECT_EQ(paths(staged(repository.path())), std::vector<std::string>({"f", "f", "f"}));
}

TEST(Staged, SubmoduleIsNamedOnly) {
  const ScratchRepository library;
  library.write("lib", "x");
  library.commit_all();
  const ScratchRepository repository;
  repository.git({"submodule", "--quiet", "add", library.path(), "sub"});
  const StagedChanges changes = staged(repository.path());
  EXPECT_EQ(paths(changes), std::vector<std::string>({".gitmodules"}));
  EXPECT_EQ(changes.submodules, std::vector<std::string>({"sub"}));
}

TEST(Staged, LinkedWorkTreeHasItsOwnIndex) {
  const ScratchRepository repository;
  repository.write("f", "x");
  repository.commit_all();
  const std::string linked = repository.around().path("linked");
  repository.git({"worktree", "add", "-q", linked});
  repository.around().write("linked/only-here", "y");
  repository.git({"add", "."}, linked);
  EXPECT_EQ(paths(staged(linked)), std::vector<std::string>({"only-here"}));
  EXPECT_EQ(paths(staged(repository.path())), std::vector<std::string>());
}

TEST(Staged, PackedHistoryIsReadToo) {
  const ScratchRepository repository;
  for (int i = 0; i < 20; ++i) repository.write(cat("d", std::to_string(i % 4), "/f", std::to_string(i)), std::to_string(i));
  repository.commit_all();
  repository.git({"gc", "-q"});
  repository.write("d1/f1", "changed");
  repository.write("d2/new/f", "new");
  repository.git({"add", "."});
  EXPECT_EQ(by_us(repository.path()), by_git(repository));
  EXPECT_EQ(by_us(repository.path()).size(), 2U);
}

TEST(Staged, SparseIndexThatDoesNotDifferIsPassedOver) {
  const ScratchRepository repository;
  repository.write("in/a", "1");
  repository.write("out/b/c", "2");
  repository.commit_all();
  repository.git({"sparse-checkout", "init", "--cone", "--sparse-index"});
  repository.git({"sparse-checkout", "set", "in"});
  repository.write("in/a", "changed");
  repository.git({"add", "in/a"});
  const StagedChanges changes = staged(repository.path());
  EXPECT_EQ(paths(changes), std::vector<std::string>({"in/a"}));
  EXPECT_TRUE(changes.sparse_folders.empty());
}

TEST(Staged, UnreadableTreeOfHeadMakesEverythingStaged) {
  const ScratchRepository repository;
  repository.write("d/f", "1");
  repository.write("d/g", "2");
  repository.commit_all();
  repository.write("d/f", "3");
  repository.git({"add", "."});
  const std::string tree = repository.rev("HEAD^{tree}");
  const std::string file = repository.path(".git/objects/" + tree.substr(0, 2) + "/" + tree.substr(2));
  std::filesystem::remove(file);
  ASSERT_EQ(::mkfifo(file.c_str(), 0600), 0);
  EXPECT_EQ(paths(staged(repository.path())), std::vector<std::string>({"d/f", "d/g"}));
}

// Many small random steps, each compared with `git diff --cached`; with and without a valid cached tree.
TEST(Staged, AgreesWithGitAfterRandomChanges) {
  const ScratchRepository repository;
  unsigned state = 4711;
  const auto next = [&state](unsigned bound) {
    state = state * 1664525U + 1013904223U;
    return (state >> 16U) % bound;
  };
  const auto name = [&] {
    std::string path;
    for (unsigned depth = next(4); depth > 0; --depth) path += cat(std::string(1, static_cast<char>('a' + next(3))), ".d/");
    return cat(path, "f", std::to_string(next(4)));
  };
  for (int i = 0; i < 60; ++i) repository.write(name(), std::to_string(next(1000)));
  repository.commit_all();
  for (int round = 0; round < 25; ++round) {
    for (unsigned i = next(4); i > 0; --i) repository.write(name(), std::to_string(next(1000)));
    repository.git({"add", "-A"});
    if (next(3) == 0) repository.git({"rm", "-q", "-r", "--cached", "--ignore-unmatch", "a.d/b.d", name()});
    if (next(3) == 0) repository.git({"write-tree"});  // makes the cached tree valid while it differs from HEAD
    if (next(6) == 0) repository.git({"commit", "-q", "--allow-empty", "-m", "x"});
    if (next(9) == 0) repository.git({"gc", "-q"});
    ASSERT_EQ(by_us(repository.path()), by_git(repository)) << round;
  }
}

}  // namespace
}  // namespace hfscan
