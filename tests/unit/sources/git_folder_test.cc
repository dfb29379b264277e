#include "sources/git_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <map>

#include "support/collecting_sink.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::CollectingSink;
using test::read_item;
using test::ScratchRepository;

struct Listing {
  explicit Listing(const ScratchRepository& repository) : folder(**find_repository(repository.path())) {
    EXPECT_TRUE(folder.for_each(sink).ok());
  }
  GitFolder folder;
  CollectingSink sink;
};

std::map<std::string, PlaceKind> kinds_of(const CollectingSink& sink) {
  std::map<std::string, PlaceKind> kinds;
  for (const Item& item : sink.items) kinds[item.path] = item.kind;
  return kinds;
}

TEST(GitFolder, GivesEveryFileButObjectsAndStoresOfSubmodules) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.write(".git/any/depth/of/folders", "x");
  repository.write(".git/modules/m/config", "x");
  const Listing listing(repository);
  const CollectingSink& sink = listing.sink;
  std::vector<std::string> expected = {".git/refs"};  // the names
  for (const auto& entry : std::filesystem::recursive_directory_iterator(repository.path(".git"))) {
    const std::string path = std::filesystem::relative(entry.path(), repository.path());
    if (entry.is_regular_file() && !path.starts_with(".git/objects/") && !path.starts_with(".git/modules/"))
      expected.push_back(path);
  }
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(sink.paths(), expected);
  EXPECT_TRUE(sink.diagnostics.empty());
}

TEST(GitFolder, FilesAmongTheObjectsThatAreNoneAreGivenAndObjectsAreNot) {
  const ScratchRepository repository;
  repository.write("f", "x");
  repository.commit_all();
  const std::string blob = repository.rev("HEAD:f");
  std::filesystem::copy(repository.path(".git/objects/" + blob.substr(0, 2) + "/" + blob.substr(2)),
                        repository.path(".git/objects/tmp_obj_a"));
  repository.git({"commit", "-q", "--amend", "--allow-empty", "-m", "y"});
  repository.git({"repack", "-dq"});
  repository.git({"multi-pack-index", "write"});
  repository.git({"commit-graph", "write", "--reachable"});
  repository.write(".git/objects/pack/notes.txt", "text");
  repository.write(".git/objects/info/alternates", "# text\n");
  repository.write(".git/objects/ab/text", "text");
  const Listing listing(repository);
  std::vector<std::string> paths;
  for (const std::string& path : listing.sink.paths()) {
    if (path.starts_with(".git/objects/") && path != ".git/objects/info/packs") paths.push_back(path);
  }
  EXPECT_EQ(paths, (std::vector<std::string>{".git/objects/ab/text", ".git/objects/info/alternates",
                                             ".git/objects/pack/notes.txt", ".git/objects/tmp_obj_a"}));
  EXPECT_EQ(listing.sink.content(".git/objects/tmp_obj_a"), "x");  // inflated
  EXPECT_EQ(listing.sink.content(".git/objects/ab/text"), "text");
  EXPECT_EQ(read_item(listing.sink.items.back()).find("objects/" + blob.substr(0, 2) + "/" + blob.substr(2)),
            std::string::npos);
}

TEST(GitFolder, SaysWhatEachFileIs) {
  const ScratchRepository repository;
  repository.commit_all("message");
  repository.git({"stash", "list"});
  for (const char* name : {"packed-refs", "MERGE_MSG", "FETCH_HEAD", "lfs/objects/ab/cd/x", "worktrees/w/logs/HEAD",
                           "worktrees/w/index", "worktrees/w/HEAD", "rebase-merge/message", "hooks/pre-push"}) {
    repository.write(std::string(".git/") + name, "x");
  }
  const std::map<std::string, PlaceKind> kinds = kinds_of(Listing(repository).sink);
  EXPECT_EQ(kinds.at(".git/config"), PlaceKind::config);
  EXPECT_EQ(kinds.at(".git/hooks/pre-push"), PlaceKind::config);
  EXPECT_EQ(kinds.at(".git/FETCH_HEAD"), PlaceKind::config);
  EXPECT_EQ(kinds.at(".git/logs/HEAD"), PlaceKind::reflog);
  EXPECT_EQ(kinds.at(".git/worktrees/w/logs/HEAD"), PlaceKind::reflog);
  EXPECT_EQ(kinds.at(".git/packed-refs"), PlaceKind::ref_name);
  EXPECT_EQ(kinds.at(".git/refs/heads/main"), PlaceKind::ref_name);
  EXPECT_EQ(kinds.at(".git/HEAD"), PlaceKind::ref_name);
  EXPECT_EQ(kinds.at(".git/worktrees/w/HEAD"), PlaceKind::ref_name);
  EXPECT_EQ(kinds.at(".git/COMMIT_EDITMSG"), PlaceKind::commit_message);
  EXPECT_EQ(kinds.at(".git/MERGE_MSG"), PlaceKind::commit_message);
  EXPECT_EQ(kinds.at(".git/rebase-merge/message"), PlaceKind::commit_message);
  EXPECT_EQ(kinds.at(".git/worktrees/w/index"), PlaceKind::path);
  EXPECT_EQ(kinds.at(".git/lfs/objects/ab/cd/x"), PlaceKind::blob);
}

TEST(GitFolder, NamesOfRefsFilesFoldersAndLinksAreOneItem) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.git({"branch", "deep/name"});
  std::filesystem::create_symlink("nowhere", repository.path(".git/a-link"));
  std::filesystem::create_directory(repository.path(".git/a-folder"));
  const Listing listing(repository);
  const std::string names = read_item(listing.sink.items.back());
  for (const char* line : {"refs/heads/deep/name\n", "a-link\n", "a-folder\n", "config\n"}) {
    EXPECT_NE(names.find(line), std::string::npos) << line;
  }
}

TEST(GitFolder, WhatIsNoFileIsSkippedAndCounted) {
  const ScratchRepository repository;
  std::filesystem::create_symlink("/dev/zero", repository.path(".git/FETCH_HEAD"));
  std::filesystem::create_symlink("/", repository.path(".git/modules"));
  ASSERT_EQ(::mkfifo(repository.path(".git/fifo").c_str(), 0600), 0);
  const Listing listing(repository);
  const CollectingSink& sink = listing.sink;
  EXPECT_EQ(sink.skipped(SkipReason::symlink_target), (std::vector<std::string>{".git/FETCH_HEAD", ".git/modules"}));
  EXPECT_EQ(sink.skipped(SkipReason::special_file), std::vector<std::string>{".git/fifo"});
}

TEST(GitFolder, FileThatBecameAFifoOrALinkIsAnErrorOfItsItem) {
  const ScratchRepository repository;
  repository.write(".git/a", "x");
  repository.write(".git/b", "x");
  const Listing listing(repository);
  std::filesystem::remove(repository.path(".git/a"));
  std::filesystem::remove(repository.path(".git/b"));
  ASSERT_EQ(::mkfifo(repository.path(".git/a").c_str(), 0600), 0);
  std::filesystem::create_symlink("config", repository.path(".git/b"));
  EXPECT_TRUE(listing.sink.content(".git/a").starts_with("error: "));
  EXPECT_TRUE(listing.sink.content(".git/b").starts_with("error: "));
}

TEST(GitFolder, FoldersThatAreNestedTooDeepAreNamed) {
  const ScratchRepository repository;
  std::string folder = ".git";
  for (int i = 0; i < 100; ++i) folder += "/a";
  repository.write(folder + "/x", "");
  EXPECT_EQ(Listing(repository).sink.diagnostics.size(), 1U);
}

}  // namespace
}  // namespace hfscan
