// The one place that writes files of a scanned tree: beneath its root, through no symlink, and only over what was looked at.
//
// Separate from base/file, which writes where the user says: here a path comes from the repository, which is hostile.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "base/sha256.h"

namespace hfscan {

enum class NewFile { plain, executable };

class TreeWriter {
 public:
  // `root` is a folder that the user named; symlinks in its name are followed, beneath it none.
  static Result<TreeWriter> open(const std::string& root);

  // Paths are relative to the root and '/'-separated. An Error, which names no path, when the file must not be changed: a
  // symlink, no regular file, too large, or a file of git's own. Nothing when there is no such file.
  [[nodiscard]] Result<std::optional<std::string>> read(const std::string& path) const;

  // Puts `content` in the place of the file whose hash is `before`; without one the file is made, with the folders it needs.
  // Atomic: the file appears whole or stays as it was, and no temporary file remains. Mode, and where allowed owner and group,
  // are kept. An Error, which names no path, also when the file is no longer the one that was looked at.
  [[nodiscard]] Status write(const std::string& path, const std::optional<Sha256Digest>& before, std::string_view content,
                             NewFile kind = NewFile::plain) const;

 private:
  explicit TreeWriter(FileDescriptor root) : root_(std::move(root)) {}
  [[nodiscard]] Result<FileDescriptor> folder_of(const std::string& path) const;
  [[nodiscard]] Status make_folders(const std::string& path) const;

  FileDescriptor root_;
};

}  // namespace hfscan
