// A plain folder that belongs to no repository: nothing in it is ignored. Repositories below it follow their own rules.
#pragma once

#include "base/file.h"
#include "core/source.h"
#include "sources/tree_walker.h"

namespace hfscan {

class FolderSource : public Source, public ContentStore {
 public:
  explicit FolderSource(TreeOptions options) : options_(std::move(options)) {}

  Status for_each(SourceSink& sink) override;
  [[nodiscard]] Result<std::unique_ptr<Content>> open(const Item& item) const override;

 private:
  TreeOptions options_;
  FileDescriptor root_;
};

// A folder that the user named, to resolve paths beneath; symlinks in the name are followed.
Result<FileDescriptor> open_folder(const std::string& path);

}  // namespace hfscan
