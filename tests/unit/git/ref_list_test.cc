#include "git/ref_list.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::ScratchRepository;

RefList refs_of(const std::string& folder) {
  const RepositoryLayout layout = **find_repository(folder);
  const ObjectStore store = ObjectStore::open(layout, {"/"}, 1);
  CommitGraphBuilder graph(store.format());
  return list_refs(layout, store, graph.build());
}

std::vector<std::string> names(const RefList& list) {
  std::vector<std::string> result;
  for (const NamedRef& ref : list.refs) result.push_back(ref.peeled.name);
  return result;
}

std::vector<std::string> problems(const RefList& list) {
  std::vector<std::string> result;
  for (const Diagnostic& problem : list.problems) result.push_back(problem.path);
  std::sort(result.begin(), result.end());
  return result;
}

using Names = std::vector<std::string>;

TEST(RefList, HeadComesFirstThenAllByNameLooseOrPacked) {
  const ScratchRepository repository;
  repository.commit_all();
  for (const char* name : {"z", "a"}) repository.git({"branch", name});
  repository.git({"pack-refs", "--all"});
  repository.git({"tag", "t"});
  const RefList list = refs_of(repository.path());
  EXPECT_EQ(names(list), (Names{"HEAD", "refs/heads/a", "refs/heads/main", "refs/heads/z", "refs/tags/t"}));
  EXPECT_TRUE(list.problems.empty());
}

TEST(RefList, AnnotatedTagsAreFollowedToTheirEnd) {
  const ScratchRepository repository;
  const std::string commit = repository.commit_all();
  repository.git({"tag", "-a", "-m", "x", "inner"});
  repository.git({"tag", "-a", "-m", "y", "outer", "inner"});
  const RefList list = refs_of(repository.path());
  const NamedRef& outer = list.refs.back();
  EXPECT_EQ(outer.peeled.name, "refs/tags/outer");
  EXPECT_EQ(outer.peeled.target.hex(), commit);
  EXPECT_EQ(outer.peeled.type, ObjectType::commit);
  ASSERT_EQ(outer.tags.size(), 2U);
  EXPECT_EQ(outer.tags[0].hex(), repository.rev("outer"));
  EXPECT_EQ(outer.tags[1].hex(), repository.rev("inner"));
}

TEST(RefList, TagOfTreeOrBlobEndsThere) {
  const ScratchRepository repository;
  repository.write("f", "x");
  repository.commit_all();
  repository.git({"tag", "blob", "HEAD:f"});
  repository.git({"tag", "-a", "-m", "x", "tree", "HEAD^{tree}"});
  const RefList list = refs_of(repository.path());
  ASSERT_EQ(list.refs.size(), 4U);
  EXPECT_EQ(list.refs[2].peeled.type, ObjectType::blob);
  EXPECT_EQ(list.refs[3].peeled.type, ObjectType::tree);
  EXPECT_EQ(list.refs[3].tags.size(), 1U);
}

TEST(RefList, BrokenRefsAreNamedAndTheOthersStay) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.write(".git/refs/heads/bad", "garbage\n");
  repository.write(".git/refs/heads/gone", std::string(40, '1') + "\n");
  repository.write(".git/refs/heads/l1", "ref: refs/heads/l2\n");
  repository.write(".git/refs/heads/l2", "ref: refs/heads/l1\n");
  const RefList list = refs_of(repository.path());
  EXPECT_EQ(names(list), (Names{"HEAD", "refs/heads/main"}));
  EXPECT_EQ(problems(list), (Names{"refs/heads/bad", "refs/heads/gone", "refs/heads/l1", "refs/heads/l2"}));
}

TEST(RefList, UnbornHeadIsNoProblem) {
  const ScratchRepository repository;
  const RefList list = refs_of(repository.path());
  EXPECT_TRUE(list.refs.empty());
  EXPECT_TRUE(list.problems.empty());
}

TEST(RefList, HeadsOfLinkedWorkTreesCountFromAnyOfThem) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.git({"worktree", "add", "-q", "--detach", repository.around().path("linked")});
  repository.git({"commit", "-q", "--allow-empty", "-m", "x"}, repository.around().path("linked"));
  const std::string there = repository.git({"rev-parse", "HEAD"}, repository.around().path("linked")).substr(0, 40);
  const RefList from_main = refs_of(repository.path());
  EXPECT_EQ(names(from_main), (Names{"HEAD", "refs/heads/main", "worktrees/linked/HEAD"}));
  EXPECT_EQ(from_main.refs.back().peeled.target.hex(), there);
  const RefList from_linked = refs_of(repository.around().path("linked"));
  EXPECT_EQ(from_linked.refs.front().peeled.target.hex(), there);
}

TEST(RefList, RefStorageThatIsNotKnownIsNamed) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.git({"config", "core.repositoryformatversion", "1"});
  repository.write(".git/config", "[core]\n\trepositoryformatversion = 1\n[extensions]\n\trefStorage = reftable\n");
  const RefList list = refs_of(repository.path());
  EXPECT_TRUE(list.refs.empty());
  ASSERT_FALSE(list.problems.empty());
  EXPECT_NE(list.problems[0].message.find("reftable"), std::string::npos);
}

}  // namespace
}  // namespace hfscan
