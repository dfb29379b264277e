#include "sources/file_list.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "base/text.h"
#include "sources/file_content.h"

namespace hfscan {
namespace {

Status check(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return Error{cat("no such path: ", quoted(path))};
    return Error{cat("cannot read ", quoted(path), ": ", errno_text(errno))};
  }
  if (S_ISREG(status.st_mode)) return {};
  const char* kind = S_ISDIR(status.st_mode) ? "a folder" : S_ISFIFO(status.st_mode) ? "a FIFO" : "a socket or device";
  return Error{cat("cannot scan ", quoted(path), ": ", kind, " was named where a regular file is expected")};
}

}  // namespace

Status FileListSource::for_each(SourceSink& sink) {
  for (const NamedFile& file : files_) HFSCAN_TRY(check(file.on_disk));
  for (const NamedFile& file : files_) {
    Item item;
    item.path = file.path.empty() ? file.on_disk : file.path;
    item.locator = file.on_disk;
    item.store = this;
    sink.push(std::move(item));
  }
  return {};
}

Result<std::unique_ptr<Content>> FileListSource::open(const Item& item) const {
  FileDescriptor file(::open(item.locator.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!file.valid()) return Error{open_error_text(errno)};
  return content_of(std::move(file));
}

}  // namespace hfscan
