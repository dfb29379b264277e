// Tested by tests/unit/cli/targets_test.cc.
#include "cli/targets.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <optional>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "git/layout.h"
#include "sources/file_list.h"
#include "sources/folder.h"
#include "sources/worktree.h"

namespace hfscan {
namespace {

enum class PathKind { folder, file };

// A mistyped command looks like a path.
std::string perhaps_a_command(const std::string& path) {
  const std::string command = nearest(path, command_names());
  return command.empty() ? "" : cat(" (did you mean the command 'hfscan ", command, "'?)");
}

Result<PathKind> kind_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) return Error{cat("no such path: ", quoted(path), perhaps_a_command(path))};
    return Error{cat("cannot read ", quoted(path), ": ", errno_text(errno))};
  }
  return S_ISDIR(status.st_mode) ? PathKind::folder : PathKind::file;
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

// `path` as seen from the folder that it is, or is below of; both absolute. "" when they are the same.
std::string relative_to(const std::string& path, const std::string& folder) {
  if (path == folder) return "";
  return path.substr(folder == "/" ? 1 : folder.size() + 1);
}

// "./a//b/" becomes "a/b"; nothing for an absolute path or one that leaves the current folder.
std::optional<std::string> typed_prefix(std::string_view typed) {
  if (typed.starts_with('/')) return std::nullopt;
  std::string clean;
  while (!typed.empty()) {
    const std::string_view part = typed.substr(0, typed.find('/'));
    typed.remove_prefix(std::min(part.size() + 1, typed.size()));
    if (part == "..") return std::nullopt;
    if (!part.empty() && part != ".") clean += cat(clean.empty() ? "" : "/", part);
  }
  return clean;
}

bool is_below(const std::string& path, const std::string& folder) {
  return path == folder || folder == "/" || path.starts_with(folder + "/");
}

void set_root(Targets& targets, const std::string& folder, const std::string& scanned, UnusedEntries unused) {
  if (targets.root.folder.empty())
    targets.root = {folder, scanned, unused};
  else
    targets.root.unused = UnusedEntries::keep_quiet;
}

void add_to_repository(Targets& targets, const std::string& root, const std::string& path, PathKind kind) {
  const std::string relative = relative_to(path, root);
  const auto [entry, is_new] = targets.repositories.try_emplace(root);
  const bool whole = relative.empty() || (!is_new && entry->second.empty());
  if (whole)
    entry->second.clear();
  else
    entry->second.push_back(relative);
  const std::string folder = kind == PathKind::folder ? relative : relative_to(parent_of(path), root);
  set_root(targets, root, folder, whole ? UnusedEntries::report : UnusedEntries::keep_quiet);
}

void add_folder(Targets& targets, const std::string& typed, const std::string& path) {
  std::string prefix = typed_prefix(typed).value_or("");
  if (!prefix.empty()) prefix += '/';
  targets.folders.push_back({path, prefix});
  set_root(targets, path, "", UnusedEntries::report);
}

Status add_target(Targets& targets, const std::string& typed) {
  HFSCAN_TRY_ASSIGN(const PathKind kind, kind_of(typed));
  const std::string path = real_path(typed);
  if (path.empty()) return Error{cat("cannot read ", quoted(typed), ": ", errno_text(errno))};
  HFSCAN_TRY_ASSIGN(const std::optional<RepositoryLayout> layout, find_repository(path));
  if (layout && !layout->work_tree.empty() && is_below(path, layout->work_tree)) {
    add_to_repository(targets, layout->work_tree, path, kind);
  } else if (kind == PathKind::folder) {
    add_folder(targets, typed, path);
  } else {
    targets.files.push_back({path, typed_prefix(typed).value_or(file_name(path))});
    set_root(targets, parent_of(path), "", UnusedEntries::keep_quiet);
  }
  return {};
}

}  // namespace

Result<Targets> find_targets(const std::vector<std::string>& paths) {
  Targets targets;
  for (const std::string& path : paths) HFSCAN_TRY(add_target(targets, path));
  return targets;
}

ScannedPlaces scanned_places(const Targets& targets) {
  ScannedPlaces places;
  for (const auto& [root, only] : targets.repositories) places.trees.push_back(tree_on_disk(root, ""));
  for (const Targets::Folder& folder : targets.folders) places.trees.push_back(tree_on_disk(folder.path, folder.prefix));
  // Two trees whose reported paths begin alike could not be told apart.
  std::set<std::string> prefixes;
  for (const ScannedTree& tree : places.trees) prefixes.insert(tree.prefix);
  if (prefixes.size() == places.trees.size()) return places;
  places.trees.clear();
  places.note = "rules about a repository as a whole did not run: they need one repository at a time";
  return places;
}

std::vector<std::unique_ptr<Source>> sources_of(Targets targets, bool include_ignored) {
  std::vector<std::unique_ptr<Source>> sources;
  TreeOptions options;
  options.ignored = include_ignored ? IgnoredFiles::included : IgnoredFiles::skipped;
  for (auto& [root, only] : targets.repositories) {
    options.root = root;
    options.only = std::move(only);
    sources.push_back(std::make_unique<WorktreeSource>(options));
  }
  options.only.clear();
  for (const Targets::Folder& folder : targets.folders) {
    options.root = folder.path;
    options.prefix = folder.prefix;
    sources.push_back(std::make_unique<FolderSource>(options));
  }
  if (!targets.files.empty()) sources.push_back(std::make_unique<FileListSource>(std::move(targets.files)));
  return sources;
}

}  // namespace hfscan
