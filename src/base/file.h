// Files as hostile input and as careful output: open once and look at what was opened; write beside, sync, rename.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace hfscan {

// Owns one descriptor; closes it on destruction.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() { reset(); }
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool valid() const { return fd_ >= 0; }
  void reset();
  // Gives up ownership without closing.
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_ = -1;
};

// The text of an errno value in lower case, as messages use it: "permission denied".
std::string errno_text(int error_number);

// The path without links and dots (realpath(3)); empty, with errno set, when there is no such file.
std::string real_path(const std::string& path);

// Whether something has that name, also a link that leads nowhere.
[[nodiscard]] bool path_exists(const std::string& path);

// Whole content of a regular file of at most `limit` bytes. Symlinks are followed for files that the user named and refused (as
// the last component) for files that a repository brings along; FIFOs and devices are refused without blocking. Errors name the
// path as given.
enum class Symlinks { follow, refuse };
Result<std::string> read_file(const std::string& path, std::uint64_t limit, Symlinks symlinks = Symlinks::follow);

// Replaces `path` atomically: a temporary file in the same folder, fsync, rename. On any error the old file is untouched and no
// temporary file remains. Refuses to write through a symlink. An existing file keeps its mode; a new one gets 0666 & ~umask,
// or 0600 when `secret_mode` is set.
enum class FileMode { normal, owner_only };
Status write_file_atomically(const std::string& path, std::string_view content, FileMode mode = FileMode::normal);

// Writes all bytes to a descriptor, retrying short writes and EINTR. EPIPE is success: a closed reader is not an error.
Status write_all(int fd, std::string_view bytes, std::string_view name);

}  // namespace hfscan
