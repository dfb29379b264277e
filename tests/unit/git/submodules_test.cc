#include "git/submodules.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::ScratchRepository;

RepositoryLayout layout_of(const ScratchRepository& repository) { return **find_repository(repository.path()); }

TEST(Submodules, AreFoundByNameHoweverDeepItIsAndInOrder) {
  const ScratchRepository library;
  library.commit_all();
  const ScratchRepository repository;
  for (const char* name : {"z", "libs/a", "libs/b/c"}) repository.git({"submodule", "--quiet", "add", library.path(), name});
  const SubmoduleStores found = find_submodule_stores(layout_of(repository));
  ASSERT_EQ(found.stores.size(), 3U);
  EXPECT_TRUE(found.problems.empty());
  EXPECT_EQ(found.stores[0].name, "libs/a");
  EXPECT_EQ(found.stores[1].name, "libs/b/c");
  EXPECT_EQ(found.stores[2].name, "z");
  const RepositoryLayout& layout = found.stores[1].layout;
  EXPECT_TRUE(layout.common_dir.ends_with("/.git/modules/libs/b/c"));
  EXPECT_EQ(layout.shown(layout.common_dir + "/config"), ".git/modules/libs/b/c/config");
  EXPECT_EQ(layout.object_folders.size(), 1U);
}

TEST(Submodules, OfSubmodulesAreFoundFromTheirs) {
  const ScratchRepository deep;
  deep.commit_all();
  const ScratchRepository middle;
  middle.git({"submodule", "--quiet", "add", deep.path(), "deep"});
  middle.commit_all();
  const ScratchRepository repository;
  repository.git({"submodule", "--quiet", "add", middle.path(), "middle"});
  repository.git({"submodule", "--quiet", "update", "--init", "--recursive"});
  const SubmoduleStores outer = find_submodule_stores(layout_of(repository));
  ASSERT_EQ(outer.stores.size(), 1U);
  const SubmoduleStores inner = find_submodule_stores(outer.stores[0].layout);
  ASSERT_EQ(inner.stores.size(), 1U);
  EXPECT_EQ(inner.stores[0].name, "deep");
}

TEST(Submodules, BrokenStoreIsNamedAndNotTakenForTheRepositoryAroundIt) {
  const ScratchRepository repository;
  repository.write(".git/modules/broken/objects/info/x", "");
  const SubmoduleStores found = find_submodule_stores(layout_of(repository));
  EXPECT_TRUE(found.stores.empty());
  ASSERT_EQ(found.problems.size(), 1U);
  EXPECT_EQ(found.problems[0].path, ".git/modules/broken");
}

TEST(Submodules, LinksAreNamedAndNotFollowed) {
  const ScratchRepository other;
  other.commit_all();
  const ScratchRepository repository;
  repository.write(".git/modules/x", "");
  std::filesystem::create_directory_symlink(other.path(".git"), repository.path(".git/modules/linked"));
  const SubmoduleStores found = find_submodule_stores(layout_of(repository));
  EXPECT_TRUE(found.stores.empty());
  ASSERT_EQ(found.problems.size(), 1U);
  EXPECT_EQ(found.problems[0].path, ".git/modules/linked");
}

TEST(Submodules, FoldersThatAreNestedTooDeepAreNamed) {
  const ScratchRepository repository;
  std::string folder = ".git/modules";
  for (int i = 0; i < 40; ++i) folder += "/a";
  repository.write(folder + "/x", "");
  const SubmoduleStores found = find_submodule_stores(layout_of(repository));
  EXPECT_TRUE(found.stores.empty());
  EXPECT_EQ(found.problems.size(), 1U);
}

TEST(Submodules, OfTheWorkTreeAreThoseThatLieWhereTheirPathSays) {
  const ScratchRepository elsewhere;
  elsewhere.commit_all();
  const ScratchRepository repository;
  const std::string id = repository.commit_all();
  repository.git({"init", "-q", repository.path("own")});
  std::filesystem::create_directory_symlink(elsewhere.path(), repository.path("link"));
  for (const char* path : {"own", "link", "gone", "@@@@@@@@", "ownxxxxxxx"})
    repository.git({"update-index", "--add", "--cacheinfo", "160000," + id + "," + path});
  std::ifstream in(repository.path(".git/index"), std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  const auto forge = [&bytes](const std::string& path, const std::string& forged) {
    bytes.replace(bytes.find(path + std::string(1, '\0')), path.size(), forged);
  };
  forge("@@@@@@@@", ".///////");      // the repository itself
  forge("ownxxxxxxx", "own/../own");  // another way to say the same
  const Result<Index> index = Index::parse(bytes, ObjectFormat::sha1);
  ASSERT_TRUE(index.ok()) << index.error().message;
  const CheckedOutSubmodules found = find_checked_out_submodules(layout_of(repository), *index);
  ASSERT_EQ(found.stores.size(), 1U);
  EXPECT_EQ(found.stores[0].name, "own");
  EXPECT_EQ(found.absent, std::vector<std::string>{"gone"});
}

}  // namespace
}  // namespace hfscan
