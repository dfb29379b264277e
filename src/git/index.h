// The index file (gitformat-index(5)), versions 2 to 4, read in one pass. Separate from libgit2, which needs most of a hook's
// time to load and compare an index of some thousand files and does not show the cached-tree extension (ADR 0003).
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"

namespace hfscan {

struct IndexEntry {
  std::string_view path;  // into the Index; that of a sparse folder ends in '/' and its mode is kModeFolder
  ObjectId id;
  std::uint32_t mode = 0;
  std::uint8_t stage = 0;      // 1 to 3 while a merge conflict is unresolved
  bool intent_to_add = false;  // `git add -N`: known, but not part of the next commit
};

// A folder as the cached-tree extension has it: when valid, `id` is the tree that a commit of the index would contain there.
struct CachedTree {
  std::string_view name;  // last component; empty for the root
  bool valid = false;
  ObjectId id;
  std::size_t end = 0;  // index behind the last descendant; the first child, if any, follows its parent
};

// Immutable once parsed. The views point into it and survive a move.
class Index {
 public:
  // An index without entries, which is what a repository without an index file has.
  Index() = default;

  // Every offset and count in `bytes` is checked. An Error says what is wrong, without naming the file. The split index
  // (extension `link`) is refused; the checksum at the end is not verified.
  static Result<Index> parse(std::string bytes, ObjectFormat format);

  // Sorted by path, then stage.
  [[nodiscard]] const std::vector<IndexEntry>& entries() const { return entries_; }

  // In the order of the file: a parent before its children. Empty when there is no such extension.
  [[nodiscard]] const std::vector<CachedTree>& cached_trees() const { return trees_; }

  // Whether git tracks this path, in any stage, or keeps it in a sparse folder.
  [[nodiscard]] bool tracks(std::string_view path) const;

  // Whether git tracks anything in this folder, or the folder itself as a submodule or a sparse folder. No '/' at the end.
  [[nodiscard]] bool tracks_under(std::string_view folder) const;

 private:
  friend class IndexParser;
  [[nodiscard]] std::size_t lower_bound(std::string_view path) const;
  [[nodiscard]] bool in_sparse_folder(std::string_view path) const;

  std::unique_ptr<const std::string> bytes_;
  std::deque<std::string> expanded_;  // the paths of version 4, which the file stores as differences
  std::vector<IndexEntry> entries_;
  std::vector<CachedTree> trees_;
  bool sparse_ = false;
};

}  // namespace hfscan
