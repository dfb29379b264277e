// A file that the program keeps for itself from run to run. It names what it is and what it depends on, and ends in a checksum;
// whatever is not exactly what was written reads as if there were no file, because a cache may be lost but never be wrong.
//
// The checksum is quick and not cryptographic (base/checksum.h): whoever can write a file of the user's, mode 0600, could make
// any other seal too. So the file must be the user's own: a regular file, not a link, writable by nobody else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/mapped_file.h"
#include "base/result.h"
#include "base/sha256.h"

namespace hfscan {

struct Seal {
  std::string_view kind;  // eight bytes: what the payload is, and the version of its format
  Sha256Digest basis{};   // of everything that the payload depends on
};

class SealedFile {
 public:
  // Nothing unless the file has this seal and is whole. Its time of change says when it was used last, to the day.
  static std::optional<SealedFile> read(const std::string& path, const Seal& seal);

  // Replaces the file atomically; a new one has the mode 0600. On an Error the old file is untouched.
  static Status write(const std::string& path, const Seal& seal, std::string_view payload);

  // Begins at a multiple of eight bytes, and lives as long as the object.
  [[nodiscard]] std::string_view payload() const;

 private:
  explicit SealedFile(MappedFile file) : file_(std::move(file)) {}

  MappedFile file_;
};

}  // namespace hfscan
