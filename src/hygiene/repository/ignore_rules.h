// What git would say of any path of a scanned tree, whether there is a file or not: does it track it, does it ignore it, and by
// which file of patterns. Separate from the walk, which asks only about what is there and stops at ignored folders.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "git/layout.h"
#include "git/tree_scope.h"

namespace hfscan {

// A tree that was scanned. Paths in it are '/'-separated and relative to its root.
struct ScannedTree {
  std::string root;                            // absolute folder on disk
  std::string prefix;                          // before every reported path; empty or ending in '/'
  std::optional<RepositoryLayout> repository;  // of the root, if it has one
  // A file of the tree, without following symlinks; nothing when it is not there, no regular file, or too large to be read
  // whole.
  std::function<std::optional<std::string>(const std::string& path)> read;
  std::optional<std::string> user_patterns = {};  // as TreeOptions::user_patterns
};

// Looks at a folder when it is first asked about it. For one thread.
class IgnoreRules {
 public:
  // `tree` must outlive the object.
  explicit IgnoreRules(const ScannedTree& tree) : tree_(tree) {}

  // The folder (empty, or ending in '/') that is the top of the repository around `path`; nothing when there is none.
  // Submodules and nested repositories are repositories of their own.
  std::optional<std::string> repository_of(std::string_view path);

  // Whether git tracks the file, in any stage.
  bool tracks(std::string_view path);

  struct Ignored {
    IgnoreOrigin origin = IgnoreOrigin::ignore_file;
    std::string file;  // the .gitignore; empty for the other origins
  };
  // As `git check-ignore --no-index`: also for what is tracked. A file below an ignored folder is ignored.
  std::optional<Ignored> ignored(std::string_view path);

  // The line of `content`, a .gitignore in `folder`, that makes git ignore `path`; 1 when none does by itself.
  static std::uint64_t deciding_line(std::string_view content, std::string_view folder, std::string_view path);

 private:
  struct Folder {
    TreeScope scope;
    std::optional<std::string> repository;
    std::optional<Ignored> ignored;
  };
  const Folder& folder(std::string_view path);
  Folder look_at(const Folder& parent, const std::string& path);
  void enter(Folder& folder, const RepositoryLayout& layout, const std::string& path);
  void add_ignore_file(Folder& folder, const std::string& path) const;
  static std::optional<Ignored> judge(const Folder& folder, std::string_view path, EntryKind kind);

  const ScannedTree& tree_;
  std::optional<std::string> user_patterns_;
  std::map<std::string, Folder, std::less<>> folders_;
};

}  // namespace hfscan
