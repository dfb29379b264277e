#include "git/place_history.h"

#include <gtest/gtest.h>

#include <set>

#include "unit/git/forest.h"

namespace hfscan {
namespace {

using test::Forest;
using test::id_of;
using test::kBlob;

// Commit n has the tree n + 1 and the parents given for it.
struct History {
  History(const Forest& forest, const std::vector<std::vector<std::uint32_t>>& parents)
      : links(forest.links({id_of(kBlob), id_of(kBlob + 1)})), trees(links), history(trees) {
    CommitGraphBuilder builder(ObjectFormat::sha1);
    for (std::uint32_t commit = 0; commit < parents.size(); ++commit) {
      std::string text = cat("tree ", id_of(commit + 1).hex(), "\n");
      for (const std::uint32_t parent : parents[commit]) text += cat("parent ", id_of(parent).hex(), "\n");
      builder.add(id_of(commit), text + "author a <a> 1 +0000\ncommitter a <a> 1 +0000\n\n");
    }
    const CommitGraph graph = builder.build();
    for (CommitNumber commit = 0; commit < graph.size(); ++commit) {
      std::vector<HitTree> parent_trees;
      for (const CommitNumber parent : graph.parents(commit)) parent_trees.push_back(trees.visit(graph.tree(parent)));
      history.add_commit(graph, commit, trees.visit(graph.tree(commit)), parent_trees);
    }
  }

  // "path=blob +introducing -removing"
  [[nodiscard]] std::set<std::string> shown() const {
    std::set<std::string> lines;
    for (const Place& place : history.places()) {
      std::string line = cat(place.path, "=", std::to_string(place.blob));
      for (const CommitNumber commit : place.introduced) line += cat(" +", std::to_string(commit));
      for (const CommitNumber commit : place.removed) line += cat(" -", std::to_string(commit));
      lines.insert(line);
    }
    return lines;
  }

  TreeLinks links;
  HitTrees trees;
  PlaceHistory history;
};

TEST(PlaceHistory, FileThatBecomesAFolderAndAnotherBlob) {
  Forest forest;
  forest.file(1, "a", kBlob);
  forest.folder(2, "a", 10);
  forest.file(10, "a", kBlob);
  forest.file(3, "a", kBlob + 1);
  const History history(forest, {{}, {0}, {1}});
  EXPECT_EQ(history.shown(), (std::set<std::string>{"a=0 +0 -1", "a/a=0 +1 -2", "a=1 +2"}));
}

TEST(PlaceHistory, MergeIsComparedWithAllParentsTogether) {
  Forest forest;
  forest.file(1, "a", kBlob);
  forest.file(2, "b", kBlob);
  forest.file(3, "a", kBlob);
  forest.file(3, "b", kBlob);
  forest.file(3, "c", kBlob);
  forest.file(4, "x", 7);
  const History history(forest, {{}, {}, {0, 1}, {0, 1, 2}});
  EXPECT_EQ(history.shown(), (std::set<std::string>{"a=0 +0 -3", "b=0 +1 -3", "c=0 +2 -3"}));
}

// git never writes such a tree; what stands there twice is there.
TEST(PlaceHistory, NameThatStandsTwiceInATree) {
  Forest forest;
  forest.file(1, "a", kBlob);
  forest.file(1, "a", kBlob + 1);
  forest.folder(1, "d", 10);
  forest.folder(1, "d", 11);
  forest.file(10, "x", kBlob);
  forest.file(11, "y", kBlob);
  forest.folder(2, "d", 11);
  const History history(forest, {{}, {0}});
  EXPECT_EQ(history.shown(), (std::set<std::string>{"a=0 +0 -1", "a=1 +0 -1", "d/x=0 +0 -1", "d/y=0 +0"}));
}

TEST(PlaceHistory, TenBillionPathsAreCutAndSaid) {
  Forest forest;
  for (std::uint32_t tree = 1; tree < 11; ++tree) {
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}) forest.folder(tree, name, tree + 1);
  }
  forest.file(11, "x", kBlob);
  const History history(forest, {{}});
  EXPECT_GT(history.history.places().size(), 10'000U);
  EXPECT_LE(history.history.places().size(), PlaceHistory::kMostPlaces);
  ASSERT_EQ(history.history.diagnostics().size(), 1U);
  EXPECT_EQ(history.history.diagnostics()[0].path, cat("commit ", id_of(0).hex()));
}

TEST(PlaceHistory, DeepNestingEndsAtTheLongestPath) {
  Forest forest;
  forest.file(1, "a", kBlob);
  for (std::uint32_t tree = 1; tree < 50'000; ++tree) forest.folder(tree, "d", tree + 1);
  forest.file(50'000, "x", kBlob + 1);
  const History history(forest, {{}});
  EXPECT_EQ(history.shown(), std::set<std::string>{"a=0 +0"});
  ASSERT_EQ(history.history.diagnostics().size(), 1U);
  EXPECT_EQ(history.history.diagnostics()[0].message, "has hits at paths too long to list");
}

TEST(PlaceHistory, PlacesOfATreeAlone) {
  Forest forest;
  forest.file(1, "a", kBlob);
  forest.file(20, "b", kBlob);
  History history(forest, {{}});
  const std::vector<std::uint32_t> places = history.history.places_of("refs/tags/t", history.trees.visit(id_of(20)));
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(history.history.places()[places[0]].path, "b");
  EXPECT_EQ(history.shown(), (std::set<std::string>{"a=0 +0", "b=0"}));
}

}  // namespace
}  // namespace hfscan
