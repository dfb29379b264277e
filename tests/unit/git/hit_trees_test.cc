#include "git/hit_trees.h"

#include <gtest/gtest.h>

#include <map>

#include "base/text.h"

namespace hfscan {
namespace {

ObjectId id_of(std::uint32_t number) {
  std::string raw(20, '\0');
  for (std::size_t i = 0; i < 4; ++i) raw[i] = static_cast<char>(number >> (8 * i));
  return ObjectId::from_raw(raw);
}

// Trees by number; blobs have numbers too, from 1'000'000 on.
class Forest : public TreeSource {
 public:
  void folder(std::uint32_t tree, std::string_view name, std::uint32_t child) { add(tree, "40000 ", name, child); }
  void file(std::uint32_t tree, std::string_view name, std::uint32_t blob) { add(tree, "100644 ", name, blob); }
  void add(std::uint32_t tree, std::string_view mode, std::string_view name, std::uint32_t target) {
    trees_[id_of(tree).hex()] += cat(mode, name, std::string_view("\0", 1), id_of(target).raw());
  }
  void append(std::uint32_t tree, std::string_view bytes) { trees_[id_of(tree).hex()] += bytes; }

  Result<std::string> read_tree(const ObjectId& id) override {
    ++reads;
    const auto found = trees_.find(id.hex());
    if (found == trees_.end()) return Error{"object is missing"};
    return found->second;
  }

  int reads = 0;

 private:
  std::map<std::string, std::string> trees_;
};

constexpr std::uint32_t kBlob = 1'000'000;

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
  const std::vector<ObjectId> blobs = {id_of(kBlob)};
  HitTrees trees(ObjectFormat::sha1, blobs, forest);
  const HitTree root = trees.visit(id_of(1));
  ASSERT_EQ(trees.size(), 2U);
  EXPECT_EQ(shown(trees, root), "a>0");
  EXPECT_EQ(shown(trees, 0), "d=0");
  EXPECT_EQ(trees.visit(id_of(3)), kNoHits);
}

TEST(HitTrees, ReadsEveryTreeOnce) {
  Forest forest;
  for (std::uint32_t tree = 1; tree < 12; ++tree) {
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}) forest.folder(tree, name, tree + 1);
  }
  forest.file(12, "x", kBlob);
  const std::vector<ObjectId> blobs = {id_of(kBlob)};
  HitTrees trees(ObjectFormat::sha1, blobs, forest);
  EXPECT_NE(trees.visit(id_of(1)), kNoHits);
  EXPECT_NE(trees.visit(id_of(2)), kNoHits);
  EXPECT_EQ(forest.reads, 12);
  EXPECT_EQ(trees.size(), 12U);
}

TEST(HitTrees, BitsAreTheUnionOfAllBelow) {
  Forest forest;
  forest.folder(1, "a", 2);
  forest.folder(1, "b", 3);
  forest.file(2, "x", kBlob);
  forest.file(3, "y", kBlob + 1);
  const std::vector<ObjectId> blobs = {id_of(kBlob), id_of(kBlob + 1)};
  HitTrees trees(ObjectFormat::sha1, blobs, forest);
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
  const std::vector<ObjectId> blobs = {id_of(kBlob)};
  HitTrees trees(ObjectFormat::sha1, blobs, forest);
  EXPECT_EQ(shown(trees, trees.visit(id_of(1))), "b>0");
  EXPECT_EQ(trees.visit(id_of(77)), kNoHits);
  const std::vector<Diagnostic> diagnostics = trees.diagnostics();
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].path, cat("tree ", id_of(77).hex()));
  EXPECT_EQ(diagnostics[0].message, "cannot be read: object is missing");
}

TEST(HitTrees, ManyMissingTreesAreCounted) {
  Forest forest;
  const std::vector<ObjectId> blobs = {id_of(kBlob)};
  HitTrees trees(ObjectFormat::sha1, blobs, forest);
  for (std::uint32_t tree = 0; tree < HitTrees::kMostNamed + 5; ++tree) trees.visit(id_of(tree));
  const std::vector<Diagnostic> diagnostics = trees.diagnostics();
  ASSERT_EQ(diagnostics.size(), HitTrees::kMostNamed + 1);
  EXPECT_EQ(diagnostics.back().message, "5 more cannot be read in full");
}

TEST(HitTrees, MalformedTreeKeepsItsGoodEntries) {
  Forest forest;
  forest.file(1, "x", kBlob);
  forest.append(1, "100644 y");
  const std::vector<ObjectId> blobs = {id_of(kBlob)};
  HitTrees trees(ObjectFormat::sha1, blobs, forest);
  EXPECT_EQ(shown(trees, trees.visit(id_of(1))), "x=0");
  EXPECT_EQ(trees.diagnostics().size(), 1U);
}

TEST(HitTrees, ForgedTreeThatContainsItselfIsCut) {
  Forest forest;
  forest.folder(1, "a", 2);
  forest.folder(2, "b", 1);
  forest.file(2, "x", kBlob);
  const std::vector<ObjectId> blobs = {id_of(kBlob)};
  HitTrees trees(ObjectFormat::sha1, blobs, forest);
  EXPECT_EQ(shown(trees, trees.visit(id_of(1))), "a>0");
  EXPECT_EQ(shown(trees, 0), "x=0");
  EXPECT_EQ(trees.diagnostics().size(), 1U);
}

TEST(HitTrees, HundredThousandTreesDeep) {
  Forest forest;
  constexpr std::uint32_t kDepth = 100'000;
  for (std::uint32_t tree = 1; tree < kDepth; ++tree) forest.folder(tree, "a", tree + 1);
  forest.file(kDepth, "x", kBlob);
  const std::vector<ObjectId> blobs = {id_of(kBlob)};
  HitTrees trees(ObjectFormat::sha1, blobs, forest);
  EXPECT_NE(trees.visit(id_of(1)), kNoHits);
  EXPECT_EQ(trees.size(), kDepth);
}

TEST(HitTrees, LargeTreesInOneAnotherStayWithinTheLimit) {
  Forest forest;
  const std::string filler = cat("100644 ", std::string(60U << 20U, 'n'), std::string_view("\0", 1), id_of(5).raw());
  for (std::uint32_t tree = 1; tree < 6; ++tree) {
    forest.folder(tree, "a", tree + 1);
    forest.file(tree, "x", kBlob);
    forest.append(tree, filler);
  }
  const std::vector<ObjectId> blobs = {id_of(kBlob)};
  HitTrees trees(ObjectFormat::sha1, blobs, forest);
  EXPECT_NE(trees.visit(id_of(1)), kNoHits);
  ASSERT_EQ(trees.diagnostics().size(), 1U);
  EXPECT_EQ(trees.diagnostics()[0].path, cat("tree ", id_of(5).hex()));
}

TEST(HitTrees, SubmodulesAreNoBlobsAndLinksAre) {
  Forest forest;
  forest.add(1, "160000 ", "module", kBlob);
  forest.add(2, "120000 ", "link", kBlob);
  const std::vector<ObjectId> blobs = {id_of(kBlob)};
  HitTrees trees(ObjectFormat::sha1, blobs, forest);
  EXPECT_EQ(trees.visit(id_of(1)), kNoHits);
  EXPECT_EQ(shown(trees, trees.visit(id_of(2))), "link=0");
}

}  // namespace
}  // namespace hfscan
