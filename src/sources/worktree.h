// The working tree of a repository: what git tracks, whatever its ignore rules say, and what it neither tracks nor ignores.
#pragma once

#include "base/file.h"
#include "core/source.h"
#include "sources/tree_walker.h"

namespace hfscan {

// Nested repositories and submodules are walked too, by their own index and ignore rules. No `.git` is ever entered. Of a
// symlink the text is scanned. Ignored files and folders are passed to SourceSink::skip.
class WorktreeSource : public Source, public ContentStore {
 public:
  // options.root is the top of the work tree; options.only selects parts of it.
  explicit WorktreeSource(TreeOptions options) : options_(std::move(options)) {}

  Status for_each(SourceSink& sink) override;
  [[nodiscard]] Result<std::unique_ptr<Content>> open(const Item& item) const override;

 private:
  TreeOptions options_;
  FileDescriptor root_;
};

}  // namespace hfscan
