// Tested by tests/unit/git/ref_list_test.cc.
#include "git/ref_list.h"

#include <algorithm>

#include "base/text.h"
#include "git/folder_entries.h"
#include "git/refs.h"

namespace hfscan {
namespace {

constexpr int kMostTags = 64;  // of tags of tags; git itself stops nowhere
constexpr std::uint64_t kMostTagBytes = std::uint64_t{16} << 20U;

class Lister {
 public:
  Lister(const RepositoryLayout& layout, const ObjectStore& store, const CommitGraph& graph)
      : layout_(layout), store_(store), graph_(graph) {}

  RefList run() {
    add_head("HEAD", layout_);
    const Status listed = for_each_ref(layout_, "refs/",
                                       {[this](const std::string& name, const ObjectId& id) { add(name, id); },
                                        [this](const std::string& name) {
                                          list_.problems.push_back({name, "ref is broken"});
                                        }});
    if (!listed.ok()) list_.problems.push_back({"refs", listed.error().message});
    const auto first = list_.refs.begin() + (!list_.refs.empty() && list_.refs.front().peeled.name == "HEAD" ? 1 : 0);
    std::sort(first, list_.refs.end(), [](const NamedRef& a, const NamedRef& b) { return a.peeled.name < b.peeled.name; });
    for (const std::string& name : folder_entries(layout_.common_dir + "/worktrees")) {
      RepositoryLayout linked = layout_;
      linked.git_dir = cat(layout_.common_dir, "/worktrees/", name);
      add_head(cat("worktrees/", name, "/HEAD"), linked);
    }
    return std::move(list_);
  }

 private:
  void add_head(const std::string& name, const RepositoryLayout& layout) {
    const auto head = resolve_head(layout);
    if (!head.ok()) return list_.problems.push_back({name, without_folder(head.error().message)});
    if (*head) add(name, **head);
  }

  void add(const std::string& name, ObjectId id) {
    NamedRef ref;
    ref.peeled.name = name;
    for (int hops = 0; hops < kMostTags; ++hops) {
      ref.peeled.target = id;
      ref.peeled.type = ObjectType::commit;
      if (graph_.find(id) != kNoCommit) break;
      const Result<GitObject> object = store_.read(id, kMostTagBytes);
      if (!object.ok())
        return list_.problems.push_back({name, cat("leads to object ", id.hex(), ", which ", why(object.error()))});
      ref.peeled.type = object->type;
      const std::optional<Tag> tag = object->type == ObjectType::tag ? parse_tag(object->bytes) : std::nullopt;
      if (!tag) break;
      ref.tags.push_back(id);
      id = tag->target;
    }
    list_.refs.push_back(std::move(ref));
  }

  // Reports name no folder of this machine.
  [[nodiscard]] std::string without_folder(std::string message) const {
    const std::string folder = layout_.common_dir + "/";
    for (std::size_t at = message.find(folder); at != std::string::npos; at = message.find(folder)) {
      message.replace(at, folder.size(), layout_.work_tree.empty() ? "" : ".git/");
    }
    return message;
  }

  static std::string why(const Error& error) {
    return error.message.starts_with("object is missing") ? "is missing" : cat("cannot be read: ", error.message);
  }

  const RepositoryLayout& layout_;
  const ObjectStore& store_;
  const CommitGraph& graph_;
  RefList list_;
};

}  // namespace

RefList list_refs(const RepositoryLayout& layout, const ObjectStore& store, const CommitGraph& graph) {
  return Lister(layout, store, graph).run();
}

}  // namespace hfscan
