// What is about to be committed: the blobs of the index that differ from HEAD, never the files on disk.
#pragma once

#include "core/source.h"
#include "git/repository.h"

namespace hfscan {

class IndexSource : public Source, public ContentStore {
 public:
  // For a hook, discover the repository with GitEnvironment::of_process(): `git commit PATH` and `commit -a` use another index.
  explicit IndexSource(Repository repository) : repository_(std::move(repository)) {}

  // Items carry the path in the work tree and the object id. A conflict gives one Item for each stage.
  Status for_each(SourceSink& sink) override;
  [[nodiscard]] Result<std::unique_ptr<Content>> open(const Item& item) const override;

 private:
  Repository repository_;
};

}  // namespace hfscan
