// Which commits brought a hit blob to a path and which took it away: for every commit its tree against those of its parents, in
// the few trees that lead to hits. Merges are compared with all parents at once, as `git log -m` shows them one by one.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/diagnostic.h"
#include "git/commit_graph.h"
#include "git/hit_trees.h"

namespace hfscan {

// A hit blob at a path. A commit introduces it when it has it and no parent of it has; it removes it when it has it not and
// some parent has. Both in the order of commit numbers.
struct Place {
  std::uint32_t blob = 0;  // index, as in HitTrees
  std::string path;        // any bytes
  std::vector<CommitNumber> introduced;
  std::vector<CommitNumber> removed;
};

// Trees may name more paths than there are atoms (ten folders of ten links each, ten levels deep), so three limits hold; what
// goes beyond is a diagnostic, and what was found stays.
class PlaceHistory {
 public:
  static constexpr std::size_t kMostPlaces = std::size_t{1} << 18U;
  static constexpr std::size_t kMostStepsOfACommit = std::size_t{1} << 18U;  // entries compared
  static constexpr std::size_t kMostSteps = std::size_t{1} << 28U;
  static constexpr std::size_t kLongestPath = 16384;  // four times what Linux can check out

  explicit PlaceHistory(const HitTrees& trees) : trees_(trees) {}

  // In ascending order of commits. `tree` and `parent_trees` are what HitTrees::visit gave, kNoHits included.
  void add_commit(const CommitGraph& graph, CommitNumber commit, HitTree tree, std::span<const HitTree> parent_trees);

  // The places of a tree that need not be a commit's, by their numbers; new ones have neither introducing nor removing commits.
  // `label` names the tree in diagnostics.
  std::vector<std::uint32_t> places_of(const std::string& label, HitTree tree);

  [[nodiscard]] const std::vector<Place>& places() const { return places_; }
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  // One folder on both sides. More than one tree on a side: of several parents, or of a malformed tree that has a name twice.
  struct Level {
    std::string path;          // empty, or ending in '/'
    std::vector<HitTree> now;  // sorted, each once; as the next
    std::vector<HitTree> before;
  };
  struct SidedEntry {
    HitEntry entry;
    bool now = false;
    auto operator<=>(const SidedEntry&) const = default;
  };
  enum class Event { introduced, removed };
  using OnEvent = std::function<void(std::uint32_t place, Event event)>;

  void compare(const std::string& label, Level root, const OnEvent& on_event);
  void compare_level(const Level& level, const OnEvent& on_event);
  void compare_blob(const Level& level, std::span<const SidedEntry> same, const OnEvent& on_event);
  void descend(const Level& level, std::span<const SidedEntry> same_name);
  [[nodiscard]] std::vector<SidedEntry> entries_of(const Level& level) const;
  // The number of a place, or kNoPlace when there are too many.
  std::uint32_t place(std::uint32_t blob, std::string path);

  static constexpr std::uint32_t kNoPlace = UINT32_MAX;

  const HitTrees& trees_;
  std::vector<Place> places_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  // by path and blob
  std::vector<Level> todo_;
  std::size_t steps_ = 0;  // of the commit in hand
  std::size_t all_steps_ = 0;
  bool too_long_ = false;  // a path of the commit in hand
  bool too_many_ = false;  // places, once and for all
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace hfscan
