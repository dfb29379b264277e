#include "sources/index.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/collecting_sink.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::CollectingSink;
using test::ScratchRepository;

TEST(IndexSource, GivesTheStagedContentAndNotTheFile) {
  const ScratchRepository repository;
  repository.write("f", "staged");
  repository.git({"add", "f"});
  repository.write("f", "edited afterwards");
  IndexSource source(Repository::discover(repository.path()).value());
  CollectingSink sink;
  ASSERT_TRUE(source.for_each(sink).ok());
  ASSERT_EQ(sink.items.size(), 1U);
  EXPECT_EQ(sink.content("f"), "staged");
  EXPECT_EQ(sink.items[0].object_id, repository.rev(":f"));
}

TEST(IndexSource, BlobThatIsMissingIsAnErrorOfItsItem) {
  const ScratchRepository repository;
  repository.write("f", "staged");
  repository.git({"add", "f"});
  const std::string id = repository.rev(":f");
  std::filesystem::remove(repository.path(".git/objects/" + id.substr(0, 2) + "/" + id.substr(2)));
  IndexSource source(Repository::discover(repository.path()).value());
  CollectingSink sink;
  ASSERT_TRUE(source.for_each(sink).ok());
  EXPECT_EQ(sink.content("f"), "error: object is missing");
}

TEST(IndexSource, SubmoduleIsSkippedByName) {
  const ScratchRepository library;
  library.commit_all();
  const ScratchRepository repository;
  repository.git({"submodule", "--quiet", "add", library.path(), "sub"});
  IndexSource source(Repository::discover(repository.path()).value());
  CollectingSink sink;
  ASSERT_TRUE(source.for_each(sink).ok());
  EXPECT_EQ(sink.skipped(SkipReason::submodule), std::vector<std::string>({"sub"}));
  EXPECT_TRUE(sink.diagnostics.empty());
}

// Run by a hook of the tests below, with the environment that git gives it.
TEST(InsideHook, DISABLED_ListStagedContent) {
  const char* output = std::getenv("STAGED_LIST");  // NOLINT(concurrency-mt-unsafe): one thread
  ASSERT_NE(output, nullptr);
  std::ofstream list(output);
  DiscoverOptions options;
  options.environment = GitEnvironment::of_process();
  auto repository = Repository::discover(".", options);
  ASSERT_TRUE(repository.ok()) << repository.error().message;
  IndexSource source(std::move(*repository));
  CollectingSink sink;
  ASSERT_TRUE(source.for_each(sink).ok());
  for (const std::string& path : sink.paths()) list << path << '=' << sink.content(path) << ';';
}

// What our own code sees from inside a pre-commit hook while `git COMMAND` runs in `folder`.
std::string seen_by_hook(const ScratchRepository& repository, const std::vector<std::string>& command,
                         const std::string& folder = "") {
  const std::string hook = repository.path(".git/hooks/pre-commit");
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  repository.write(".git/hooks/pre-commit",
                   "#!/bin/sh\nexec '" + self + "' --gtest_also_run_disabled_tests --gtest_filter=InsideHook.* >&2\n");
  std::filesystem::permissions(hook, std::filesystem::perms::owner_all);
  const std::string list = repository.around().path("list");
  repository.git(command, folder, {{"STAGED_LIST", list}});
  return repository.around().read("list");
}

class PreCommitHook : public testing::Test {
 protected:
  PreCommitHook() {
    for (const char* path : {"a", "b", "d/c"}) repository_.write(path, "old");
    repository_.commit_all();
    repository_.write("a", "new a");
    repository_.write("b", "new b");
    repository_.git({"add", "a"});
  }
  ScratchRepository repository_;
};

TEST_F(PreCommitHook, PlainCommitHasTheIndex) { EXPECT_EQ(seen_by_hook(repository_, {"commit", "-q", "-m", "x"}), "a=new a;"); }

TEST_F(PreCommitHook, CommitOfAPathHasThatPathOnly) {
  EXPECT_EQ(seen_by_hook(repository_, {"commit", "-q", "-m", "x", "b"}), "b=new b;");
}

TEST_F(PreCommitHook, CommitAllHasWhatWasNotAdded) {
  EXPECT_EQ(seen_by_hook(repository_, {"commit", "-q", "-a", "-m", "x"}), "a=new a;b=new b;");
}

TEST_F(PreCommitHook, CommitFromASubfolder) {
  EXPECT_EQ(seen_by_hook(repository_, {"commit", "-q", "-m", "x"}, repository_.path("d")), "a=new a;");
}

TEST_F(PreCommitHook, CommitInALinkedWorkTree) {
  const std::string linked = repository_.around().path("linked");
  repository_.git({"worktree", "add", "-q", linked});
  repository_.around().write("linked/b", "linked b");
  EXPECT_EQ(seen_by_hook(repository_, {"commit", "-q", "-a", "-m", "x"}, linked), "b=linked b;");
}

TEST_F(PreCommitHook, WorkTreeOfTheEnvironment) {
  EXPECT_EQ(
      seen_by_hook(repository_,
                   {"--git-dir", repository_.path(".git"), "--work-tree", repository_.path(), "commit", "-q", "-a", "-m", "x"},
                   repository_.around().path()),
      "a=new a;b=new b;");
}

}  // namespace
}  // namespace hfscan
