// What the trees of a history say of each other: which tree stands in which, and where hit blobs stand. Separate from the
// questions asked of it because trees come in the order in which a pack holds them, where each is cheap to rebuild, and not in
// the order of a walk from the roots. Eight bytes for a link, about fifty for a tree.
#pragma once

#include <bitset>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "git/id_table.h"
#include "git/objects.h"

namespace hfscan {

// Where trees come from.
class TreeSource {
 public:
  TreeSource() = default;
  virtual ~TreeSource() = default;
  TreeSource(const TreeSource&) = delete;
  TreeSource& operator=(const TreeSource&) = delete;
  TreeSource(TreeSource&&) = delete;
  TreeSource& operator=(TreeSource&&) = delete;

  // Calls `use` for every tree that can be read, reachable or not, in any order, one call at a time. A tree much like the one
  // before is handled faster.
  using UseTree = std::function<void(const ObjectId& id, std::string_view bytes)>;
  virtual void for_each_tree(const UseTree& use) = 0;
};

// An entry that is a tree or a hit.
class TreeLink {
 public:
  static TreeLink to_tree(std::uint32_t name, std::uint32_t tree) { return {name, tree}; }
  static TreeLink to_blob(std::uint32_t name, std::uint32_t blob) { return {name, blob | kBlob}; }

  [[nodiscard]] std::uint32_t name() const { return name_; }
  [[nodiscard]] bool is_tree() const { return (target_ & kBlob) == 0; }
  // The number of a tree, or the index of a blob.
  [[nodiscard]] std::uint32_t target() const { return target_ & ~kBlob; }

  auto operator<=>(const TreeLink&) const = default;

 private:
  static constexpr std::uint32_t kBlob = 0x8000'0000U;
  TreeLink(std::uint32_t name, std::uint32_t target) : name_(name), target_(target) {}

  std::uint32_t name_;
  std::uint32_t target_;
};

// Trees have numbers in the order in which they were first heard of.
class TreeLinks {
 public:
  // Two GiB. A history of a million commits with a hundred folders that change all the time stays below.
  static constexpr std::size_t kMostLinks = std::size_t{1} << 28U;

  // absent: another tree names it, but it was not added. damaged: only its first entries could be understood. left_out: there
  // were more links than kMostLinks.
  enum class State : std::uint8_t { absent, whole, damaged, left_out };

  // `blobs` are different from each other; their indices name them from here on.
  TreeLinks(ObjectFormat format, std::span<const ObjectId> blobs);

  // A second copy of a tree is passed over.
  void add(const ObjectId& id, std::string_view bytes);

  // The number of a tree, which is given one unless it has one.
  std::uint32_t number_of(std::string_view raw_id);

  [[nodiscard]] std::uint32_t size() const { return trees_.size(); }
  [[nodiscard]] ObjectId id(std::uint32_t tree) const { return trees_.id(tree); }
  [[nodiscard]] State state(std::uint32_t tree) const { return places_[tree].state; }
  [[nodiscard]] std::span<const TreeLink> links(std::uint32_t tree) const {
    return std::span(links_).subspan(places_[tree].begin, places_[tree].count);
  }
  // Any bytes. Equal names have equal numbers.
  [[nodiscard]] std::string_view name(std::uint32_t name) const { return names_[name]; }

 private:
  struct LinksPlace {
    std::uint32_t begin = 0;
    std::uint32_t count = 0;
    State state = State::absent;
  };

  void add_blob(const TreeCursor::Entry& entry);
  void add_tree(const TreeCursor::Entry& entry);
  std::uint32_t name_number(std::string_view name);

  IdTable blobs_;
  std::bitset<65536> blob_starts_;  // the first two bytes of all ids of blobs_: most entries are decided here
  IdTable trees_;
  std::vector<LinksPlace> places_;  // by number of the tree
  std::vector<TreeLink> links_;
  std::size_t similar_ = 0;      // the links from here ...
  std::size_t similar_end_ = 0;  // ... to here are the rest of the tree before this
  std::unordered_map<std::string, std::uint32_t> name_numbers_;
  std::vector<std::string_view> names_;
};

}  // namespace hfscan
