#include "git/delta_forest.h"

#include <algorithm>

#include "base/run_workers.h"

namespace hfscan {
namespace {

// In place of a parent.
constexpr PackNode kRoot = ~PackNode{0};
constexpr PackNode kUnreadable = ~PackNode{0} - 1;

bool is_node(PackNode parent) { return parent < kUnreadable; }

}  // namespace

DeltaForest::DeltaForest(const PackFile& pack, std::vector<std::uint64_t> offsets, const DeltaForestOptions& options)
    : offsets_(std::move(offsets)), pack_end_(pack.end_offset()) {
  types_.resize(offsets_.size());
  wanted_.resize(offsets_.size());
  const std::vector<PackNode> parents = find_parents(pack, options);
  link_children(parents);
  const std::vector<PackNode> order = order_from_roots(options);
  weigh(order, parents);
}

std::optional<PackNode> DeltaForest::node_at(std::uint64_t offset) const {
  const auto found = std::lower_bound(offsets_.begin(), offsets_.end(), offset);
  if (found == offsets_.end() || *found != offset) return std::nullopt;
  return static_cast<PackNode>(found - offsets_.begin());
}

// Each thread reads the headers of one stretch of the pack.
std::vector<PackNode> DeltaForest::find_parents(const PackFile& pack, const DeltaForestOptions& options) {
  const std::uint64_t threads = std::max(options.threads, 1U);
  std::vector<PackNode> parents(offsets_.size());
  std::vector<std::vector<Problem>> problems(threads);
  run_workers(options.threads, [&](unsigned worker) {
    const auto begin = static_cast<PackNode>(parents.size() * worker / threads);
    const auto end = static_cast<PackNode>(parents.size() * (worker + 1) / threads);
    for (PackNode node = begin; node < end; ++node) parents[node] = find_parent(pack, options, node, problems[worker]);
  });
  for (const std::vector<Problem>& list : problems) problems_.insert(problems_.end(), list.begin(), list.end());
  for (PackNode node = 0; node < parents.size(); ++node) {
    if (parents[node] == kRoot) roots_.push_back(node);
  }
  return parents;
}

PackNode DeltaForest::find_parent(const PackFile& pack, const DeltaForestOptions& options, PackNode node,
                                  std::vector<Problem>& problems) {
  const Result<PackEntry> entry = pack.entry(offset(node), end(node));
  if (!entry.ok()) {
    problems.push_back({node, "pack entry is damaged"});
    return kUnreadable;
  }
  if (!entry->is_delta()) {
    types_[node] = object_type_of(entry->kind);
    return kRoot;
  }
  const bool by_id = entry->kind == PackEntryKind::reference_delta;
  const std::optional<std::uint64_t> base_offset = by_id ? options.offset_of(entry->base_id) : entry->base_offset;
  const std::optional<PackNode> base = base_offset ? node_at(*base_offset) : std::nullopt;
  if (base) return *base;
  problems.push_back({node, by_id ? "its delta base is missing" : "its delta base is no object", entry->base_id});
  return kUnreadable;
}

// All children of a node side by side, in order of offset.
void DeltaForest::link_children(const std::vector<PackNode>& parents) {
  child_end_.resize(parents.size());
  for (const PackNode parent : parents) {
    if (is_node(parent)) ++child_end_[parent];
  }
  std::uint32_t total = 0;
  for (std::uint32_t& count : child_end_) total = count += total;
  children_.resize(total);
  child_begin_ = child_end_;
  for (auto node = static_cast<PackNode>(parents.size()); node-- > 0;) {
    if (is_node(parents[node])) children_[--child_begin_[parents[node]]] = node;
  }
}

// Every node that can be read, parents before children.
std::vector<PackNode> DeltaForest::order_from_roots(const DeltaForestOptions& options) {
  std::vector<PackNode> order = roots_;
  order.reserve(offsets_.size());
  std::vector<bool> reached(offsets_.size());
  for (const PackNode root : roots_) reached[root] = true;
  std::uint32_t depth = 0;
  for (std::size_t level_end = order.size(), i = 0; i < order.size(); ++i) {
    if (i == level_end) {
      level_end = order.size();
      ++depth;
    }
    const PackNode node = order[i];
    wanted_[node] = options.types.has(types_[node]) && (!options.wanted || options.wanted(node)) ? 1 : 0;
    if (depth == options.most_deltas) {
      for (const PackNode child : children(node)) problems_.push_back({child, "its delta chain is too long"});
      child_end_[node] = child_begin_[node];
    }
    for (const PackNode child : children(node)) {
      types_[child] = types_[node];
      reached[child] = true;
      order.push_back(child);
    }
  }
  name_unreachable(std::move(reached));
  return order;
}

// Below nodes that have a problem already, and on cycles.
void DeltaForest::name_unreachable(std::vector<bool> reached) {
  for (const Problem& problem : problems_) reached[problem.node] = true;
  for (std::size_t i = 0; i < problems_.size(); ++i) {
    for (const PackNode child : children(problems_[i].node)) {
      if (!reached[child]) problems_.push_back({child, "its delta base cannot be read"});
      reached[child] = true;
    }
  }
  for (PackNode node = 0; node < reached.size(); ++node) {
    if (!reached[node]) problems_.push_back({node, "its delta bases form a cycle"});
  }
}

// Sorts children by the number of wanted objects from there on and drops those that have none.
void DeltaForest::weigh(const std::vector<PackNode>& order, const std::vector<PackNode>& parents) {
  std::vector<std::uint32_t> weights(wanted_.begin(), wanted_.end());
  for (std::size_t i = order.size(); i-- > 0;) {
    const PackNode node = order[i];
    if (is_node(parents[node])) weights[parents[node]] += weights[node];
  }
  for (const PackNode node : order) {
    const auto begin = children_.begin() + child_begin_[node];
    const auto end = children_.begin() + child_end_[node];
    std::sort(begin, end, [&](PackNode a, PackNode b) { return weights[a] != weights[b] ? weights[a] < weights[b] : a < b; });
    const auto first_wanted = std::partition_point(begin, end, [&](PackNode child) { return weights[child] == 0; });
    child_begin_[node] += static_cast<std::uint32_t>(first_wanted - begin);
  }
  std::erase_if(roots_, [&](PackNode root) { return weights[root] == 0; });
}

}  // namespace hfscan
