#include "git/layout.h"

#include <sys/stat.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <memory>
#include <set>

#include "base/file.h"
#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kSmallFile = 1 << 20;  // config, HEAD, alternates: far larger than any real one
constexpr int kAlternateDepth = 5;             // as git itself (object-file.c in its source)

enum class FileKind { missing, regular, folder, other };

FileKind kind_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return FileKind::missing;
  if (S_ISREG(status.st_mode)) return FileKind::regular;
  return S_ISDIR(status.st_mode) ? FileKind::folder : FileKind::other;
}

bool is_symlink(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

std::optional<std::string> resolved_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr), &std::free);
  if (resolved == nullptr) return std::nullopt;
  return std::string(resolved.get());
}

std::string joined(const std::string& folder, const std::string& path) {
  if (!path.empty() && path.front() == '/') return path;
  return folder == "/" ? cat("/", path) : cat(folder, "/", path);
}

std::string parent_of(const std::string& folder) {
  const std::size_t slash = folder.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : folder.substr(0, slash);
}

// What git itself asks of a git folder, less the look into HEAD.
bool looks_like_git_dir(const std::string& folder) {
  const bool head = kind_of(folder + "/HEAD") != FileKind::missing || is_symlink(folder + "/HEAD");
  return head && (kind_of(folder + "/objects") == FileKind::folder || kind_of(folder + "/commondir") != FileKind::missing);
}

bool looks_bare(const std::string& folder) {
  return looks_like_git_dir(folder) && kind_of(folder + "/refs") == FileKind::folder;
}

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read before any thread starts
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

// Where a `.git` file points, or nothing when it is none.
std::optional<std::string> gitdir_pointer(const std::string& content, const std::string& folder) {
  constexpr std::string_view kPrefix = "gitdir:";
  if (content.compare(0, kPrefix.size(), kPrefix) != 0) return std::nullopt;
  return resolved_path(joined(folder, std::string(trim(std::string_view(content).substr(kPrefix.size())))));
}

// The `gitdir` file of a linked work tree names the `.git` file that leads to it.
bool points_back(const RepositoryLayout& layout, const std::string& dot_git) {
  const auto back = read_git_file(layout, layout.git_dir + "/gitdir", kSmallFile);
  if (!back.ok() || !*back) return false;
  const std::optional<std::string> named = resolved_path(joined(layout.git_dir, std::string(trim(**back))));
  return named && *named == dot_git;
}

// A submodule keeps its data below the `modules` folder of the repository around it.
bool is_submodule_of_parent(const std::string& git_dir, const std::string& work_tree) {
  if (work_tree == "/") return false;
  const auto parent = find_repository(parent_of(work_tree));
  if (!parent.ok() || !*parent) return false;
  return lies_in(git_dir, (*parent)->git_dir + "/modules") || lies_in(git_dir, (*parent)->common_dir + "/modules");
}

// The two extensions that change how objects and refs are stored, from the text of .git/config.
void read_extensions(std::string_view config, RepositoryLayout& layout) {
  bool in_extensions = false;
  for (const std::string_view line : split_lines(config)) {
    const std::string_view text = trim(line);
    if (!text.empty() && text.front() == '[') in_extensions = to_lower_ascii(text.substr(0, 11)) == "[extensions";
    const std::size_t equals = text.find('=');
    if (!in_extensions || equals == std::string_view::npos) continue;
    const std::string key = to_lower_ascii(trim(text.substr(0, equals)));
    const std::string value = to_lower_ascii(trim(text.substr(equals + 1)));
    if (key == "objectformat" && value == "sha256") layout.format = ObjectFormat::sha256;
    if (key == "refstorage" && value != "files") layout.ref_storage = value;
  }
}

// Breadth first; every folder once, so that loops end.
Status add_alternates(RepositoryLayout& layout, const GitEnvironment& environment) {
  std::set<std::string> seen;
  std::vector<std::string> level = {environment.object_folder.value_or(layout.common_dir + "/objects")};
  if (environment.more_objects) {
    std::string_view rest = *environment.more_objects;
    while (!rest.empty()) {
      const std::size_t colon = rest.find(':');
      if (colon != 0) level.emplace_back(rest.substr(0, colon));
      rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
    }
  }
  for (int depth = 0; depth <= kAlternateDepth && !level.empty(); ++depth) {
    std::vector<std::string> next;
    for (const std::string& named : level) {
      const std::optional<std::string> folder = resolved_path(named);
      if (!folder || !seen.insert(*folder).second) continue;
      layout.object_folders.push_back(*folder);
      HFSCAN_TRY_ASSIGN(const auto text, read_git_file(layout, *folder + "/info/alternates", kSmallFile));
      if (!text) continue;
      for (const std::string_view line : split_lines(*text)) {
        if (!line.empty() && line.front() != '#') next.push_back(joined(*folder, std::string(line)));
      }
    }
    level = std::move(next);
  }
  return {};
}

// Fills in everything that follows from work_tree and git_dir.
Result<RepositoryLayout> complete(RepositoryLayout layout, const GitEnvironment& environment) {
  layout.common_dir = layout.git_dir;
  HFSCAN_TRY_ASSIGN(const auto common, read_git_file(layout, layout.git_dir + "/commondir", kSmallFile));
  const std::optional<std::string> common_dir =
      environment.common_dir ? resolved_path(*environment.common_dir)
                             : resolved_path(common ? joined(layout.git_dir, std::string(trim(*common))) : layout.git_dir);
  if (!common_dir) return Error{cat(quoted(layout.shown(layout.git_dir)), " names a common folder that does not exist")};
  layout.common_dir = *common_dir;
  layout.linked_work_tree = layout.common_dir != layout.git_dir;
  layout.index_file = environment.index_file.value_or(layout.git_dir + "/index");
  HFSCAN_TRY_ASSIGN(const auto config, read_git_file(layout, layout.common_dir + "/config", kSmallFile));
  if (config) read_extensions(*config, layout);
  HFSCAN_TRY(add_alternates(layout, environment));
  return layout;
}

Error outside_error(const std::string& git_dir) {
  return Error{
      cat("repository data is at ", quoted(git_dir), ", outside the scanned root; pass it explicitly or use --allow-outside")};
}

Result<RepositoryLayout> from_environment(const GitEnvironment& environment) {
  RepositoryLayout layout;
  const std::optional<std::string> git_dir = resolved_path(*environment.git_dir);
  if (!git_dir) return Error{cat("GIT_DIR names ", quoted(*environment.git_dir), ", which does not exist")};
  layout.git_dir = *git_dir;
  layout.work_tree = resolved_path(environment.work_tree.value_or(".")).value_or("");
  return complete(std::move(layout), environment);
}

}  // namespace

bool lies_in(const std::string& path, const std::string& folder) {
  return folder == "/" || path == folder ||
         (path.size() > folder.size() && path.compare(0, folder.size(), folder) == 0 && path[folder.size()] == '/');
}

GitEnvironment GitEnvironment::of_process() {
  GitEnvironment environment;
  environment.git_dir = variable("GIT_DIR");
  environment.work_tree = variable("GIT_WORK_TREE");
  environment.common_dir = variable("GIT_COMMON_DIR");
  environment.index_file = variable("GIT_INDEX_FILE");
  environment.object_folder = variable("GIT_OBJECT_DIRECTORY");
  environment.more_objects = variable("GIT_ALTERNATE_OBJECT_DIRECTORIES");
  return environment;
}

std::string RepositoryLayout::shown(const std::string& path) const {
  if (!work_tree.empty() && path != work_tree && lies_in(path, work_tree))
    return path.substr(work_tree == "/" ? 1 : work_tree.size() + 1);
  if (path == common_dir || !lies_in(path, common_dir)) return path;
  return cat(work_tree.empty() ? "" : ".git/", path.substr(common_dir.size() + 1));
}

Result<std::optional<std::string>> read_git_file(const RepositoryLayout& layout, const std::string& path, std::uint64_t limit) {
  switch (kind_of(path)) {
    case FileKind::missing: return std::optional<std::string>();
    case FileKind::folder:
    case FileKind::other: return Error{cat(quoted(layout.shown(path)), " is not a regular file")};
    case FileKind::regular: break;
  }
  // read_file opens without blocking and looks again at what it opened, so nothing can be swapped in between.
  HFSCAN_TRY_ASSIGN(std::string content, read_file(path, limit));
  return std::optional<std::string>(std::move(content));
}

Result<std::optional<RepositoryLayout>> repository_at(const std::string& named_folder, const DiscoverOptions& options) {
  const std::string folder = resolved_path(named_folder).value_or(named_folder);
  const std::string dot_git = joined(folder, ".git");
  RepositoryLayout layout;
  layout.work_tree = folder;
  const FileKind kind = kind_of(dot_git);
  if (kind == FileKind::missing) return std::optional<RepositoryLayout>();
  if (kind == FileKind::other) return Error{"'.git' is neither a folder nor a regular file"};
  if (kind == FileKind::folder) {
    layout.git_dir = resolved_path(dot_git).value_or(dot_git);
    if (!looks_like_git_dir(layout.git_dir)) return std::optional<RepositoryLayout>();
  } else {
    HFSCAN_TRY_ASSIGN(const auto content, read_git_file(layout, dot_git, kSmallFile));
    const std::optional<std::string> target = gitdir_pointer(content.value_or(""), folder);
    if (!target || !looks_like_git_dir(*target)) return Error{"'.git' does not lead to a repository"};
    layout.git_dir = *target;
  }
  const bool outside = !lies_in(layout.git_dir, folder);
  if (outside && options.outside == OutsideData::refused && !points_back(layout, dot_git) &&
      !is_submodule_of_parent(layout.git_dir, folder)) {
    return outside_error(layout.git_dir);
  }
  HFSCAN_TRY_ASSIGN(layout, complete(std::move(layout), options.environment));
  return std::optional<RepositoryLayout>(std::move(layout));
}

Result<std::optional<RepositoryLayout>> find_repository(const std::string& path, const DiscoverOptions& options) {
  if (options.environment.git_dir) {
    HFSCAN_TRY_ASSIGN(RepositoryLayout layout, from_environment(options.environment));
    return std::optional<RepositoryLayout>(std::move(layout));
  }
  const std::optional<std::string> start = resolved_path(path);
  if (!start) return Error{cat("cannot open ", quoted(path), ": ", errno_text(errno))};
  std::string folder = kind_of(*start) == FileKind::folder ? *start : parent_of(*start);
  for (;; folder = parent_of(folder)) {
    HFSCAN_TRY_ASSIGN(std::optional<RepositoryLayout> layout, repository_at(folder, options));
    if (layout) return layout;
    if (looks_bare(folder)) {
      RepositoryLayout bare;
      bare.git_dir = folder;
      HFSCAN_TRY_ASSIGN(bare, complete(std::move(bare), options.environment));
      return std::optional<RepositoryLayout>(std::move(bare));
    }
    if (folder == "/") return std::optional<RepositoryLayout>();
  }
}

}  // namespace hfscan
