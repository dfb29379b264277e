#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>

namespace hfscan {

Result<MappedFile> MappedFile::open(const std::string& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!file.valid()) return Error{errno_text(errno)};
  return of(file);
}

Result<MappedFile> MappedFile::of(const FileDescriptor& file) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return Error{errno_text(errno)};
  if (!S_ISREG(status.st_mode)) return Error{"not a regular file"};
  MappedFile mapped;
  if (status.st_size == 0) return mapped;  // mmap refuses a length of 0
  const auto size = static_cast<std::size_t>(status.st_size);
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (address == MAP_FAILED) return Error{errno_text(errno)};  // NOLINT(performance-no-int-to-ptr): the system's macro
  mapped.bytes_ = {static_cast<const char*>(address), size};
  return mapped;
}

void MappedFile::reset() {
  if (!bytes_.empty())
    ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  bytes_ = {};
}

}  // namespace hfscan
