// The trees below which a blob of interest stands, and the way down to it. Every tree is read once, however many commits share
// it, and only the few that lead to a hit are kept: that makes questions about the hits of a whole history cheap.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "core/diagnostic.h"
#include "git/id_table.h"
#include "git/objects.h"

namespace hfscan {

// Where trees are read from. One thread asks, for each id once; mostly for a tree much like the one before.
class TreeSource {
 public:
  TreeSource() = default;
  virtual ~TreeSource() = default;
  TreeSource(const TreeSource&) = delete;
  TreeSource& operator=(const TreeSource&) = delete;
  TreeSource(TreeSource&&) = delete;
  TreeSource& operator=(TreeSource&&) = delete;

  // The error message does not name the tree: "object is missing", "object is a blob".
  virtual Result<std::string> read_tree(const ObjectId& id) = 0;
};

// Trees with hits below have numbers, those below others smaller ones.
using HitTree = std::uint32_t;
constexpr HitTree kNoHits = UINT32_MAX;

// An entry that is a hit or leads to one.
struct HitEntry {
  std::uint32_t name = 0;  // as HitTrees::name takes it; the same for the same bytes
  bool is_tree = false;
  std::uint32_t target = 0;  // a HitTree, or the index of a blob
  auto operator<=>(const HitEntry&) const = default;
};

// What a hostile repository can make of this is bounded by what its trees say in bytes: nothing recurses, a tree that contains
// itself (only a forged id can) is cut there, and the two limits below hold.
class HitTrees {
 public:
  // Of the trees between the one that is read and its root, all together; deep nesting of large trees goes beyond it.
  static constexpr std::size_t kMostOpenBytes = std::size_t{256} << 20U;
  // 12 bytes each. Only thousands of hits in thousands of versions of one folder go beyond it.
  static constexpr std::size_t kMostEntries = std::size_t{1} << 26U;

  // `blobs` are different from each other; their indices name them from here on. `source` outlives this.
  HitTrees(ObjectFormat format, std::span<const ObjectId> blobs, TreeSource& source);

  // Reads what has not been read of this tree and all below.
  HitTree visit(const ObjectId& root);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(first_entry_.size() - 1); }
  // Sorted.
  [[nodiscard]] std::span<const HitEntry> entries(HitTree tree) const {
    return std::span(entries_).subspan(first_entry_[tree], first_entry_[tree + 1] - first_entry_[tree]);
  }
  [[nodiscard]] std::string_view name(std::uint32_t name) const { return *names_[name]; }

  // For each tree the union of the bits of all blobs below; `bits_of_blobs` by the index of the blob.
  [[nodiscard]] std::vector<std::uint64_t> bits(std::span<const std::uint64_t> bits_of_blobs) const;

  // Trees that could not be read, or not in full: what stands below them has no path. `path` is "tree <id>". After the first
  // kMostNamed the others are counted (a clone without trees lacks them all).
  static constexpr std::size_t kMostNamed = 1000;
  [[nodiscard]] std::vector<Diagnostic> diagnostics() const;

  [[nodiscard]] std::uint32_t trees_read() const { return read_; }

 private:
  // A tree on the way from the root to the one that is read.
  struct Open {
    std::uint32_t number;
    std::string bytes;
    TreeCursor cursor;
    std::size_t first_found;               // index into found_
    TreeCursor::Entry entry = {};          // the one at which the cursor stands
    std::uint32_t child = IdTable::kNone;  // its tree, when that had to be read first
  };

  bool enter(std::uint32_t number);
  void advance(Open& open);
  void leave();
  void link_tree(const Open& open, std::uint32_t child);
  void link_blob(const Open& open);
  std::uint32_t name_number(std::string_view name);
  void diagnose(std::uint32_t number, std::string message);

  TreeSource& source_;
  IdTable blobs_;
  std::bitset<65536> blob_starts_;  // the first two bytes of all ids of blobs_: most entries are decided here
  IdTable trees_;
  std::vector<HitTree> states_;  // by number in trees_: a HitTree or one of the states in the .cc
  std::deque<Open> open_;        // does not move what cursors look at
  std::size_t open_bytes_ = 0;
  std::vector<HitEntry> found_;  // of the open trees, outermost first
  std::vector<std::size_t> first_entry_ = {0};
  std::vector<HitEntry> entries_;
  std::unordered_map<std::string, std::uint32_t> name_numbers_;
  std::vector<const std::string*> names_;
  std::vector<Diagnostic> diagnostics_;
  std::uint64_t not_named_ = 0;  // further diagnostics
  std::uint32_t read_ = 0;
};

}  // namespace hfscan
