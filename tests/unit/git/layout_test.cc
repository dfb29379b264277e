#include "git/layout.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "git/refs.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::ScratchRepository;

std::string error_at(const std::string& path) {
  const auto layout = find_repository(path);
  return layout.ok() ? "no error" : layout.error().message;
}

TEST(Layout, IsFoundFromAFolderAndAFileBelow) {
  const ScratchRepository repository;
  repository.write("a/b/file", "x");
  for (const char* start : {"", "a", "a/b", "a/b/file"}) {
    const auto layout = find_repository(repository.path(start));
    ASSERT_TRUE(layout.ok() && *layout) << start;
    EXPECT_EQ((*layout)->work_tree, repository.path());
    EXPECT_EQ((*layout)->index_file, repository.path(".git/index"));
    EXPECT_FALSE((*layout)->linked_work_tree);
  }
}

TEST(Layout, PlainFolderHasNone) {
  const test::TempFolder folder;
  const auto layout = find_repository(folder.path());
  ASSERT_TRUE(layout.ok());
  EXPECT_FALSE(layout->has_value());
}

TEST(Layout, EmptyDotGitFolderIsNoRepository) {
  const test::TempFolder folder;
  std::filesystem::create_directory(folder.path(".git"));
  const auto layout = find_repository(folder.path());
  ASSERT_TRUE(layout.ok());
  EXPECT_FALSE(layout->has_value());
}

class FifoInGit : public testing::TestWithParam<const char*> {};

TEST_P(FifoInGit, IsNamedAndNeverWaitedFor) {
  const ScratchRepository repository;
  const std::string path = repository.path(GetParam());
  std::filesystem::remove(path);
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(error_at(repository.path()), std::string("'") + GetParam() + "' is not a regular file");
}

INSTANTIATE_TEST_SUITE_P(Files, FifoInGit, testing::Values(".git/config", ".git/commondir", ".git/objects/info/alternates"));

TEST(Layout, FifoAsHeadOrPackedRefsOnlyStopsTheRefs) {
  const ScratchRepository repository;
  repository.commit_all();
  const auto layout = find_repository(repository.path());
  ASSERT_TRUE(layout.ok() && *layout);
  std::filesystem::remove(repository.path(".git/HEAD"));
  ASSERT_EQ(::mkfifo(repository.path(".git/HEAD").c_str(), 0600), 0);
  const auto head = resolve_head(**layout);
  ASSERT_FALSE(head.ok());
  EXPECT_EQ(head.error().message, "'.git/HEAD' is not a regular file");
}

TEST(Layout, LinkedWorkTreeLeadsOutAndBack) {
  const ScratchRepository repository;
  repository.write("f", "x");
  repository.commit_all();
  const std::string linked = repository.around().path("linked");
  repository.git({"worktree", "add", "-q", linked});
  const auto layout = find_repository(linked);
  ASSERT_TRUE(layout.ok()) << layout.error().message;
  ASSERT_TRUE(layout->has_value());
  EXPECT_TRUE((*layout)->linked_work_tree);
  EXPECT_EQ((*layout)->work_tree, linked);
  EXPECT_EQ((*layout)->common_dir, repository.path(".git"));
  EXPECT_EQ((*layout)->index_file, repository.path(".git/worktrees/linked/index"));
}

TEST(Layout, SubmoduleLeadsIntoItsSuperRepository) {
  const ScratchRepository library;
  library.write("lib", "x");
  library.commit_all();
  const ScratchRepository repository;
  repository.git({"submodule", "--quiet", "add", library.path(), "sub"});
  const auto layout = find_repository(repository.path("sub"));
  ASSERT_TRUE(layout.ok()) << layout.error().message;
  ASSERT_TRUE(layout->has_value());
  EXPECT_EQ((*layout)->work_tree, repository.path("sub"));
  EXPECT_EQ((*layout)->git_dir, repository.path(".git/modules/sub"));
}

TEST(Layout, DotGitFileThatLeadsElsewhereIsRefused) {
  const ScratchRepository elsewhere;
  const test::TempFolder folder;
  folder.write(".git", "gitdir: " + elsewhere.path(".git") + "\n");
  EXPECT_NE(error_at(folder.path()).find("outside the scanned root"), std::string::npos);
  DiscoverOptions options;
  options.outside = OutsideData::allowed;
  const auto layout = find_repository(folder.path(), options);
  ASSERT_TRUE(layout.ok() && *layout);
  EXPECT_EQ((*layout)->work_tree, folder.path());
}

TEST(Layout, DotGitSymlinkThatLeadsElsewhereIsRefused) {
  const ScratchRepository elsewhere;
  const test::TempFolder folder;
  std::filesystem::create_symlink(elsewhere.path(".git"), folder.path(".git"));
  EXPECT_NE(error_at(folder.path()).find("outside the scanned root"), std::string::npos);
}

TEST(Layout, WorkTreeOfTheConfigIsNotObeyed) {
  const ScratchRepository repository;
  repository.git({"config", "core.worktree", "/etc"});
  const auto layout = find_repository(repository.path());
  ASSERT_TRUE(layout.ok() && *layout);
  EXPECT_EQ((*layout)->work_tree, repository.path());
}

TEST(Layout, EnvironmentIsHonouredOnlyWhenGiven) {
  const ScratchRepository repository;
  repository.git({"init", "-q", "--bare", "bare.git"}, repository.around().path());
  DiscoverOptions options;
  options.environment.git_dir = repository.around().path("bare.git");
  options.environment.index_file = "/somewhere/else";
  options.environment.object_folder = repository.path(".git/objects");
  const auto layout = find_repository(repository.path(), options);
  ASSERT_TRUE(layout.ok() && *layout);
  EXPECT_EQ((*layout)->git_dir, repository.around().path("bare.git"));
  EXPECT_EQ((*layout)->index_file, "/somewhere/else");
  EXPECT_EQ((*layout)->object_folders, std::vector<std::string>({repository.path(".git/objects")}));
}

TEST(Layout, BareRepositoryHasNoWorkTree) {
  const ScratchRepository repository;
  repository.git({"init", "-q", "--bare", "bare.git"}, repository.around().path());
  const auto layout = find_repository(repository.around().path("bare.git"));
  ASSERT_TRUE(layout.ok() && *layout);
  EXPECT_EQ((*layout)->work_tree, "");
}

TEST(Layout, AlternatesAreFollowedOnceEach) {
  const ScratchRepository repository;
  repository.write(".git/objects/info/alternates", repository.path(".git/objects") + "\n../../../other\n# comment\n");
  repository.around().write("other/info/alternates", "../repo/.git/objects\n");
  const auto layout = find_repository(repository.path());
  ASSERT_TRUE(layout.ok() && *layout);
  EXPECT_EQ((*layout)->object_folders,
            std::vector<std::string>({repository.path(".git/objects"), repository.around().path("other")}));
}

TEST(Layout, FormatsAreReadFromTheExtensions) {
  const ScratchRepository repository;
  repository.git({"init", "-q", "--object-format=sha256", "wide"}, repository.around().path());
  const auto wide = find_repository(repository.around().path("wide"));
  ASSERT_TRUE(wide.ok() && *wide);
  EXPECT_EQ((*wide)->format, ObjectFormat::sha256);
  repository.write(".git/config", "[Extensions]\n\trefStorage = reftable\n[other]\n\tobjectformat = sha256\n");
  const auto layout = find_repository(repository.path());
  ASSERT_TRUE(layout.ok() && *layout);
  EXPECT_EQ((*layout)->format, ObjectFormat::sha1);
  EXPECT_NE(resolve_head(**layout).error().message.find("'reftable'"), std::string::npos);
}

TEST(Refs, LooseOnesHidePackedOnes) {
  const ScratchRepository repository;
  const std::string first = repository.commit_all("1");
  repository.git({"tag", "old"});
  repository.git({"pack-refs", "--all"});
  const std::string second = repository.commit_all("2");
  const auto layout = find_repository(repository.path());
  EXPECT_EQ((*resolve_head(**layout))->hex(), second);
  EXPECT_EQ((*resolve_ref(**layout, "refs/tags/old"))->hex(), first);
  EXPECT_FALSE(resolve_ref(**layout, "refs/tags/none")->has_value());
  std::map<std::string, std::string> refs;
  RefVisitor visitor;
  visitor.use = [&](const std::string& name, const ObjectId& id) { EXPECT_TRUE(refs.emplace(name, id.hex()).second) << name; };
  visitor.broken = [](const std::string& name) { ADD_FAILURE() << name; };
  ASSERT_TRUE(for_each_ref(**layout, "refs/", visitor).ok());
  EXPECT_EQ(refs, (std::map<std::string, std::string>{{"refs/heads/main", second}, {"refs/tags/old", first}}));
}

TEST(Refs, BrokenOnesAreNamedAndHideNoOther) {
  const ScratchRepository repository;
  const std::string id = repository.commit_all();
  repository.write(".git/refs/heads/empty", "");
  repository.write(".git/refs/heads/loop", "ref: refs/heads/loop\n");
  repository.write(".git/refs/heads/out", "ref: ../../etc/passwd\n");
  ASSERT_EQ(::mkfifo(repository.path(".git/refs/heads/pipe").c_str(), 0600), 0);
  std::vector<std::string> used;
  std::vector<std::string> broken;
  const auto layout = find_repository(repository.path());
  ASSERT_TRUE(for_each_ref(**layout, "refs/",
                           {[&](const std::string& name, const ObjectId&) { used.push_back(name); },
                            [&](const std::string& name) { broken.push_back(name); }})
                  .ok());
  std::sort(broken.begin(), broken.end());
  EXPECT_EQ(used, std::vector<std::string>({"refs/heads/main"}));
  EXPECT_EQ(broken, std::vector<std::string>({"refs/heads/empty", "refs/heads/loop", "refs/heads/out", "refs/heads/pipe"}));
}

TEST(Refs, UnbornBranchIsNothing) {
  const ScratchRepository repository;
  const auto layout = find_repository(repository.path());
  const auto head = resolve_head(**layout);
  ASSERT_TRUE(head.ok());
  EXPECT_FALSE(head->has_value());
}

}  // namespace
}  // namespace hfscan
