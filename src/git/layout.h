// Where the parts of a repository lie on disk, found by looking and never by obeying: `core.worktree`, `core.bare` and includes
// of a repository's config play no part. Separate from Repository so that finding one needs no object store and no libgit2.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"

namespace hfscan {

// The variables of git(1) by which a hook is told where its repository is. Only hooks may obey them.
struct GitEnvironment {
  std::optional<std::string> git_dir;        // GIT_DIR
  std::optional<std::string> work_tree;      // GIT_WORK_TREE
  std::optional<std::string> common_dir;     // GIT_COMMON_DIR
  std::optional<std::string> index_file;     // GIT_INDEX_FILE
  std::optional<std::string> object_folder;  // GIT_OBJECT_DIRECTORY: the quarantine of a push
  std::optional<std::string> more_objects;   // GIT_ALTERNATE_OBJECT_DIRECTORIES, separated by ':'

  static GitEnvironment of_process();
};

// Whether a `.git` file or link may lead out of the folder that holds it. Linked work trees and submodules are recognised by
// their back pointer or their place in the super-repository and are always allowed.
enum class OutsideData { refused, allowed };

struct DiscoverOptions {
  GitEnvironment environment;  // empty: the environment is ignored
  OutsideData outside = OutsideData::refused;
};

// Absolute paths, no '/' at the end.
struct RepositoryLayout {
  std::string work_tree;   // empty for a bare repository
  std::string git_dir;     // HEAD and index: .git, or .git/worktrees/NAME
  std::string common_dir;  // refs, config and objects; the same as git_dir but for linked work trees
  std::string index_file;
  std::vector<std::string> object_folders;  // the main one first, then alternates
  ObjectFormat format = ObjectFormat::sha1;
  std::string ref_storage;  // extensions.refStorage when it is not "files"
  bool linked_work_tree = false;

  // A path inside git_dir or common_dir as messages name it: ".git/config"; "config" in a bare repository.
  [[nodiscard]] std::string shown(const std::string& path) const;
};

// Whether an absolute path is `folder` or below it.
[[nodiscard]] bool lies_in(const std::string& path, const std::string& folder);

// The repository that holds `path` (a folder or a file), looked for upwards to the root of the file system; nothing when there
// is none. An Error when there is one that cannot be used: "'.git/config' is not a regular file".
Result<std::optional<RepositoryLayout>> find_repository(const std::string& path, const DiscoverOptions& options = {});

// The repository whose work tree is exactly `folder`; nothing when it is none.
Result<std::optional<RepositoryLayout>> repository_at(const std::string& folder, const DiscoverOptions& options = {});

// A file of the repository's own, if it is there. An Error when it is no regular file or larger than `limit` bytes.
Result<std::optional<std::string>> read_git_file(const RepositoryLayout& layout, const std::string& path, std::uint64_t limit);

}  // namespace hfscan
