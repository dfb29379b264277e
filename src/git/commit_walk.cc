#include "git/commit_walk.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <queue>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "git/objects.h"

namespace hfscan {
namespace {

// Tags of tags; git itself has no bound, real ones have depth 1.
constexpr int kTagDepth = 16;
// As in the work tree: deeper folders are named and not entered.
constexpr std::size_t kDeepestTree = 4096;

struct CommitNode {
  ObjectId tree;
  std::vector<ObjectId> parents;
  std::uint64_t time = 0;
  bool readable = false;
  bool hidden = false;
  bool expanded = false;  // its parents are in the queue, or were
};

// Decides which commits belong to the range.
class CommitSelection {
 public:
  CommitSelection(const Repository& repository, const RangeVisitor& visitor) : repository_(repository), visitor_(visitor) {}

  void add(const ObjectId& id, bool hidden) {
    CommitNode& node = load(id);
    if (hidden) hide(id);
    if (!node.expanded && queued_.insert(id).second) {
      queue_.push({node.time, node.hidden, id});
      if (!node.hidden) ++visible_in_queue_;
    }
  }

  // Newest first. Commits that are hidden are expanded as long as one that is as young as the oldest of the range may follow.
  std::vector<ObjectId> run() {
    std::vector<ObjectId> order;
    std::uint64_t oldest = std::numeric_limits<std::uint64_t>::max();
    while (!queue_.empty() && (visible_in_queue_ > 0 || queue_.top().time >= oldest)) {
      const Queued next = queue_.top();
      queue_.pop();
      if (!next.hidden) --visible_in_queue_;
      CommitNode& node = nodes_.at(next.id);
      node.expanded = true;
      if (!node.hidden) {
        oldest = std::min(oldest, node.time);
        order.push_back(next.id);
      }
      if (node.readable) expand(next.id, std::vector<ObjectId>(node.parents), node.hidden);
    }
    std::erase_if(order, [this](const ObjectId& id) { return nodes_.at(id).hidden || !nodes_.at(id).readable; });
    return order;
  }

  const CommitNode& node(const ObjectId& id) { return load(id); }

 private:
  struct Queued {
    std::uint64_t time;
    bool hidden;  // when it was queued
    ObjectId id;
    // The queue gives the youngest first, of equal age the hidden ones.
    bool operator<(const Queued& other) const { return time != other.time ? time < other.time : hidden < other.hidden; }
  };

  void expand(const ObjectId& child, const std::vector<ObjectId>& parents, bool hidden) {
    for (const ObjectId& parent : parents) {
      add(parent, hidden);
      const std::string short_id = parent.hex().substr(0, 12);
      if (!hidden && !nodes_.at(parent).readable && !nodes_.at(parent).hidden) {
        visitor_.problem(cat("commit ", child.hex()), cat("its parent ", short_id, " is not here (shallow clone?)"));
      }
    }
  }

  CommitNode& load(const ObjectId& id) {
    const auto [found, fresh] = nodes_.try_emplace(id);
    if (!fresh) return found->second;
    CommitNode& node = found->second;
    const Result<GitObject> object = repository_.read_object(id);
    if (!object.ok() || object->type != ObjectType::commit) return node;
    std::optional<Commit> commit = parse_commit(object->bytes);
    if (!commit) return node;
    node.tree = commit->tree;
    node.parents = std::move(commit->parents);
    node.time = commit->time;
    node.readable = true;
    return node;
  }

  // Marks a commit and all its known ancestors that were expanded before they were known to be hidden.
  void hide(const ObjectId& start) {
    std::vector<ObjectId> todo = {start};
    while (!todo.empty()) {
      const ObjectId id = todo.back();
      todo.pop_back();
      const auto found = nodes_.find(id);
      if (found == nodes_.end() || found->second.hidden) continue;
      found->second.hidden = true;
      if (found->second.expanded) todo.insert(todo.end(), found->second.parents.begin(), found->second.parents.end());
    }
  }

  const Repository& repository_;
  const RangeVisitor& visitor_;
  std::unordered_map<ObjectId, CommitNode, ObjectIdHash> nodes_;
  std::unordered_set<ObjectId, ObjectIdHash> queued_;
  std::priority_queue<Queued> queue_;
  std::size_t visible_in_queue_ = 0;
};

// Finds the blobs of a tree that stand at the same path in none of its parents' trees. Every tree and blob is taken once: what
// was left out the first time stands in a parent, which is in the range itself or hidden.
class TreeComparison {
 public:
  TreeComparison(const Repository& repository, const RangeVisitor& visitor) : repository_(repository), visitor_(visitor) {}

  void run(const ObjectId& commit, const ObjectId& tree, std::vector<ObjectId> parent_trees) {
    if (std::find(parent_trees.begin(), parent_trees.end(), tree) != parent_trees.end()) return;
    todo_.push_back({"", 0, tree, std::move(parent_trees)});
    while (!todo_.empty()) {
      const Level level = std::move(todo_.back());
      todo_.pop_back();
      compare(commit, level);
    }
  }

  void blob(IntroducedBlob blob) {
    if (seen_.insert(blob.id).second) visitor_.blob(std::move(blob));
  }

 private:
  struct Level {
    std::string path;  // empty or ending in '/'
    std::size_t depth;
    ObjectId tree;
    std::vector<ObjectId> parents;
  };
  struct LoadedTree {
    std::string bytes;
    std::unordered_map<std::string_view, TreeEntry> entries;
  };

  void compare(const ObjectId& commit, const Level& level) {
    if (!seen_.insert(level.tree).second) return;
    const std::string label = cat(level.path, commit.size == 0 ? "" : cat(" (commit ", commit.hex().substr(0, 12), ")"));
    const Result<GitObject> object = repository_.read_object(level.tree);
    if (!object.ok() || object->type != ObjectType::tree) {
      return visitor_.problem(label, cat("tree ", level.tree.hex().substr(0, 12),
                                         " cannot be read: ", object.ok() ? "not a tree" : object.error().message));
    }
    const Tree tree = parse_tree(object->bytes, repository_.layout().format);
    if (!tree.well_formed) visitor_.problem(label, cat("tree ", level.tree.hex().substr(0, 12), " is malformed"));
    if (level.depth > kDeepestTree) return visitor_.problem(label, "trees nested deeper than 4096 are not scanned");
    const std::vector<LoadedTree> parents = load(level.parents);
    for (const TreeEntry& entry : tree.entries) handle(commit, level, entry, parents);
  }

  void handle(const ObjectId& commit, const Level& level, const TreeEntry& entry, const std::vector<LoadedTree>& parents) {
    if (entry.is_gitlink()) return;
    std::vector<ObjectId> before;
    for (const LoadedTree& parent : parents) {
      const auto found = parent.entries.find(entry.name);
      if (found == parent.entries.end() || found->second.is_folder() != entry.is_folder()) continue;
      if (found->second.id == entry.id) return;
      if (entry.is_folder()) before.push_back(found->second.id);
    }
    std::string path = cat(level.path, entry.name);
    if (!entry.is_folder()) return blob({std::move(path), entry.id, commit});
    todo_.push_back({cat(path, "/"), level.depth + 1, entry.id, std::move(before)});
  }

  // What cannot be read counts as empty.
  [[nodiscard]] std::vector<LoadedTree> load(const std::vector<ObjectId>& ids) const {
    std::vector<LoadedTree> trees(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      Result<GitObject> object = repository_.read_object(ids[i]);
      if (!object.ok() || object->type != ObjectType::tree) continue;
      trees[i].bytes = std::move(object->bytes);
      for (const TreeEntry& entry : parse_tree(trees[i].bytes, repository_.layout().format).entries) {
        trees[i].entries.emplace(entry.name, entry);
      }
    }
    return trees;
  }

  const Repository& repository_;
  const RangeVisitor& visitor_;
  std::unordered_set<ObjectId, ObjectIdHash> seen_;  // trees and blobs
  std::vector<Level> todo_;
};

// Follows tags to what they name. Nothing when something on the way cannot be read.
struct Peeled {
  ObjectId id;
  ObjectType type;
};
std::optional<Peeled> peel(const Repository& repository, ObjectId id, const std::function<void(const ObjectId&)>& tag_seen) {
  for (int depth = 0; depth < kTagDepth; ++depth) {
    const Result<GitObject> object = repository.read_object(id);
    if (!object.ok()) return std::nullopt;
    if (object->type != ObjectType::tag) return Peeled{id, object->type};
    tag_seen(id);
    const std::optional<Tag> tag = parse_tag(object->bytes);
    if (!tag) return std::nullopt;
    id = tag->target;
  }
  return std::nullopt;
}

}  // namespace

void walk_range(const Repository& repository, const CommitRange& range, const RangeVisitor& visitor) {
  CommitSelection selection(repository, visitor);
  TreeComparison comparison(repository, visitor);
  for (const ObjectId& id : range.hidden) {
    const auto target = peel(repository, id, [](const ObjectId&) {});
    if (target && target->type == ObjectType::commit) selection.add(target->id, true);
  }
  for (const ObjectId& id : range.tips) {
    const auto target = peel(repository, id, visitor.tag);
    if (!target)
      visitor.problem(cat("object ", id.hex()), "cannot be read, or is a tag of something that cannot");
    else if (target->type == ObjectType::commit)
      selection.add(target->id, false);
    else if (target->type == ObjectType::tree)
      comparison.run(ObjectId(), target->id, {});
    else
      comparison.blob({"", target->id, ObjectId()});
  }
  for (const ObjectId& id : selection.run()) {
    visitor.commit(id);
    std::vector<ObjectId> parent_trees;
    const CommitNode node = selection.node(id);
    for (const ObjectId& parent : node.parents) {
      const CommitNode& parent_node = selection.node(parent);
      if (parent_node.readable) parent_trees.push_back(parent_node.tree);
    }
    comparison.run(id, node.tree, std::move(parent_trees));
  }
}

}  // namespace hfscan
