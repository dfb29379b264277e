#include "git/ref_reach.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "base/text.h"

namespace hfscan {
namespace {

ObjectId id_of(std::uint32_t number) {
  std::string raw(20, '\0');
  for (std::size_t i = 0; i < 4; ++i) raw[i] = static_cast<char>(number >> (8 * i));
  return ObjectId::from_raw(raw);
}

// Commit n has the given parents; added in order, so that it also gets the number n.
CommitGraph graph_of(const std::vector<std::vector<std::uint32_t>>& parents) {
  CommitGraphBuilder builder(ObjectFormat::sha1);
  for (std::uint32_t commit = 0; commit < parents.size(); ++commit) {
    std::string text = cat("tree ", id_of(0).hex(), "\n");
    for (const std::uint32_t parent : parents[commit]) text += cat("parent ", id_of(parent).hex(), "\n");
    builder.add(id_of(commit), text + "author a <a> 1 +0000\ncommitter a <a> 1 +0000\n\n");
  }
  return builder.build();
}

TEST(RefReach, KindsByName) {
  EXPECT_EQ(ref_kind("HEAD"), RefKind::head);
  EXPECT_EQ(ref_kind("refs/heads/main"), RefKind::branch);
  EXPECT_EQ(ref_kind("refs/tags/v1"), RefKind::tag);
  EXPECT_EQ(ref_kind("refs/remotes/origin/HEAD"), RefKind::remote_tracking);
  EXPECT_EQ(ref_kind("refs/stash"), RefKind::stash);
  EXPECT_EQ(ref_kind("refs/notes/commits"), RefKind::notes);
  EXPECT_EQ(ref_kind("refs/pull/1/head"), RefKind::other);
  EXPECT_EQ(ref_kind("refs/headstrong"), RefKind::other);
}

TEST(RefReach, EqualsWalkingFromEveryRef) {
  std::mt19937 random(7);
  std::vector<std::vector<std::uint32_t>> parents(300);
  for (std::uint32_t commit = 1; commit < parents.size(); ++commit) {
    for (auto i = random() % 3; i > 0; --i) parents[commit].push_back(static_cast<std::uint32_t>(random() % commit));
  }
  const CommitGraph graph = graph_of(parents);
  std::vector<std::set<CommitNumber>> ancestors(graph.size());
  for (CommitNumber commit = 0; commit < graph.size(); ++commit) {
    ancestors[commit].insert(commit);
    for (const CommitNumber parent : graph.parents(commit))
      ancestors[commit].insert(ancestors[parent].begin(), ancestors[parent].end());
  }
  std::vector<CommitRef> refs;
  for (int i = 0; i < 100; ++i)
    refs.push_back({cat("refs/heads/", std::to_string(i)), static_cast<CommitNumber>(random() % 300)});
  std::vector<std::vector<CommitNumber>> sets(150);  // more than a word has bits
  for (auto& set : sets) {
    for (auto i = random() % 4; i > 0; --i) set.push_back(static_cast<CommitNumber>(random() % 300));
  }
  const std::vector<RefSubset> found = refs_reaching(graph, refs, sets, 1000);
  for (std::size_t set = 0; set < sets.size(); ++set) {
    std::vector<std::uint32_t> expected;
    for (std::uint32_t ref = 0; ref < refs.size(); ++ref) {
      const bool reaches = std::any_of(sets[set].begin(), sets[set].end(),
                                       [&](CommitNumber commit) { return ancestors[refs[ref].commit].contains(commit); });
      if (reaches) expected.push_back(ref);
    }
    EXPECT_EQ(found[set].named, expected);
    EXPECT_EQ(found[set].reachable, !expected.empty());
  }
}

TEST(RefReach, NamesTheFirstAndCountsTheOthers) {
  const CommitGraph graph = graph_of({{}, {0}});
  std::vector<CommitRef> refs;
  for (int i = 0; i < 5000; ++i) refs.push_back({cat("refs/tags/", std::to_string(i)), 1});
  refs.push_back({"refs/remotes/origin/main", 1});
  const std::vector<std::vector<CommitNumber>> sets = {{0}};
  const RefSubset found = refs_reaching(graph, refs, sets, 3)[0];
  EXPECT_EQ(found.named, (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(found.others, 4998U);
  EXPECT_TRUE(found.from_remote);  // though it is not named
  EXPECT_FALSE(found.from_head);
}

TEST(RefReach, StashAloneDoesNotMakeReachable) {
  const CommitGraph graph = graph_of({{}, {0}});
  const std::vector<std::vector<CommitNumber>> sets = {{1}, {0}, {}};
  const auto found = refs_reaching(graph, std::vector<CommitRef>{{"refs/stash", 1}, {"HEAD", 0}}, sets, 9);
  EXPECT_FALSE(found[0].reachable);
  EXPECT_EQ(found[0].named.size(), 1U);
  EXPECT_TRUE(found[1].reachable);
  EXPECT_TRUE(found[1].from_head);
  EXPECT_FALSE(found[2].reachable);
}

}  // namespace
}  // namespace hfscan
