// The entries of one pack as trees: the root of a tree is a whole object, every other node a delta against its parent. Separate
// from the walk because it needs the headers only, and settles beforehand what can never be read: cycles, missing bases.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "git/object_types.h"
#include "git/pack_file.h"

namespace hfscan {

// An entry of a pack, numbered in order of offset.
using PackNode = std::uint32_t;

struct DeltaForestOptions {
  // Where the base of a reference delta lies in this pack, by its raw id.
  std::function<std::optional<std::uint64_t>(std::string_view raw_id)> offset_of;
  ObjectTypes types = ObjectTypes::all();
  std::function<bool(PackNode)> wanted;  // of those types; empty: every one
  std::uint32_t most_deltas = 10000;     // in a chain; git itself never makes more than 4095
  unsigned threads = 1;                  // that read headers; each calls offset_of
};

// Immutable, so thread-safe. About 30 bytes a node.
class DeltaForest {
 public:
  // `offsets` of all entries, ascending.
  DeltaForest(const PackFile& pack, std::vector<std::uint64_t> offsets, const DeltaForestOptions& options);

  // Roots of trees that hold something wanted, in order of offset.
  [[nodiscard]] std::span<const PackNode> roots() const { return roots_; }
  // The deltas against a node below which something is wanted. Those with fewer wanted objects come first, the heaviest last.
  [[nodiscard]] std::span<const PackNode> children(PackNode node) const {
    return std::span(children_).subspan(child_begin_[node], child_end_[node] - child_begin_[node]);
  }
  [[nodiscard]] bool wanted(PackNode node) const { return wanted_[node] != 0; }
  // A delta has the type of its root.
  [[nodiscard]] ObjectType type(PackNode node) const { return types_[node]; }
  [[nodiscard]] std::uint64_t offset(PackNode node) const { return offsets_[node]; }
  // Where the next entry begins, or the checksum of the pack.
  [[nodiscard]] std::uint64_t end(PackNode node) const { return node + 1 < offsets_.size() ? offsets_[node + 1] : pack_end_; }

  // What cannot be read, whatever its type. `base` is the missing one, or empty.
  struct Problem {
    PackNode node;
    const char* message;
    std::string_view base = {};
  };
  [[nodiscard]] std::span<const Problem> problems() const { return problems_; }

 private:
  std::vector<PackNode> find_parents(const PackFile& pack, const DeltaForestOptions& options);
  PackNode find_parent(const PackFile& pack, const DeltaForestOptions& options, PackNode node, std::vector<Problem>& problems);
  [[nodiscard]] std::optional<PackNode> node_at(std::uint64_t offset) const;
  void link_children(const std::vector<PackNode>& parents);
  std::vector<PackNode> order_from_roots(const DeltaForestOptions& options);
  void name_unreachable(std::vector<bool> reached);
  void weigh(const std::vector<PackNode>& order, const std::vector<PackNode>& parents);

  std::vector<std::uint64_t> offsets_;
  std::uint64_t pack_end_;
  std::vector<PackNode> roots_;
  std::vector<PackNode> children_;
  std::vector<std::uint32_t> child_begin_;
  std::vector<std::uint32_t> child_end_;
  std::vector<ObjectType> types_;
  std::vector<std::uint8_t> wanted_;
  std::vector<Problem> problems_;
};

}  // namespace hfscan
