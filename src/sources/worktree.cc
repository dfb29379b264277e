#include "sources/worktree.h"

#include <fcntl.h>

#include "base/text.h"
#include "sources/folder.h"

namespace hfscan {

Status WorktreeSource::for_each(SourceSink& sink) {
  HFSCAN_TRY_ASSIGN(root_, open_folder(options_.root));
  TreeScope top;
  if (options_.ignored == IgnoredFiles::skipped) {
    HFSCAN_TRY_ASSIGN(const auto layout, repository_at(options_.root, options_.discover));
    if (!layout) return Error{cat(quoted(options_.root), " is not the top of a git work tree")};
    std::string trouble;
    top = enter_repository(*layout, "", trouble);
    if (!trouble.empty()) sink.diagnose({options_.prefix + ".git", cat(trouble, "; everything is scanned, ignored or not")});
  }
  TreeWalker(options_, root_.get(), *this, sink).walk(std::move(top));
  return {};
}

Result<std::unique_ptr<Content>> WorktreeSource::open(const Item& item) const { return open_tree_item(root_.get(), item); }

}  // namespace hfscan
