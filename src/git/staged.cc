#include "git/staged.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "base/text.h"
#include "git/objects.h"

namespace hfscan {
namespace {

using TreeByName = std::unordered_map<std::string_view, const TreeEntry*>;

class StagedWalk {
 public:
  StagedWalk(const Repository& repository, const Index& index) : repository_(repository), index_(index) {}

  StagedChanges run(const std::optional<ObjectId>& head_tree) {
    for (const IndexEntry& entry : index_.entries()) {
      if (entry.stage != 0) add(entry);
    }
    todo_.push_back({0, index_.entries().size(), 0, head_tree, index_.cached_trees().empty() ? kNone : 0});
    while (!todo_.empty()) {
      const Folder folder = todo_.back();
      todo_.pop_back();
      compare(folder);
    }
    std::sort(changes_.files.begin(), changes_.files.end(),
              [](const StagedFile& a, const StagedFile& b) { return a.path < b.path; });
    return std::move(changes_);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // Entries begin..end of the index all start with the same `prefix` bytes.
  struct Folder {
    std::size_t begin;
    std::size_t end;
    std::size_t prefix;
    std::optional<ObjectId> head_tree;
    std::size_t cached;  // into cached_trees()
  };

  void add(const IndexEntry& entry) {
    if (entry.intent_to_add) return;
    const std::uint32_t type = entry.mode & kModeTypeMask;
    if (type == kModeGitlink)
      changes_.submodules.emplace_back(entry.path);
    else if (type == kModeFolder)
      changes_.sparse_folders.emplace_back(entry.path);
    else
      changes_.files.push_back({std::string(entry.path), entry.id, entry.mode});
  }

  void add_all(const Folder& folder) {
    for (std::size_t i = folder.begin; i < folder.end; ++i) {
      if (index_.entries()[i].stage == 0) add(index_.entries()[i]);
    }
  }

  void compare(const Folder& folder) {
    const CachedTree* cached = folder.cached == kNone ? nullptr : &index_.cached_trees()[folder.cached];
    if (cached != nullptr && cached->valid && folder.head_tree == cached->id) return;
    const Result<GitObject> object =
        folder.head_tree ? repository_.read_object(*folder.head_tree) : Result<GitObject>(Error{"no tree"});
    if (!object.ok() || object->type != ObjectType::tree) return add_all(folder);
    const Tree tree = parse_tree(object->bytes, repository_.layout().format);
    TreeByName head;
    for (const TreeEntry& entry : tree.entries) head.emplace(entry.name, &entry);
    compare_entries(folder, head);
  }

  void compare_entries(const Folder& folder, const TreeByName& head) {
    const auto children = cached_children(folder.cached);
    for (std::size_t i = folder.begin; i < folder.end;) {
      const IndexEntry& entry = index_.entries()[i];
      const std::string_view name = entry.path.substr(folder.prefix);
      const std::size_t slash = name.find('/');
      const auto found = head.find(name.substr(0, slash));
      const TreeEntry* before = found == head.end() ? nullptr : found->second;
      if (slash == std::string_view::npos || slash + 1 == name.size()) {
        if (entry.stage == 0 && differs(entry, before)) add(entry);
        ++i;
        continue;
      }
      const std::size_t end = end_of_prefix(i, folder.end, folder.prefix + slash + 1);
      const auto child = children.find(name.substr(0, slash));
      const bool was_folder = before != nullptr && before->is_folder();
      todo_.push_back({i, end, folder.prefix + slash + 1, was_folder ? std::optional(before->id) : std::nullopt,
                       child == children.end() ? kNone : child->second});
      i = end;
    }
  }

  static bool differs(const IndexEntry& entry, const TreeEntry* before) {
    if (before == nullptr || before->id != entry.id) return true;
    return (before->mode & kModeTypeMask) != (entry.mode & kModeTypeMask);
  }

  // The end of the run of entries that share the first `length` bytes of entry `begin`.
  [[nodiscard]] std::size_t end_of_prefix(std::size_t begin, std::size_t end, std::size_t length) const {
    const auto& entries = index_.entries();
    const std::string_view prefix = entries[begin].path.substr(0, length);
    const auto at = [&](std::size_t i) { return entries.begin() + static_cast<std::ptrdiff_t>(i); };
    const auto stop = std::partition_point(at(begin), at(end),
                                           [&](const IndexEntry& entry) { return entry.path.substr(0, length) == prefix; });
    return static_cast<std::size_t>(stop - entries.begin());
  }

  [[nodiscard]] std::unordered_map<std::string_view, std::size_t> cached_children(std::size_t parent) const {
    std::unordered_map<std::string_view, std::size_t> children;
    if (parent == kNone) return children;
    const auto& trees = index_.cached_trees();
    for (std::size_t i = parent + 1; i < trees[parent].end; i = trees[i].end) children.emplace(trees[i].name, i);
    return children;
  }

  const Repository& repository_;
  const Index& index_;
  std::vector<Folder> todo_;
  StagedChanges changes_;
};

std::optional<ObjectId> tree_of(const Repository& repository, const std::optional<ObjectId>& commit_id) {
  if (!commit_id) return std::nullopt;
  const Result<GitObject> object = repository.read_object(*commit_id);
  if (!object.ok() || object->type != ObjectType::commit) return std::nullopt;
  const std::optional<Commit> commit = parse_commit(object->bytes);
  return commit ? std::optional(commit->tree) : std::nullopt;
}

}  // namespace

Result<StagedChanges> staged_changes(const Repository& repository) {
  HFSCAN_TRY_ASSIGN(const Index index, repository.read_index());
  HFSCAN_TRY_ASSIGN(const std::optional<ObjectId> head, repository.head());
  return StagedWalk(repository, index).run(tree_of(repository, head));
}

}  // namespace hfscan
