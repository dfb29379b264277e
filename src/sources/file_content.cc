#include "sources/file_content.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string_view>

namespace hfscan {
namespace {

constexpr int kReadFlags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
// One call of the kernel takes less than PATH_MAX (4096) bytes; a longer path is opened in pieces.
constexpr std::size_t kLongestPiece = 4000;

// Set by the first openat2 that the kernel (before 5.6) or a seccomp filter does not know.
std::atomic<bool> no_openat2 = false;

int resolve_with_kernel(int folder, const char* path, int flags) {
  open_how how{};
  how.flags = static_cast<__u64>(static_cast<unsigned>(flags));
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
  for (int attempt = 0;; ++attempt) {
    const int fd = static_cast<int>(::syscall(SYS_openat2, folder, path, &how, sizeof how));
    // EAGAIN: a rename elsewhere raced with the walk (openat2(2)).
    if (fd >= 0 || (errno != EAGAIN && errno != EINTR) || attempt == 100) return fd;
  }
}

// The same, one component at a time.
int resolve_by_hand(int folder, std::string_view path, int flags) {
  FileDescriptor current;
  for (;;) {
    const std::size_t slash = path.find('/');
    const std::string name(path.substr(0, slash));
    const int from = current.valid() ? current.get() : folder;
    if (name == "..") {
      errno = EXDEV;
      return -1;
    }
    const bool last = slash == std::string_view::npos;
    const int fd = ::openat(from, name.c_str(), last ? flags | O_NOFOLLOW : O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || last) return fd;
    current = FileDescriptor(fd);
    path.remove_prefix(slash + 1);
  }
}

int open_piece(int folder, const std::string& path, int flags) {
  if (!no_openat2.load(std::memory_order_relaxed)) {
    const int fd = resolve_with_kernel(folder, path.c_str(), flags);
    if (fd >= 0 || (errno != ENOSYS && errno != EPERM)) return fd;
    no_openat2.store(errno == ENOSYS, std::memory_order_relaxed);  // EPERM may be an answer about this file
  }
  return resolve_by_hand(folder, path, flags);
}

class FileContent : public Content {
 public:
  FileContent(FileDescriptor file, const struct stat& status)
      : file_(std::move(file)),
        size_(static_cast<std::uint64_t>(status.st_size)),
        sparse_(static_cast<std::uint64_t>(status.st_blocks) * 512 < size_) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    for (;;) {
      const ssize_t count = ::read(file_.get(), buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return Error{errno_text(errno)};
      return static_cast<std::size_t>(count);
    }
  }

  std::uint64_t skip_zeros() override {
    if (!sparse_) return 0;
    const off_t here = ::lseek(file_.get(), 0, SEEK_CUR);
    if (here < 0) return 0;
    off_t data = ::lseek(file_.get(), here, SEEK_DATA);
    if (data < 0 && errno == ENXIO) data = ::lseek(file_.get(), 0, SEEK_END);  // a hole up to the end
    if (data >= here) return static_cast<std::uint64_t>(data - here);
    // The file shrank, or its file system knows no holes.
    ::lseek(file_.get(), here, SEEK_SET);
    sparse_ = false;
    return 0;
  }

  [[nodiscard]] std::uint64_t size_hint() const override { return size_; }
  [[nodiscard]] bool can_seek() const override { return true; }

  Status seek(std::uint64_t offset) override {
    if (::lseek(file_.get(), static_cast<off_t>(offset), SEEK_SET) < 0) return Error{errno_text(errno)};
    return {};
  }

 private:
  FileDescriptor file_;
  std::uint64_t size_;
  bool sparse_;
};

}  // namespace

FileDescriptor open_beneath(int root, std::string_view path, int flags) {
  flags |= kReadFlags;
  if (path.ends_with('/')) path.remove_suffix(1);
  if (path.size() <= kLongestPiece) return FileDescriptor(open_piece(root, path.empty() ? "." : std::string(path), flags));
  FileDescriptor folder;
  std::string_view rest = path;
  while (rest.size() > kLongestPiece) {
    const std::size_t slash = rest.rfind('/', kLongestPiece);
    if (slash == std::string_view::npos || slash == 0) {
      errno = ENAMETOOLONG;
      return {};
    }
    const int from = folder.valid() ? folder.get() : root;
    FileDescriptor next(open_piece(from, std::string(rest.substr(0, slash)), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!next.valid()) return {};
    folder = std::move(next);
    rest.remove_prefix(slash + 1);
  }
  return FileDescriptor(open_piece(folder.get(), std::string(rest), flags));
}

FileDescriptor open_beneath_by_hand(int root, std::string_view path, int flags) {
  if (path.ends_with('/')) path.remove_suffix(1);
  return FileDescriptor(resolve_by_hand(root, path.empty() ? "." : path, flags | kReadFlags));
}

Result<std::unique_ptr<Content>> content_of(FileDescriptor file) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return Error{errno_text(errno)};
  if (!S_ISREG(status.st_mode)) return Error{"not a regular file"};
  return std::unique_ptr<Content>(std::make_unique<FileContent>(std::move(file), status));
}

std::string open_error_text(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR: return "disappeared during the scan";
    case ELOOP: return "became a symlink during the scan";
    case EXDEV: return "leads out of the scanned folder";
    default: return errno_text(error_number);
  }
}

Result<std::unique_ptr<Content>> open_content(int root, const std::string& path) {
  FileDescriptor file = open_beneath(root, path);
  if (!file.valid()) return Error{open_error_text(errno)};
  return content_of(std::move(file));
}

}  // namespace hfscan
