#include "sources/tree_walker.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>

#include "base/text.h"
#include "git/memory_content.h"
#include "git/repository.h"
#include "sources/file_content.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kIgnoreFileLimit = std::uint64_t{16} << 20U;

// What Item::locator begins with when the path alone does not say how to open it.
constexpr char kFileLocator = 'f';  // then the path relative to the root
constexpr char kLinkLocator = 'l';  // then the text of the link

constexpr std::string_view kNothingIgnored = "; everything here is scanned, ignored by git or not";

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

// For file systems that do not say what an entry is.
unsigned char type_of(int folder, const char* name) {
  struct stat status {};
  if (::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0) return DT_UNKNOWN;
  return static_cast<unsigned char>(IFTODT(status.st_mode));
}

bool exists_in(int folder, const char* name) { return type_of(folder, name) != DT_UNKNOWN; }

// A .gitignore that is no regular file, or larger than any real one, counts as absent: then more is scanned, not less.
std::string read_ignore_file(int folder) {
  FileDescriptor file(::openat(folder, ".gitignore", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.valid()) return "";
  const auto content = content_of(std::move(file));
  std::string text;
  std::array<char, 16384> buffer{};
  while (content.ok() && text.size() <= kIgnoreFileLimit) {
    const Result<std::size_t> count = (*content)->read(buffer);
    if (!count.ok()) return "";
    if (*count == 0) return text;
    text.append(buffer.data(), *count);
  }
  return "";
}

// "./a//b/" as "a/b".
std::string normalised(std::string_view path) {
  std::string result;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    if (!part.empty() && part != ".") result += cat(result.empty() ? "" : "/", part);
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return result;
}

// Sorted, without what lies below another one, so that nothing is walked twice.
std::vector<std::string> independent_paths(const std::vector<std::string>& paths) {
  std::vector<std::string> sorted;
  sorted.reserve(paths.size());
  for (const std::string& path : paths) sorted.push_back(normalised(path) + "/");
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::string> result;
  for (std::string& path : sorted) {
    if (path == "/") return {""};
    if (result.empty() || path.compare(0, result.back().size(), result.back()) != 0) result.push_back(std::move(path));
  }
  for (std::string& path : result) path.pop_back();
  return result;
}

}  // namespace

TreeWalker::TreeWalker(const TreeOptions& options, int root_fd, const ContentStore& store, SourceSink& sink)
    : options_(options), root_fd_(root_fd), store_(store), sink_(sink), user_patterns_(options.user_patterns) {}

void TreeWalker::walk(const std::optional<RepositoryLayout>& repository) {
  TreeScope top;
  if (repository && options_.ignored == IgnoredFiles::skipped) top = enter(*repository, "");
  if (options_.only.empty()) {
    todo_.push_back({"", 0, std::move(top)});
    return drain();
  }
  for (const std::string& path : independent_paths(options_.only)) {
    start_at(path, top);
    drain();
  }
}

void TreeWalker::drain() {
  while (!todo_.empty()) {
    Folder folder = std::move(todo_.back());
    todo_.pop_back();
    read_folder(std::move(folder));
  }
}

// Collects the ignore files and repositories on the way down to `path`, then queues a folder or pushes a file.
void TreeWalker::start_at(const std::string& path, TreeScope scope) {
  Folder folder{"", 0, std::move(scope)};
  if (path.empty()) return todo_.push_back(std::move(folder));
  for (std::size_t begin = 0;;) {
    const FileDescriptor descriptor = open_beneath(root_fd_, folder.path, O_DIRECTORY);
    if (!descriptor.valid()) return diagnose(folder.path, open_error_text(errno));
    Listing listing;
    listing.has_git = exists_in(descriptor.get(), ".git");
    listing.has_ignore_file = true;
    refine_scope(folder, descriptor.get(), listing);
    const std::size_t slash = path.find('/', begin);
    const std::string name = path.substr(begin, slash == std::string::npos ? slash : slash - begin);
    folder.path = path.substr(0, slash);
    if (slash == std::string::npos) {
      const Entry entry{name, type_of(descriptor.get(), name.c_str())};
      if (entry.type != DT_DIR) return push(std::move(folder.path), descriptor.get(), entry);
    }
    folder.path += '/';
    ++folder.depth;
    if (slash == std::string::npos) return todo_.push_back(std::move(folder));
    begin = slash + 1;
  }
}

void TreeWalker::read_folder(Folder folder) {
  if (folder.depth > kDeepestFolder) {
    return diagnose(folder.path, cat("folders nested deeper than ", std::to_string(kDeepestFolder), " are not scanned"));
  }
  FileDescriptor descriptor = open_beneath(root_fd_, folder.path, O_DIRECTORY);
  if (!descriptor.valid()) return diagnose(folder.path, open_error_text(errno));
  const std::unique_ptr<DIR, CloseFolder> stream(::fdopendir(descriptor.get()));
  if (stream == nullptr) return diagnose(folder.path, errno_text(errno));
  descriptor.release();
  Listing listing;
  list(stream.get(), folder.path, listing);
  refine_scope(folder, ::dirfd(stream.get()), listing);
  for (const Entry& entry : listing.entries) handle(folder, ::dirfd(stream.get()), entry);
}

void TreeWalker::list(DIR* stream, const std::string& path, Listing& listing) {
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(stream);  // NOLINT(concurrency-mt-unsafe): one stream, one thread
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    if (name == ".git") {
      listing.has_git = true;
      continue;
    }
    if (name == ".gitignore") listing.has_ignore_file = true;
    const unsigned char type = entry->d_type == DT_UNKNOWN ? type_of(::dirfd(stream), entry->d_name) : entry->d_type;
    listing.entries.push_back({std::string(name), type});
  }
  if (errno != 0) diagnose(path, errno_text(errno));
}

void TreeWalker::refine_scope(Folder& folder, int descriptor, const Listing& listing) {
  if (options_.ignored == IgnoredFiles::included) return;
  if (listing.has_git && !folder.path.empty()) enter_nested_repository(folder);
  // git does not read the ignore files of ignored folders.
  if (!listing.has_ignore_file || folder.scope.repository == nullptr || folder.scope.in_ignored_folder) return;
  folder.scope.add_ignore_file(folder.path, read_ignore_file(descriptor));
}

void TreeWalker::enter_nested_repository(Folder& folder) {
  const auto layout = repository_at(cat(options_.root, "/", folder.path));
  if (!layout.ok()) {
    folder.scope = TreeScope();
    diagnose(folder.path, cat(layout.error().message, kNothingIgnored));
  } else if (*layout) {
    folder.scope = enter(**layout, folder.path);
  }
}

TreeScope TreeWalker::enter(const RepositoryLayout& layout, const std::string& path) {
  if (!user_patterns_) user_patterns_ = user_ignore_patterns();
  std::string trouble;
  TreeScope scope = enter_repository(layout, path, *user_patterns_, trouble);
  if (!trouble.empty()) diagnose(path, cat(trouble, kNothingIgnored));
  return scope;
}

void TreeWalker::handle(const Folder& folder, int descriptor, const Entry& entry) {
  std::string path = folder.path + entry.name;
  if (entry.type == DT_DIR) return handle_folder(folder, std::move(path));
  if (folder.scope.judge(path, EntryKind::file).ignored) return sink_.skip({options_.prefix + path, SkipReason::git_ignored});
  push(std::move(path), descriptor, entry);
}

void TreeWalker::handle_folder(const Folder& folder, std::string path) {
  const Judgement judgement = folder.scope.judge(path, EntryKind::folder);
  path += '/';
  if (judgement.ignored && !judgement.tracked) return sink_.skip({options_.prefix + path, SkipReason::git_ignored});
  Folder next{std::move(path), folder.depth + 1, folder.scope};
  next.scope.in_ignored_folder = judgement.ignored;
  todo_.push_back(std::move(next));
}

void TreeWalker::push(std::string path, int descriptor, const Entry& entry) {
  switch (entry.type) {
    case DT_REG: return push_file(std::move(path));
    case DT_LNK: return push_link(path, descriptor, entry.name);
    case DT_UNKNOWN: return diagnose(path, open_error_text(ENOENT));
    default: return sink_.skip({options_.prefix + path, SkipReason::special_file});
  }
}

void TreeWalker::push_file(std::string path) {
  Item item;
  item.store = &store_;
  if (options_.prefix.empty()) {
    item.path = std::move(path);
  } else {
    item.path = options_.prefix + path;
    item.locator = cat(std::string_view(&kFileLocator, 1), path);
  }
  sink_.push(std::move(item));
}

void TreeWalker::push_link(const std::string& path, int descriptor, const std::string& name) {
  std::array<char, PATH_MAX> text{};
  const ssize_t size = ::readlinkat(descriptor, name.c_str(), text.data(), text.size());
  if (size < 0) return diagnose(path, open_error_text(errno));
  Item item;
  item.store = &store_;
  item.path = options_.prefix + path;
  item.locator = cat(std::string_view(&kLinkLocator, 1), std::string_view(text.data(), static_cast<std::size_t>(size)));
  sink_.skip({item.path, SkipReason::symlink_target});
  sink_.push(std::move(item));
}

void TreeWalker::diagnose(const std::string& path, std::string message) {
  std::string shown = options_.prefix + path;
  sink_.diagnose({shown.empty() ? "." : std::move(shown), std::move(message)});
}

Result<std::unique_ptr<Content>> open_tree_item(int root_fd, const Item& item) {
  if (item.locator.empty()) return open_content(root_fd, item.path);
  const std::string rest = item.locator.substr(1);
  if (item.locator.front() == kFileLocator) return open_content(root_fd, rest);
  return std::unique_ptr<Content>(std::make_unique<MemoryContent>(rest));
}

}  // namespace hfscan
