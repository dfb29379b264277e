#include "sources/commit_range.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <sstream>

#include "base/text.h"
#include "support/collecting_sink.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::CollectingSink;
using test::ScratchRepository;
using Paths = std::vector<std::string>;

struct Range {
  Range(const std::string& path, CommitRangeOptions options) : source(Repository::discover(path).value(), std::move(options)) {
    const Status status = source.for_each(sink);
    EXPECT_TRUE(status.ok()) << status.error().message;
  }
  [[nodiscard]] Paths contents(PlaceKind kind) const {
    Paths result;
    for (const Item& item : sink.items) {
      if (item.kind == kind) result.push_back(test::read_item(item));
    }
    std::sort(result.begin(), result.end());
    return result;
  }
  CommitRangeSource source;
  CollectingSink sink;
};

TEST(CommitRange, SeesWhatWasAddedAndRemovedAgain) {
  const ScratchRepository repository;
  repository.write("base", "base");
  const std::string from = repository.commit_all("0");
  repository.write("d/leak", "leaked");
  repository.commit_all("add");
  std::filesystem::remove(repository.path("d/leak"));
  const std::string to = repository.commit_all("remove");
  const Range range(repository.path(), {{to}, {from}, {}});
  EXPECT_EQ(range.contents(PlaceKind::blob), Paths({"leaked"}));
  EXPECT_EQ(range.contents(PlaceKind::commit_message), Paths({"add\n", "remove\n"}));
  for (const Item& item : range.sink.items) {
    if (item.kind == PlaceKind::blob) {
      EXPECT_EQ(item.locator, repository.rev("HEAD~1"));
    }
  }
}

TEST(CommitRange, MergeBringsInOnlyWhatNoParentHas) {
  const ScratchRepository repository;
  repository.write("base", "base");
  const std::string from = repository.commit_all("0");
  repository.git({"checkout", "-q", "-b", "side"});
  repository.write("side", "side");
  const std::string side = repository.commit_all("side");
  repository.git({"checkout", "-q", "main"});
  repository.write("main", "main");
  const std::string main = repository.commit_all("main");
  repository.git({"merge", "-q", "--no-commit", "side"});
  repository.write("evil", "only in the merge");
  const std::string merge = repository.commit_all("merge");
  EXPECT_EQ(Range(repository.path(), {{merge}, {side, main}, {}}).contents(PlaceKind::blob), Paths({"only in the merge"}));
  EXPECT_EQ(Range(repository.path(), {{merge}, {from}, {}}).contents(PlaceKind::blob),
            Paths({"main", "only in the merge", "side"}));
}

TEST(CommitRange, RefsOfARemoteAreHidden) {
  const ScratchRepository repository;
  repository.write("old", "old");
  const std::string old = repository.commit_all("old");
  repository.git({"update-ref", "refs/remotes/origin/main", old});
  repository.git({"pack-refs", "--all"});
  repository.write("new", "new");
  repository.commit_all("new");
  EXPECT_EQ(Range(repository.path(), {{"HEAD"}, {}, {"refs/remotes/origin/"}}).contents(PlaceKind::blob), Paths({"new"}));
  EXPECT_EQ(Range(repository.path(), {{"HEAD"}, {}, {"refs/remotes/other/"}}).contents(PlaceKind::blob), Paths({"new", "old"}));
}

TEST(CommitRange, UnknownHiddenIdHidesNothingAndDeletedRefIsPassedOver) {
  const ScratchRepository repository;
  repository.write("f", "x");
  const std::string id = repository.commit_all("one");
  const Range range(repository.path(), {{id, std::string(40, '0')}, {std::string(40, 'b')}, {}});
  EXPECT_EQ(range.contents(PlaceKind::blob), Paths({"x"}));
  EXPECT_TRUE(range.sink.diagnostics.empty());
}

TEST(CommitRange, TagsArePeeledAndTheirMessagesPushed) {
  const ScratchRepository repository;
  repository.write("f", "x");
  repository.commit_all("one");
  repository.git({"tag", "-a", "-m", "the tag", "v1"});
  repository.git({"tag", "-a", "-m", "a tag of a tag", "v2", "v1"});
  const Range range(repository.path(), {{"refs/tags/v2"}, {}, {}});
  EXPECT_EQ(range.contents(PlaceKind::tag_message), Paths({"a tag of a tag\n", "the tag\n"}));
  EXPECT_EQ(range.contents(PlaceKind::blob), Paths({"x"}));
}

TEST(CommitRange, ShallowBoundaryIsADiagnostic) {
  const ScratchRepository repository;
  repository.write("one", "1");
  repository.commit_all("one");
  repository.write("two", "2");
  repository.commit_all("two");
  const std::string shallow = repository.around().path("shallow");
  repository.git({"clone", "-q", "--depth", "1", "file://" + repository.path(), shallow}, repository.around().path());
  const Range range(shallow, {{"HEAD"}, {}, {}});
  EXPECT_EQ(range.contents(PlaceKind::blob), Paths({"1", "2"}));
  ASSERT_EQ(range.sink.diagnostics.size(), 1U);
  EXPECT_NE(range.sink.diagnostics[0].message.find("shallow"), std::string::npos);
}

TEST(CommitRange, MissingTreeAndBlobAreNamed) {
  const ScratchRepository repository;
  repository.write("d/f", "x");
  repository.write("g", "y");
  repository.commit_all("one");
  for (const char* name : {"HEAD:d", "HEAD:g"}) {
    const std::string id = repository.rev(name);
    std::filesystem::remove(repository.path(".git/objects/" + id.substr(0, 2) + "/" + id.substr(2)));
  }
  const Range range(repository.path(), {{"HEAD"}, {}, {}});
  EXPECT_EQ(range.contents(PlaceKind::blob), Paths({"error: object is missing"}));
  ASSERT_EQ(range.sink.diagnostics.size(), 1U);
  EXPECT_EQ(range.sink.diagnostics[0].path.substr(0, 2), "d/");
}

TEST(CommitRange, RevisionThatDoesNotExistIsAnError) {
  const ScratchRepository repository;
  CommitRangeSource source(Repository::discover(repository.path()).value(), {{"refs/heads/none"}, {}, {}});
  CollectingSink sink;
  EXPECT_EQ(source.for_each(sink).error().message, "no such revision: 'refs/heads/none'");
}

std::set<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  std::set<std::string> result;
  for (std::string word; stream >> word;) result.insert(word);
  return result;
}

// Random histories with merges and equal or wild dates, compared with `git rev-list` and `git rev-list --objects`.
TEST(CommitRange, CoversWhatGitCovers) {
  unsigned state = 31337;
  const auto next = [&state](unsigned bound) {
    state = state * 1664525U + 1013904223U;
    return (state >> 16U) % bound;
  };
  for (int round = 0; round < 4; ++round) {
    const ScratchRepository repository;
    Paths commits;
    for (unsigned i = 0; i < 16; ++i) {
      repository.write(cat("d", std::to_string(next(3)), "/f", std::to_string(next(4))), std::to_string(next(1000)));
      repository.git({"add", "-A"});
      std::string tree = repository.git({"write-tree"});
      tree.pop_back();
      std::vector<std::string> command = {"commit-tree", tree, "-m", std::to_string(i)};
      for (unsigned parents = commits.empty() ? 0 : 1 + next(2); parents > 0; --parents) {
        const auto back = std::min<std::size_t>(commits.size(), 1 + next(4));
        command.insert(command.end(), {"-p", commits[commits.size() - back]});
      }
      const std::string date = cat(std::to_string(round % 2 == 0 ? 1700000000U : 1600000000U + next(100000000)), " +0000");
      std::string id = repository.git(command, "", {{"GIT_COMMITTER_DATE", date}});
      id.pop_back();
      commits.push_back(id);
    }
    for (int pair = 0; pair < 6; ++pair) {
      const std::string& to = commits[commits.size() - 1 - next(4)];
      const std::string& from = commits[next(14)];
      const Range range(repository.path(), {{to}, {from}, {}});
      std::set<std::string> mine;
      std::set<std::string> blobs;
      for (const Item& item : range.sink.items) (item.kind == PlaceKind::blob ? blobs : mine).insert(item.object_id);
      for (const std::string& id : words(repository.git({"rev-list", to, "--not", from}))) EXPECT_TRUE(mine.contains(id)) << id;
      if (round % 2 == 0) {
        EXPECT_EQ(mine, words(repository.git({"rev-list", to, "--not", from})));
      }
      const std::set<std::string> needed =
          words(repository.git({"rev-list", "--objects", "--no-object-names", "--filter=object:type=blob",
                                "--filter-provided-objects", to, "--not", from}));
      for (const std::string& id : needed) EXPECT_TRUE(blobs.contains(id) || mine.contains(id)) << id;
      EXPECT_TRUE(range.sink.diagnostics.empty());
    }
  }
}

}  // namespace
}  // namespace hfscan
