// The trees below which a hit blob stands, and the way down to it. Of all trees of a history these are few, and each is decided
// once, however many commits share it: that makes questions about the hits of every commit cheap.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"
#include "git/tree_links.h"

namespace hfscan {

// Trees with hits below have numbers of their own, those below others smaller ones.
using HitTree = std::uint32_t;
constexpr HitTree kNoHits = UINT32_MAX;

// An entry that is a hit or leads to one.
struct HitEntry {
  std::uint32_t name = 0;  // as HitTrees::name takes it; the same for the same bytes
  bool is_tree = false;
  std::uint32_t target = 0;  // a HitTree, or the index of a blob
  auto operator<=>(const HitEntry&) const = default;
};

// Nothing recurses, and a tree that contains itself, which only a forged id can, is cut there.
class HitTrees {
 public:
  // `links` outlives this, and no tree is added to it any more.
  explicit HitTrees(TreeLinks& links) : links_(links) {}

  // Decides about this tree and all below that have not been decided.
  HitTree visit(const ObjectId& root);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(first_entry_.size() - 1); }
  // Sorted.
  [[nodiscard]] std::span<const HitEntry> entries(HitTree tree) const {
    return std::span(entries_).subspan(first_entry_[tree], first_entry_[tree + 1] - first_entry_[tree]);
  }
  [[nodiscard]] std::string_view name(std::uint32_t name) const { return links_.name(name); }

  // For each tree the union of the bits of all blobs below; `bits_of_blobs` by the index of the blob.
  [[nodiscard]] std::vector<std::uint64_t> bits(std::span<const std::uint64_t> bits_of_blobs) const;

  // Visited trees that are missing, or not there in full: what stands below them has no path. `path` is "tree <id>". After the
  // first kMostNamed the others are counted (a clone without trees lacks them all).
  static constexpr std::size_t kMostNamed = 1000;
  [[nodiscard]] std::vector<Diagnostic> diagnostics() const;

 private:
  // A tree on the way from the root to the one in hand.
  struct Open {
    std::uint32_t tree;  // its number in links_
    std::size_t next_link;
    std::size_t first_found;  // index into found_
  };

  void enter(std::uint32_t tree);
  void advance();
  void leave();
  HitTree& state(std::uint32_t tree);
  void diagnose(std::uint32_t tree, std::string message);

  TreeLinks& links_;
  std::vector<HitTree> states_;  // by number in links_: a HitTree or one of the states in the .cc
  std::vector<Open> open_;
  std::vector<HitEntry> found_;  // of the open trees, outermost first
  std::vector<std::size_t> first_entry_ = {0};
  std::vector<HitEntry> entries_;
  std::vector<Diagnostic> diagnostics_;
  std::uint64_t not_named_ = 0;  // further diagnostics
};

}  // namespace hfscan
