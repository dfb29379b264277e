// Tested by tests/unit/git/submodules_test.cc.
#include "git/submodules.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/file.h"
#include "base/text.h"
#include "git/folder_entries.h"

namespace hfscan {
namespace {

constexpr std::size_t kDeepestName = 16;  // "a/b/c" is a name too

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_link(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

// Not the repository around it, which is what one finds when the folder is broken.
Result<RepositoryLayout> store_at(const std::string& folder, const RepositoryLayout& around) {
  HFSCAN_TRY_ASSIGN(std::optional<RepositoryLayout> store, find_repository(folder));
  if (!store || store->git_dir != folder) return Error{"not a repository, though it has objects"};
  store->work_tree = around.work_tree;  // so that its files are named as seen from there
  return std::move(*store);
}

}  // namespace

SubmoduleStores find_submodule_stores(const RepositoryLayout& layout) {
  SubmoduleStores found;
  const std::string top = layout.common_dir + "/modules";
  std::vector<std::string> todo = {""};
  while (!todo.empty()) {
    const std::string name = std::move(todo.back());
    todo.pop_back();
    const std::string folder = name.empty() ? top : cat(top, "/", name);
    if (!name.empty() && is_link(folder))
      found.problems.push_back({layout.shown(folder), "symlink in place of a submodule was not followed, as it may lead out"});
    if (!is_folder(folder)) continue;
    if (::access(folder.c_str(), R_OK | X_OK) != 0) {
      found.problems.push_back({layout.shown(folder), errno_text(errno)});
      continue;
    }
    if (!name.empty() && is_folder(folder + "/objects")) {
      Result<RepositoryLayout> store = store_at(folder, layout);
      if (store.ok())
        found.stores.push_back({name, std::move(*store)});
      else
        found.problems.push_back({layout.shown(folder), store.error().message});
      continue;
    }
    if (static_cast<std::size_t>(std::count(name.begin(), name.end(), '/')) == kDeepestName) {
      found.problems.push_back({layout.shown(folder), "folders are nested too deep; a submodule below was not looked for"});
      continue;
    }
    for (const std::string& entry : folder_entries(folder)) todo.push_back(name.empty() ? entry : cat(name, "/", entry));
  }
  std::sort(found.stores.begin(), found.stores.end(),
            [](const SubmoduleStore& a, const SubmoduleStore& b) { return a.name < b.name; });
  return found;
}

CheckedOutSubmodules find_checked_out_submodules(const RepositoryLayout& layout, const Index& index) {
  CheckedOutSubmodules found;
  if (layout.work_tree.empty()) return found;
  for (const IndexEntry& entry : index.entries()) {
    if ((entry.mode & kModeTypeMask) != kModeGitlink) continue;
    const std::string path(entry.path);
    const std::string folder = cat(layout.work_tree, "/", path);
    Result<std::optional<RepositoryLayout>> store = repository_at(folder);
    const bool has_one = store.ok() && *store;
    if (!has_one) found.absent.push_back(path);
    // A forged path (".", "..", through a link) leads elsewhere or back here; then the store lies where the path does not say.
    if (has_one && (*store)->git_dir == folder + "/.git") found.stores.push_back({path, std::move(**store)});
  }
  return found;
}

}  // namespace hfscan
