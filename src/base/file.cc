#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "base/text.h"

namespace hfscan {
namespace {

Error io_error(std::string_view what, std::string_view path, int error_number) {
  return Error{cat("cannot ", what, " ", quoted(path), ": ", errno_text(error_number))};
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

mode_t current_umask() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return mask;
}

// The mode for the new file, or an error when `path` is something that must not be replaced.
Result<mode_t> mode_for(const std::string& path, FileMode mode) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return io_error("write", path, errno);
    return static_cast<mode_t>(mode == FileMode::owner_only ? 0600 : 0666 & ~current_umask());
  }
  if (S_ISLNK(status.st_mode)) return Error{cat("refusing to write through symlink ", quoted(path), "; name the real file")};
  if (!S_ISREG(status.st_mode)) return Error{cat("cannot write ", quoted(path), ": not a regular file")};
  return static_cast<mode_t>(status.st_mode & 07777U);
}

// Removes the temporary file unless it was renamed into place.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string path) : path_(std::move(path)) {}
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  TemporaryFile(TemporaryFile&&) = delete;
  TemporaryFile& operator=(TemporaryFile&&) = delete;
  void keep() { path_.clear(); }
  [[nodiscard]] const char* c_str() const { return path_.c_str(); }

 private:
  std::string path_;
};

}  // namespace

void FileDescriptor::reset() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr), &std::free);
  return resolved == nullptr ? "" : std::string(resolved.get());
}

bool path_exists(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

std::string errno_text(int error_number) {
  std::string text = std::strerror(error_number);  // NOLINT(concurrency-mt-unsafe): glibc's is thread-safe
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && !(text[1] >= 'A' && text[1] <= 'Z')) {
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  }
  return text;
}

Result<std::string> read_file(const std::string& path, std::uint64_t limit, Symlinks symlinks) {
  const int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (symlinks == Symlinks::refuse ? O_NOFOLLOW : 0);
  const FileDescriptor file(::open(path.c_str(), flags));
  if (!file.valid() && errno == ELOOP && symlinks == Symlinks::refuse) {
    return Error{cat("cannot read ", quoted(path), ": it is a symlink; put the real file there")};
  }
  if (!file.valid()) return io_error("read", path, errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return io_error("read", path, errno);
  if (!S_ISREG(status.st_mode)) return Error{cat("cannot read ", quoted(path), ": not a regular file")};
  std::string content;
  std::vector<char> buffer(std::size_t{64} * 1024);
  for (;;) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return io_error("read", path, errno);
    if (count == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(count));
    if (content.size() > limit) return Error{cat("cannot read ", quoted(path), ": larger than ", human_bytes(limit))};
  }
}

Status write_all(int fd, std::string_view bytes, std::string_view name) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EPIPE) return {};
    if (count < 0) return io_error("write", name, errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Status write_file_atomically(const std::string& path, std::string_view content, FileMode mode) {
  HFSCAN_TRY_ASSIGN(const mode_t permissions, mode_for(path, mode));
  std::string pattern = cat(folder_of(path), "/.hfscan-XXXXXX");
  const FileDescriptor file(::mkostemp(pattern.data(), O_CLOEXEC));
  if (!file.valid()) return io_error("write", path, errno);
  TemporaryFile temporary(pattern);
  if (const Status written = write_all(file.get(), content, path); !written.ok()) {
    return Error{cat(written.error().message, " (nothing was changed)")};
  }
  if (::fchmod(file.get(), permissions) != 0 || ::fsync(file.get()) != 0) return io_error("write", path, errno);
  if (::rename(temporary.c_str(), path.c_str()) != 0) return io_error("write", path, errno);
  temporary.keep();
  const FileDescriptor folder(::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.valid()) ::fsync(folder.get());
  return {};
}

}  // namespace hfscan
