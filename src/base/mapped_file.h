// A regular file in memory without a copy of it: for pack files and for caches of our own, which are large, read out of order
// and never changed in place. Everything else is read (base/file.h), because a file that is cut short while it is mapped ends
// the program.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "base/result.h"

namespace hfscan {

class MappedFile {
 public:
  MappedFile() = default;
  ~MappedFile() { reset(); }
  MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    if (this != &other) {
      reset();
      bytes_ = std::exchange(other.bytes_, {});
    }
    return *this;
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  // Never blocks: what is no regular file is an Error. The message does not name the path: "permission denied".
  static Result<MappedFile> open(const std::string& path);

  // The same of a file that is open, so that what was asked of it before (fstat) holds for what is mapped.
  static Result<MappedFile> of(const FileDescriptor& file);

  // As long as the object lives, at the same address when it is moved.
  [[nodiscard]] std::string_view bytes() const { return bytes_; }

 private:
  void reset();

  std::string_view bytes_;
};

}  // namespace hfscan
