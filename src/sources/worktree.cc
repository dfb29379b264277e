#include "sources/worktree.h"

#include "base/text.h"
#include "sources/folder.h"

namespace hfscan {

Status WorktreeSource::for_each(SourceSink& sink) {
  HFSCAN_TRY_ASSIGN(root_, open_folder(options_.root));
  std::optional<RepositoryLayout> repository;
  if (options_.ignored == IgnoredFiles::skipped) {
    HFSCAN_TRY_ASSIGN(repository, repository_at(options_.root, options_.discover));
    if (!repository) return Error{cat(quoted(options_.root), " is not the top of a git work tree")};
  }
  TreeWalker(options_, root_.get(), *this, sink).walk(repository);
  return {};
}

Result<std::unique_ptr<Content>> WorktreeSource::open(const Item& item) const { return open_tree_item(root_.get(), item); }

}  // namespace hfscan
