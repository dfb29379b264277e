// Tested by tests/unit/sources/git_folder_test.cc.
#include "sources/git_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "base/text.h"
#include "git/memory_content.h"
#include "sources/file_content.h"
#include "sources/folder.h"

namespace hfscan {
namespace {

constexpr std::size_t kDeepest = 64;          // folders; refs and lfs need a handful
constexpr std::string_view kNames = "names";  // locator of the item with the names

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

// What is said of a place in the report, by its name in gitrepository-layout(5).
PlaceKind kind_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (path.starts_with("logs/") || path.find("/logs/") != std::string_view::npos) return PlaceKind::reflog;
  if (name == "packed-refs" || name == "HEAD" || path.starts_with("refs/")) return PlaceKind::ref_name;
  if (name.ends_with("_EDITMSG") || name.ends_with("_MSG") || name == "message") return PlaceKind::commit_message;
  if (name == "index") return PlaceKind::path;
  return path.starts_with("lfs/") ? PlaceKind::blob : PlaceKind::config;
}

bool is_read_elsewhere(std::string_view path) { return path == "objects" || path == "modules"; }

}  // namespace

GitFolder::GitFolder(const RepositoryLayout& layout)
    : root_(layout.common_dir), prefix_(layout.shown(layout.common_dir + "/x")) {
  prefix_.pop_back();
}

Status GitFolder::for_each(SourceSink& sink) {
  HFSCAN_TRY_ASSIGN(descriptor_, open_folder(root_));
  todo_ = {""};
  while (!todo_.empty()) {
    const std::string folder = std::move(todo_.back());
    todo_.pop_back();
    read_folder(folder, sink);
  }
  Item names;
  names.path = cat(prefix_, "refs");
  names.locator = kNames;
  names.kind = PlaceKind::ref_name;
  names.store = this;
  sink.push(std::move(names));
  return {};
}

// `folder` is empty or ends in '/'.
void GitFolder::read_folder(const std::string& folder, SourceSink& sink) {
  if (static_cast<std::size_t>(std::count(folder.begin(), folder.end(), '/')) > kDeepest)
    return sink.diagnose({cat(prefix_, folder), "folders are nested too deep; what is in this one was not read"});
  FileDescriptor descriptor = open_beneath(descriptor_.get(), folder.empty() ? "." : folder, O_DIRECTORY);
  if (!descriptor.valid()) return sink.diagnose({cat(prefix_, folder), open_error_text(errno)});
  const std::unique_ptr<DIR, CloseFolder> stream(::fdopendir(descriptor.get()));
  if (stream == nullptr) return sink.diagnose({cat(prefix_, folder), errno_text(errno)});
  descriptor.release();                                    // the stream's now
  while (const dirent* entry = ::readdir(stream.get())) {  // NOLINT(concurrency-mt-unsafe): one stream, one thread
    const std::string name = static_cast<const char*>(entry->d_name);
    const std::string path = folder + name;
    if (name == "." || name == "..") continue;
    names_ += cat(path, "\n");
    struct stat status {};
    if (::fstatat(::dirfd(stream.get()), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) continue;  // gone: git is at work
    if (S_ISDIR(status.st_mode) && is_read_elsewhere(path)) continue;
    if (S_ISDIR(status.st_mode)) {
      todo_.push_back(path + "/");
    } else if (S_ISREG(status.st_mode)) {
      Item item;
      item.path = cat(prefix_, path);
      item.locator = path;
      item.kind = kind_of(path);
      item.store = this;
      sink.push(std::move(item));
    } else {
      sink.skip({cat(prefix_, path), S_ISLNK(status.st_mode) ? SkipReason::symlink_target : SkipReason::special_file});
    }
  }
}

Result<std::unique_ptr<Content>> GitFolder::open(const Item& item) const {
  if (item.locator == kNames) return std::unique_ptr<Content>(std::make_unique<MemoryContent>(names_));
  return open_content(descriptor_.get(), item.locator);
}

}  // namespace hfscan
