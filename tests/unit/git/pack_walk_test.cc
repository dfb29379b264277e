#include "git/pack_walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <mutex>

#include "git/pack_index.h"
#include "support/letter_marks.h"
#include "support/pack_writer.h"
#include "support/random_text.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

using test::delta_copy;
using test::delta_insert;
using test::delta_sizes;
using test::PackWriter;

// A pack of one tree of deltas: node i is a delta against parents[i], which is less than i. All have the same size.
class OneTree {
 public:
  static constexpr std::uint32_t kSize = 4000;

  explicit OneTree(const std::vector<std::size_t>& parents) {
    test::RandomText random(parents.size());
    contents_.push_back(random.letters(kSize));
    offsets_.push_back(writer_.add_blob(contents_.front()));
    for (std::size_t i = 1; i < parents.size(); ++i) add(i, parents[i]);
    folder_.write("pack", writer_.pack());
    Result<PackFile> pack = PackFile::open(folder_.path("pack"), ObjectFormat::sha1);
    EXPECT_TRUE(pack.ok());
    pack_ = std::move(*pack);
  }

  [[nodiscard]] DeltaForest forest(const DeltaForestOptions& options = {}) const { return {pack_, offsets_, options}; }

  // Checks what is visited and returns how often each object was.
  std::vector<int> visits(const DeltaForest& forest, unsigned threads, const PackWalkLimits& limits = {}) const {
    std::vector<int> visits(contents_.size());
    std::mutex mutex;
    PackVisitor visitor;
    visitor.object = [&](unsigned worker, PackNode node, std::string_view bytes) {
      const std::lock_guard lock(mutex);
      EXPECT_LT(worker, threads);
      EXPECT_TRUE(bytes == contents_[node]) << node;
      ++visits[node];
    };
    visitor.problem = [&](PackNode node, const std::string& message) { ADD_FAILURE() << node << ": " << message; };
    visitor.gap = [](PackNode node) { ADD_FAILURE() << node; };
    EXPECT_TRUE(walk_pack(pack_, forest, threads, limits, visitor).ok());
    return visits;
  }

  // Checks what can be made of the marks of bases and returns how many objects had a base with marks.
  int visits_with_marks(const DeltaForest& forest, unsigned threads) const {
    std::atomic<int> known = 0;
    PackVisitor visitor;
    visitor.delta_object = [&](unsigned, PackNode node, const DeltaObject& object) {
      EXPECT_TRUE(object.bytes == contents_[node]) << node;
      EXPECT_TRUE(object.marks.places.empty() && !object.marks.complete) << node;
      EXPECT_EQ(object.runs.empty(), node == 0) << node;
      known += object.base_marks.complete ? 1 : 0;
      test::mark_letters(object);
      EXPECT_EQ(object.marks.places, test::letters_in(contents_[node])) << node;
    };
    visitor.problem = [&](PackNode node, const std::string& message) { ADD_FAILURE() << node << ": " << message; };
    visitor.gap = [](PackNode node) { ADD_FAILURE() << node; };
    EXPECT_TRUE(walk_pack(pack_, forest, threads, {}, visitor).ok());
    return known;
  }

 private:
  void add(std::size_t node, std::size_t parent) {
    const std::string own = std::to_string(node) + "!";
    const auto rest = static_cast<std::uint32_t>(kSize - own.size());
    const std::string delta = delta_sizes(kSize, kSize) + delta_insert(own) + delta_copy(0, rest);
    contents_.push_back(own + contents_[parent].substr(0, rest));
    offsets_.push_back(writer_.add_offset_delta(test::invented_id(own), writer_.next_offset() - offsets_[parent], delta));
  }

  test::TempFolder folder_;
  PackWriter writer_;
  std::vector<std::string> contents_;
  std::vector<std::uint64_t> offsets_;
  PackFile pack_;
};

std::vector<std::size_t> random_tree(std::size_t nodes) {
  test::RandomText random(nodes);
  std::vector<std::size_t> parents(1);
  while (parents.size() < nodes) parents.push_back(random.below(parents.size()));
  return parents;
}

std::vector<std::size_t> chain(std::size_t nodes) {
  std::vector<std::size_t> parents(1);
  while (parents.size() < nodes) parents.push_back(parents.size() - 1);
  return parents;
}

std::vector<std::size_t> comb(std::size_t nodes) {
  std::vector<std::size_t> parents(1);
  while (parents.size() < nodes) parents.push_back((parents.size() - 1) / 2 * 2);
  return parents;
}

std::vector<std::size_t> binary_tree(std::size_t nodes) {
  std::vector<std::size_t> parents(1);
  while (parents.size() < nodes) parents.push_back((parents.size() - 1) / 2);
  return parents;
}

TEST(PackWalk, OneTreeIsSharedByAllThreadsAndVisitedOnce) {
  for (const auto& parents : {random_tree(2000), chain(500), comb(1001), binary_tree(2047), std::vector<std::size_t>(1000)}) {
    const OneTree tree(parents);
    const DeltaForest forest = tree.forest();
    for (const unsigned threads : {1U, 2U, 8U})
      EXPECT_EQ(tree.visits(forest, threads), std::vector<int>(parents.size(), 1)) << threads;
  }
}

TEST(PackWalk, LiveMemoryIsLogarithmic) {
  for (const auto& parents : {random_tree(2000), chain(2000), comb(2001), binary_tree(2047), std::vector<std::size_t>(2000)}) {
    const OneTree tree(parents);
    PackWalkLimits limits;
    limits.live_bytes = (std::bit_width(parents.size()) + 2) * OneTree::kSize;  // and the base, and the result
    EXPECT_EQ(tree.visits(tree.forest(), 1, limits), std::vector<int>(parents.size(), 1));
  }
}

TEST(PackWalk, OnlyWhatIsWantedIsVisited) {
  const std::vector<std::size_t> parents = random_tree(1000);
  const OneTree tree(parents);
  DeltaForestOptions options;
  options.wanted = [](PackNode node) { return node % 7 == 3; };
  const std::vector<int> visits = tree.visits(tree.forest(options), 2);
  for (PackNode node = 0; node < visits.size(); ++node) EXPECT_EQ(visits[node], node % 7 == 3 ? 1 : 0);
  options.wanted = [](PackNode) { return false; };
  EXPECT_TRUE(tree.forest(options).roots().empty());
}

TEST(PackWalk, MarksOfABaseAreThereForItsDeltasOnAllThreads) {
  for (const auto& parents : {random_tree(2000), chain(500), comb(1001), binary_tree(2047)}) {
    const OneTree tree(parents);
    for (const unsigned threads : {1U, 4U})
      EXPECT_EQ(tree.visits_with_marks(tree.forest(), threads), static_cast<int>(parents.size()) - 1) << threads;
  }
}

TEST(PackWalk, BaseThatIsNotWantedHasNoMarks) {
  const OneTree tree(chain(500));
  DeltaForestOptions options;
  options.wanted = [](PackNode node) { return node % 5 != 0; };
  EXPECT_EQ(tree.visits_with_marks(tree.forest(options), 2), 300);
}

TEST(DeltaForest, HeaviestChildComesLast) {
  const std::vector<std::size_t> parents = random_tree(1000);
  const DeltaForest forest = OneTree(parents).forest();
  std::vector<std::size_t> weights(parents.size(), 1);
  for (std::size_t node = parents.size() - 1; node > 0; --node) weights[parents[node]] += weights[node];
  for (PackNode node = 0; node < parents.size(); ++node) {
    const auto children = forest.children(node);
    EXPECT_TRUE(std::is_sorted(children.begin(), children.end(), [&](auto a, auto b) { return weights[a] < weights[b]; }));
  }
}

}  // namespace
}  // namespace hfscan
