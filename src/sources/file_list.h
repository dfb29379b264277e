// Single files that the user named. Here, and only here, a symlink is followed: the user named it.
#pragma once

#include <string>
#include <vector>

#include "core/source.h"

namespace hfscan {

struct NamedFile {
  std::string on_disk;
  std::string path;  // as reports show it; empty: the same
};

class FileListSource : public Source, public ContentStore {
 public:
  explicit FileListSource(std::vector<NamedFile> files) : files_(std::move(files)) {}

  // An Error, before anything is pushed, when a file is missing, a folder, a FIFO, a socket or a device.
  Status for_each(SourceSink& sink) override;
  [[nodiscard]] Result<std::unique_ptr<Content>> open(const Item& item) const override;

 private:
  std::vector<NamedFile> files_;
};

}  // namespace hfscan
