#include "sources/folder.h"

#include <fcntl.h>

#include <cerrno>

#include "base/text.h"

namespace hfscan {

Result<FileDescriptor> open_folder(const std::string& path) {
  FileDescriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.valid() && errno == ENOENT) return Error{cat("no such path: ", quoted(path))};
  if (!folder.valid()) return Error{cat("cannot read ", quoted(path), ": ", errno_text(errno))};
  return folder;
}

Status FolderSource::for_each(SourceSink& sink) {
  HFSCAN_TRY_ASSIGN(root_, open_folder(options_.root));
  TreeWalker(options_, root_.get(), *this, sink).walk(std::nullopt);
  return {};
}

Result<std::unique_ptr<Content>> FolderSource::open(const Item& item) const { return open_tree_item(root_.get(), item); }

}  // namespace hfscan
