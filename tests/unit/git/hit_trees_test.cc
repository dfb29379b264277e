#include "git/hit_trees.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <sstream>

#include "unit/git/forest.h"

namespace hfscan {
namespace {

using test::Forest;
using test::id_of;
using test::kBlob;

// "name>3" for a tree, "name=0" for a blob.
std::string shown(const HitTrees& trees, HitTree tree) {
  std::string text;
  for (const HitEntry& entry : trees.entries(tree))
    text += cat(text.empty() ? "" : " ", trees.name(entry.name), entry.is_tree ? ">" : "=", std::to_string(entry.target));
  return text;
}

TEST(HitTrees, KeepsOnlyWhatLeadsToAHit) {
  Forest forest;
  forest.folder(1, "a", 2);
  forest.folder(1, "b", 3);
  forest.file(1, "c", kBlob + 9);
  forest.file(2, "d", kBlob);
  forest.file(3, "e", kBlob + 9);
  TreeLinks links = forest.links({id_of(kBlob)});
  HitTrees trees(links);
  const HitTree root = trees.visit(id_of(1));
  ASSERT_EQ(trees.size(), 2U);
  EXPECT_EQ(shown(trees, root), "a>0");
  EXPECT_EQ(shown(trees, 0), "d=0");
  EXPECT_EQ(trees.visit(id_of(3)), kNoHits);
}

TEST(HitTrees, DecidesEachOfTenBillionPathsOnce) {
  Forest forest;
  for (std::uint32_t tree = 1; tree < 12; ++tree) {
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}) forest.folder(tree, name, tree + 1);
  }
  forest.file(12, "x", kBlob);
  TreeLinks links = forest.links({id_of(kBlob)});
  HitTrees trees(links);
  EXPECT_NE(trees.visit(id_of(1)), kNoHits);
  EXPECT_NE(trees.visit(id_of(2)), kNoHits);
  EXPECT_EQ(trees.size(), 12U);
}

// Versions of a folder, one much like the other: what is taken over from the one before must be what stands there.
TEST(HitTrees, SimilarTreesAreToldApart) {
  std::mt19937 random(3);
  Forest forest;
  std::map<std::uint32_t, std::set<std::string>> expected;
  for (std::uint32_t tree = 100; tree < 400; ++tree) {
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g"}) {
      const auto kind = random() % 8;
      if (kind == 0) continue;
      if (kind == 1)
        forest.file(tree, name, kBlob);
      else
        forest.folder(tree, name, kind < 6 ? 1 : 2);
      if (kind < 6) expected[tree].insert(cat(name, kind == 1 ? "=0" : ">0"));
    }
  }
  forest.file(1, "x", kBlob);
  forest.file(2, "x", kBlob + 1);
  TreeLinks links = forest.links({id_of(kBlob)});
  HitTrees trees(links);
  EXPECT_EQ(trees.visit(id_of(1)), 0U);
  for (const auto& [tree, entries] : expected) {
    std::set<std::string> found;
    const std::string text = shown(trees, trees.visit(id_of(tree)));
    std::istringstream words(text);
    for (std::string word; words >> word;) found.insert(word);
    EXPECT_EQ(found, entries);
  }
}

TEST(HitTrees, UnreachableTreesMayLackTheirFolders) {
  Forest forest;
  forest.folder(1, "a", 77);
  forest.file(2, "x", kBlob);
  TreeLinks links = forest.links({id_of(kBlob)});
  HitTrees trees(links);
  EXPECT_NE(trees.visit(id_of(2)), kNoHits);
  EXPECT_TRUE(trees.diagnostics().empty());
}

TEST(HitTrees, BitsAreTheUnionOfAllBelow) {
  Forest forest;
  forest.folder(1, "a", 2);
  forest.folder(1, "b", 3);
  forest.file(2, "x", kBlob);
  forest.file(3, "y", kBlob + 1);
  TreeLinks links = forest.links({id_of(kBlob), id_of(kBlob + 1)});
  HitTrees trees(links);
  const HitTree root = trees.visit(id_of(1));
  const HitTree a = trees.visit(id_of(2));
  const std::vector<std::uint64_t> bits = trees.bits(std::vector<std::uint64_t>{1, 4});
  EXPECT_EQ(bits[root], 5U);
  EXPECT_EQ(bits[a], 1U);
}

TEST(HitTrees, MissingTreeIsNamedAndSpoilsNothingElse) {
  Forest forest;
  forest.folder(1, "a", 77);
  forest.folder(1, "b", 2);
  forest.file(2, "x", kBlob);
  TreeLinks links = forest.links({id_of(kBlob)});
  HitTrees trees(links);
  EXPECT_EQ(shown(trees, trees.visit(id_of(1))), "b>0");
  EXPECT_EQ(trees.visit(id_of(77)), kNoHits);
  const std::vector<Diagnostic> diagnostics = trees.diagnostics();
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].path, cat("tree ", id_of(77).hex()));
  EXPECT_EQ(diagnostics[0].message, "is missing or cannot be read");
}

TEST(HitTrees, ManyMissingTreesAreCounted) {
  Forest forest;
  TreeLinks links = forest.links({id_of(kBlob)});
  HitTrees trees(links);
  for (std::uint32_t tree = 0; tree < HitTrees::kMostNamed + 5; ++tree) trees.visit(id_of(tree));
  const std::vector<Diagnostic> diagnostics = trees.diagnostics();
  ASSERT_EQ(diagnostics.size(), HitTrees::kMostNamed + 1);
  EXPECT_EQ(diagnostics.back().message, "5 more are not there in full");
}

TEST(HitTrees, MalformedTreeKeepsItsGoodEntries) {
  Forest forest;
  forest.file(1, "x", kBlob);
  forest.append(1, "100644 y");
  TreeLinks links = forest.links({id_of(kBlob)});
  HitTrees trees(links);
  EXPECT_EQ(shown(trees, trees.visit(id_of(1))), "x=0");
  EXPECT_EQ(trees.diagnostics().size(), 1U);
}

TEST(HitTrees, ForgedTreeThatContainsItselfIsCut) {
  Forest forest;
  forest.folder(1, "a", 2);
  forest.folder(2, "b", 1);
  forest.file(2, "x", kBlob);
  TreeLinks links = forest.links({id_of(kBlob)});
  HitTrees trees(links);
  EXPECT_EQ(shown(trees, trees.visit(id_of(1))), "a>0");
  EXPECT_EQ(shown(trees, 0), "x=0");
  EXPECT_EQ(trees.diagnostics().size(), 1U);
}

TEST(HitTrees, HundredThousandTreesDeep) {
  Forest forest;
  constexpr std::uint32_t kDepth = 100'000;
  for (std::uint32_t tree = 1; tree < kDepth; ++tree) forest.folder(tree, "a", tree + 1);
  forest.file(kDepth, "x", kBlob);
  TreeLinks links = forest.links({id_of(kBlob)});
  HitTrees trees(links);
  EXPECT_NE(trees.visit(id_of(1)), kNoHits);
  EXPECT_EQ(trees.size(), kDepth);
}

TEST(HitTrees, SubmodulesAreNoBlobsAndLinksAre) {
  Forest forest;
  forest.add(1, "160000 ", "module", kBlob);
  forest.add(2, "120000 ", "link", kBlob);
  TreeLinks links = forest.links({id_of(kBlob)});
  HitTrees trees(links);
  EXPECT_EQ(trees.visit(id_of(1)), kNoHits);
  EXPECT_EQ(shown(trees, trees.visit(id_of(2))), "link=0");
}

}  // namespace
}  // namespace hfscan
