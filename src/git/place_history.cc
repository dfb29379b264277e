#include "git/place_history.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"

namespace hfscan {
namespace {

void sort_unique(std::vector<HitTree>& trees) {
  std::sort(trees.begin(), trees.end());
  trees.erase(std::unique(trees.begin(), trees.end()), trees.end());
}

// Up to the first that differs from the first of all.
template <typename Entry, typename Same>
std::span<const Entry> leading_run(std::span<const Entry> entries, const Same& same) {
  std::size_t size = 1;
  while (size < entries.size() && same(entries[0], entries[size])) ++size;
  return entries.first(size);
}

}  // namespace

void PlaceHistory::add_commit(const CommitGraph& graph, CommitNumber commit, HitTree tree,
                              std::span<const HitTree> parent_trees) {
  Level root;
  if (tree != kNoHits) root.now.push_back(tree);
  std::copy_if(parent_trees.begin(), parent_trees.end(), std::back_inserter(root.before),
               [](HitTree t) { return t != kNoHits; });
  sort_unique(root.before);
  if (root.now == root.before) return;
  compare(cat("commit ", graph.id(commit).hex()), std::move(root), [&](std::uint32_t place, Event event) {
    (event == Event::introduced ? places_[place].introduced : places_[place].removed).push_back(commit);
  });
}

std::vector<std::uint32_t> PlaceHistory::places_of(const std::string& label, HitTree tree) {
  std::vector<std::uint32_t> found;
  if (tree == kNoHits) return found;
  compare(label, {"", {tree}, {}}, [&](std::uint32_t place, Event) { found.push_back(place); });
  return found;
}

void PlaceHistory::compare(const std::string& label, Level root, const OnEvent& on_event) {
  steps_ = 0;
  too_long_ = false;
  todo_.push_back(std::move(root));
  while (!todo_.empty() && steps_ < kMostStepsOfACommit && all_steps_ < kMostSteps) {
    const Level level = std::move(todo_.back());
    todo_.pop_back();
    compare_level(level, on_event);
  }
  if (!todo_.empty()) diagnostics_.push_back({label, "has hits at too many paths: not all of them are listed"});
  if (too_long_) diagnostics_.push_back({label, "has hits at paths too long to list"});
  todo_.clear();
}

void PlaceHistory::compare_level(const Level& level, const OnEvent& on_event) {
  const std::vector<SidedEntry> entries = entries_of(level);
  steps_ += entries.size();
  all_steps_ += entries.size();
  std::span<const SidedEntry> rest(entries);
  while (!rest.empty()) {
    // Trees of one name go together, whatever their ids; a blob only with itself.
    const auto run = leading_run(rest, [](const SidedEntry& a, const SidedEntry& b) {
      return a.entry.name == b.entry.name && a.entry.is_tree == b.entry.is_tree &&
             (a.entry.is_tree || a.entry.target == b.entry.target);
    });
    rest = rest.subspan(run.size());
    if (run[0].entry.is_tree)
      descend(level, run);
    else
      compare_blob(level, run, on_event);
  }
}

std::vector<PlaceHistory::SidedEntry> PlaceHistory::entries_of(const Level& level) const {
  std::vector<SidedEntry> entries;
  for (const HitTree tree : level.now) {
    for (const HitEntry& entry : trees_.entries(tree)) entries.push_back({entry, true});
  }
  for (const HitTree tree : level.before) {
    for (const HitEntry& entry : trees_.entries(tree)) entries.push_back({entry, false});
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

void PlaceHistory::compare_blob(const Level& level, std::span<const SidedEntry> same, const OnEvent& on_event) {
  const bool now = same.back().now;  // sorted: those of before come first
  const bool before = !same.front().now;
  if (now == before) return;
  const HitEntry& entry = same.front().entry;
  const std::uint32_t number = place(entry.target, cat(level.path, trees_.name(entry.name)));
  if (number != kNoPlace) on_event(number, now ? Event::introduced : Event::removed);
}

void PlaceHistory::descend(const Level& level, std::span<const SidedEntry> same_name) {
  Level below;
  for (const SidedEntry& entry : same_name) (entry.now ? below.now : below.before).push_back(entry.entry.target);
  sort_unique(below.now);
  sort_unique(below.before);
  if (below.now == below.before) return;
  below.path = cat(level.path, trees_.name(same_name.front().entry.name), "/");
  if (below.path.size() > kLongestPath)
    too_long_ = true;
  else
    todo_.push_back(std::move(below));
}

std::uint32_t PlaceHistory::place(std::uint32_t blob, std::string path) {
  std::string key = cat(path, std::string_view("\0", 1), std::to_string(blob));
  const auto found = numbers_.find(key);
  if (found != numbers_.end()) return found->second;
  if (places_.size() == kMostPlaces) {
    if (!too_many_) diagnostics_.push_back({path, "hits stand at too many paths: this one and more are not listed"});
    too_many_ = true;
    return kNoPlace;
  }
  const auto number = static_cast<std::uint32_t>(places_.size());
  numbers_.emplace(std::move(key), number);
  places_.push_back({blob, std::move(path), {}, {}});
  return number;
}

}  // namespace hfscan
