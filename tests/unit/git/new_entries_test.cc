#include "git/new_entries.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

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

// Whatever trees come in whatever order: every entry has been handed out by the time its tree was taken, and only entries that
// the tree has are handed out for it.
void take_trees(unsigned seed, unsigned percent_damaged) {
  std::mt19937 random(seed);
  NewEntries fresh(ObjectFormat::sha1);
  std::set<std::string> seen;
  Entries entries;
  for (int step = 0; step < 300; ++step) {
    for (std::size_t changes = random() % 3; changes > 0; --changes) change(entries, random);
    std::string tree = joined(entries);
    if (random() % 100 < percent_damaged) tree = damaged(tree, random);
    const std::string_view bytes = fresh.next(tree);
    const Parsed truth = parse(tree);
    ASSERT_GE(bytes.data(), tree.data());
    ASSERT_LE(bytes.data() + bytes.size(), tree.data() + tree.size());
    const std::set<std::string> all(truth.entries.begin(), truth.entries.end());
    for (const std::string& one : parse(bytes).entries) {
      ASSERT_TRUE(all.contains(one)) << "seed " << seed << ", step " << step;
      seen.insert(one);
    }
    for (const std::string& one : all) ASSERT_TRUE(seen.contains(one)) << "seed " << seed << ", step " << step;
    ASSERT_EQ(fresh.well_formed(), truth.well_formed) << "seed " << seed << ", step " << step;
  }
}

TEST(NewEntries, EveryEntryOfEveryTreeIsHandedOut) {
  for (unsigned seed = 0; seed < 200; ++seed) take_trees(seed, 0);
}

TEST(NewEntries, DamagedTreesHideNothingOfThemselvesOrOfTheNext) {
  for (unsigned seed = 0; seed < 200; ++seed) take_trees(seed, 30);
}

TEST(NewEntries, OfATreeThatDiffersInOneEntryOnlyThatOneIsHandedOut) {
  const auto numbered = [](int number, char id) {
    return "100644 file" + std::to_string(1000 + number) + std::string(1, '\0') + std::string(20, id);
  };
  Entries entries;
  for (int i = 0; i < 1000; ++i) entries.push_back(numbered(i, 'a'));
  NewEntries fresh(ObjectFormat::sha1);
  EXPECT_EQ(fresh.next(joined(entries)).size(), joined(entries).size());
  EXPECT_EQ(fresh.next(joined(entries)).size(), 0U);
  entries[500] = numbered(500, 'b');
  const std::string tree = joined(entries);
  EXPECT_EQ(fresh.next(tree), entries[500]);
}

TEST(NewEntries, EndThatIsTheSameIsNotHandedOutThoughItsPrefixLiesInAnId) {
  const std::string last = "100644 a" + std::string(1, '\0') + std::string(20, 'i');
  NewEntries fresh(ObjectFormat::sha1);
  EXPECT_EQ(fresh.next(last), last);
  const std::string first = "100644 bc" + std::string(1, '\0') + last.substr(0, 20);
  const std::string tree = first + last;
  EXPECT_EQ(fresh.next(tree), first);
  EXPECT_TRUE(fresh.well_formed());
}

}  // namespace
}  // namespace hfscan
