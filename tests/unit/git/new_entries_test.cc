#include "git/new_entries.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>
#include <utility>

namespace hfscan {
namespace {

using Entries = std::vector<std::string>;  // each as it stands in a tree: mode, name, id

std::string entry(std::mt19937& random) {
  // Few names and ids, so that trees share prefixes, suffixes and halves of entries.
  static constexpr std::array kModes = {"100644 ", "40000 ", "120000 "};
  std::string text = kModes.at(random() % kModes.size());
  text += std::string(1 + random() % 3, static_cast<char>('a' + random() % 2));
  text += '\0';
  return text + std::string(20, static_cast<char>('x' + random() % 3));
}

std::string joined(const Entries& entries) {
  std::string tree;
  for (const std::string& one : entries) tree += one;
  return tree;
}

// Sorted or not plays no part for hostile trees.
void change(Entries& entries, std::mt19937& random) {
  const std::size_t at = entries.empty() ? 0 : random() % entries.size();
  const auto place = entries.begin() + static_cast<std::ptrdiff_t>(at);
  switch (random() % 6) {
    case 0: entries.insert(place, entry(random)); break;
    case 1:
      if (!entries.empty()) entries.erase(place);
      break;
    case 2:
      if (!entries.empty()) *place = entry(random);
      break;
    case 3:
      if (!entries.empty()) entries.insert(place, entries[random() % entries.size()]);
      break;
    case 4: entries.resize(at); break;
    default:
      entries.clear();
      for (std::size_t i = random() % 40; i > 0; --i) entries.push_back(entry(random));
  }
}

// What a tree that may be damaged holds, read from its beginning.
struct Parsed {
  Entries entries;
  bool well_formed = false;
};

Parsed parse(std::string_view tree) {
  Parsed parsed;
  TreeCursor cursor(tree, ObjectFormat::sha1);
  const char* begin = tree.data();
  for (TreeCursor::Entry one; cursor.next(one);) {
    const char* end = one.raw_id.data() + one.raw_id.size();
    parsed.entries.emplace_back(begin, end);
    begin = end;
  }
  parsed.well_formed = cursor.well_formed();
  return parsed;
}

std::string damaged(std::string tree, std::mt19937& random) {
  switch (random() % 3) {
    case 0: tree.resize(tree.empty() ? 0 : random() % tree.size()); break;
    case 1:
      if (!tree.empty()) tree[random() % tree.size()] = static_cast<char>(random());
      break;
    default: tree.insert(tree.empty() ? 0 : random() % tree.size(), "junk");
  }
  return tree;
}

// Runs of bytes that stand in both, as a delta may copy them: from anywhere, cut anywhere, in any order.
std::vector<CopiedRun> random_runs(std::string_view base, std::string_view tree, std::mt19937& random) {
  std::vector<CopiedRun> runs;
  for (std::size_t at = 0; at < tree.size();) {
    at += random() % 8 == 0 ? random() % 30 : 0;
    if (at >= tree.size() || base.empty()) break;
    std::size_t from = random() % base.size();
    if (random() % 2 == 0) from = std::min(at, base.size() - 1);
    std::size_t size = 0;
    while (at + size < tree.size() && from + size < base.size() && tree[at + size] == base[from + size]) ++size;
    if (size > 0 && random() % 4 == 0) size = 1 + random() % size;
    if (size == 0) {
      ++at;
      continue;
    }
    runs.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(size), static_cast<std::uint32_t>(from)});
    at += size;
  }
  return runs;
}

std::vector<std::uint32_t> starts_of(std::string_view tree) {
  std::vector<std::uint32_t> starts = {0};
  for (const std::string& one : parse(tree).entries) starts.push_back(starts.back() + static_cast<std::uint32_t>(one.size()));
  return starts;
}

// Reads a chain of trees, each made of the one before. By the time a tree was read all its entries have been handed out, for it
// or for one below; only entries that it has are handed out for it; and its marks are where its entries begin.
void read_chain(unsigned seed, unsigned percent_damaged) {
  std::mt19937 random(seed);
  Entries entries;
  std::set<std::string> seen;
  std::string base;
  Marks base_marks;
  for (int step = 0; step < 300; ++step) {
    for (std::size_t changes = random() % 3; changes > 0; --changes) change(entries, random);
    std::string tree = joined(entries);
    if (random() % 100 < percent_damaged) tree = damaged(tree, random);
    const Parsed truth = parse(tree);
    const std::set<std::string> all(truth.entries.begin(), truth.entries.end());
    const std::vector<CopiedRun> runs = random_runs(base, tree, random);
    Marks marks;
    const DeltaObject object{tree, runs, base_marks, marks};
    const bool well_formed = NewEntries(object, ObjectFormat::sha1).for_each([&](const TreeCursor::Entry& one) {
      const char* end = one.raw_id.data() + one.raw_id.size();
      const std::string text(std::as_const(tree).data() + marks.places.back(), end);
      ASSERT_TRUE(all.contains(text)) << "seed " << seed << ", step " << step;
      seen.insert(text);
    });
    for (const std::string& one : all) ASSERT_TRUE(seen.contains(one)) << "seed " << seed << ", step " << step;
    ASSERT_EQ(well_formed, truth.well_formed) << "seed " << seed << ", step " << step;
    ASSERT_EQ(marks.places, starts_of(tree)) << "seed " << seed << ", step " << step;
    base = tree;
    base_marks = marks;
  }
}

TEST(NewEntries, EveryEntryOfEveryTreeIsHandedOut) {
  for (unsigned seed = 0; seed < 200; ++seed) read_chain(seed, 0);
}

TEST(NewEntries, DamagedTreesHideNothingOfThemselvesOrOfTheNext) {
  for (unsigned seed = 0; seed < 200; ++seed) read_chain(seed, 30);
}

TEST(NewEntries, OfATreeThatDiffersInOneEntryOnlyThatOneIsHandedOut) {
  const auto numbered = [](int number, char id) {
    return "100644 file" + std::to_string(1000 + number) + std::string(1, '\0') + std::string(20, id);
  };
  Entries entries;
  for (int i = 0; i < 1000; ++i) entries.push_back(numbered(i, 'a'));
  const std::string base = joined(entries);
  Marks none;
  Marks base_marks;
  std::size_t count = 0;
  const auto add = [&count](const TreeCursor::Entry&) { ++count; };
  EXPECT_TRUE(NewEntries({base, {}, none, base_marks}, ObjectFormat::sha1).for_each(add));
  EXPECT_EQ(count, 1000U);
  entries[500] = numbered(500, 'b');
  const std::string tree = joined(entries);
  const auto width = static_cast<std::uint32_t>(entries[0].size());
  const auto size = static_cast<std::uint32_t>(tree.size());
  const std::vector<CopiedRun> runs = {{0, 501 * width - 20, 0}, {501 * width, size - 501 * width, 501 * width}};
  Marks marks;
  count = 0;
  EXPECT_TRUE(NewEntries({tree, runs, base_marks, marks}, ObjectFormat::sha1).for_each(add));
  EXPECT_EQ(count, 1U);
}

}  // namespace
}  // namespace hfscan
