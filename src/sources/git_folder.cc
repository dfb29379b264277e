// Tested by tests/unit/sources/git_folder_test.cc.
#include "sources/git_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "base/text.h"
#include "git/loose_object.h"
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

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// The object of a write that did not end: objects/ab/tmp_obj_x1y2z3.
bool is_unnamed_object(std::string_view path) {
  return path.starts_with("objects/") && path.substr(path.rfind('/') + 1).starts_with("tmp_obj_");
}

// What ObjectStore reads, and accelerators that hold ids alone.
bool is_in_store(std::string_view path) {
  if (!path.starts_with("objects/")) return false;
  const std::size_t slash = path.rfind('/');
  const std::string_view folder = path.substr(0, slash);
  const std::string_view name = path.substr(slash + 1);
  if (folder.ends_with("/pack")) {
    const bool note = name.ends_with(".keep") || name.ends_with(".promisor");  // their text is a person's or a remote's
    return !note && (name.starts_with("pack-") || name.starts_with("tmp_pack_") || name.starts_with("multi-pack-index"));
  }
  if (folder.starts_with("objects/info")) return name.starts_with("commit-graph") || name.ends_with(".graph");
  return is_hex(name) && name.size() >= 38 && folder.size() > 3 && is_hex(folder.substr(folder.size() - 2));
}

// What is said of a place in the report, by its name in gitrepository-layout(5).
PlaceKind kind_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (path.starts_with("logs/") || path.find("/logs/") != std::string_view::npos) return PlaceKind::reflog;
  if (name == "packed-refs" || name == "HEAD" || path.starts_with("refs/")) return PlaceKind::ref_name;
  if (name.ends_with("_EDITMSG") || name.ends_with("_MSG") || name == "message") return PlaceKind::commit_message;
  if (name == "index") return PlaceKind::path;
  return path.starts_with("lfs/") || is_unnamed_object(path) ? PlaceKind::blob : PlaceKind::config;
}

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
    if (name == "." || name == ".." || is_in_store(path)) continue;
    names_ += cat(path, "\n");
    struct stat status {};
    if (::fstatat(::dirfd(stream.get()), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) continue;  // gone: git is at work
    if (S_ISDIR(status.st_mode) && path == "modules") continue;
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
  if (is_unnamed_object(item.locator)) {
    Result<std::unique_ptr<LooseObject>> object = LooseObject::open_file(cat(root_, "/", item.locator));
    if (object.ok() && *object != nullptr) return std::unique_ptr<Content>(std::move(*object));
  }
  return open_content(descriptor_.get(), item.locator);
}

}  // namespace hfscan
