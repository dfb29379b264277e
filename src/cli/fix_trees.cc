#include "cli/fix_trees.h"

#include "base/text.h"

namespace hfscan {

Status FixTrees::add(const std::string& prefix, const std::string& root) {
  for (const Tree& tree : trees_) {
    if (tree.prefix.starts_with(prefix) || prefix.starts_with(tree.prefix)) {
      return Error{"'hfscan fix' works on one repository at a time, or on folders beside each other; name fewer paths"};
    }
  }
  HFSCAN_TRY_ASSIGN(TreeWriter writer, TreeWriter::open(root));
  trees_.push_back({prefix, std::move(writer)});
  return {};
}

Result<FixTrees> FixTrees::of(const Targets& targets) {
  FixTrees trees;
  for (const auto& [root, only] : targets.repositories) HFSCAN_TRY(trees.add("", root));
  for (const Targets::Folder& folder : targets.folders) HFSCAN_TRY(trees.add(folder.prefix, folder.path));
  for (const NamedFile& file : targets.files) {
    const std::string shown = file.path.empty() ? file.on_disk : file.path;
    const bool taken = trees.files_.contains(shown) || trees.place_of(shown).ok();
    if (taken) return Error{cat("two of the given paths are called ", quoted(shown), "; fix one of them at a time")};
    const std::size_t slash = file.on_disk.rfind('/');
    HFSCAN_TRY_ASSIGN(TreeWriter writer, TreeWriter::open(slash == 0 ? "/" : file.on_disk.substr(0, slash)));
    trees.files_.emplace(shown, std::pair(std::move(writer), file_name(file.on_disk)));
  }
  return trees;
}

Result<WritablePlace> FixTrees::place_of(const std::string& reported) const {
  if (const auto file = files_.find(reported); file != files_.end()) {
    return WritablePlace{&file->second.first, file->second.second};
  }
  for (const Tree& tree : trees_) {
    if (reported.starts_with(tree.prefix)) return WritablePlace{&tree.writer, reported.substr(tree.prefix.size())};
  }
  return Error{"is not in what was scanned"};
}

}  // namespace hfscan
