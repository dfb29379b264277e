#include "sources/index.h"

#include "git/staged.h"

namespace hfscan {

Status IndexSource::for_each(SourceSink& sink) {
  HFSCAN_TRY_ASSIGN(StagedChanges changes, staged_changes(repository_));
  for (StagedFile& file : changes.files) {
    Item item;
    item.path = std::move(file.path);
    item.object_id = file.id.hex();
    item.store = this;
    sink.push(std::move(item));
  }
  for (std::string& path : changes.submodules) sink.skip({std::move(path), SkipReason::submodule});
  for (std::string& path : changes.sparse_folders) {
    sink.diagnose(
        {std::move(path), "folder of a sparse index differs from HEAD; run 'git sparse-checkout disable' and scan again"});
  }
  return {};
}

Result<std::unique_ptr<Content>> IndexSource::open(const Item& item) const {
  const std::optional<ObjectId> id = ObjectId::from_hex(item.object_id);
  if (!id) return Error{"not an object id"};
  return repository_.open_blob(*id);
}

}  // namespace hfscan
