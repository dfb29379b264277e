// What git thinks of the entries of one folder: which repository it belongs to, what that tracks, which ignore files apply.
// Separate from whoever walks, so that the rules of git stand in one place and the mechanics of reading folders in another.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "git/ignore.h"
#include "git/index.h"
#include "git/layout.h"

namespace hfscan {

// The repository around a folder. Immutable while the walk uses it.
struct ScopeRepository {
  std::size_t root_size = 0;  // paths relative to the walked root lose this many bytes to become relative to the work tree
  Index index;
};

// Which file ignore patterns come from.
enum class IgnoreOrigin { user, repository_exclude, ignore_file };

// The ignore patterns of one file, and those that it refines.
struct IgnoreLayer {
  IgnoreOrigin origin = IgnoreOrigin::ignore_file;
  std::shared_ptr<const IgnoreLayer> outer;
  std::size_t root_size = 0;  // as in ScopeRepository, for the folder that the patterns belong to
  IgnorePatterns patterns;
};

struct Judgement {
  bool tracked = false;
  bool ignored = false;
};

// One folder. Cheap to copy.
struct TreeScope {
  std::shared_ptr<const ScopeRepository> repository;  // null outside every repository: nothing is tracked or ignored
  std::shared_ptr<const IgnoreLayer> ignore;          // innermost first
  bool in_ignored_folder = false;                     // then everything untracked is ignored, whatever the patterns say

  // `path` is relative to the walked root.
  [[nodiscard]] Judgement judge(std::string_view path, EntryKind kind) const;

  // The patterns that decide about this path alone, whether git tracks it or not; null when none matches.
  struct Decision {
    IgnoreVerdict verdict = IgnoreVerdict::no_match;
    const IgnoreLayer* layer = nullptr;
  };
  [[nodiscard]] Decision decide(std::string_view path, EntryKind kind) const;

  // Adds a .gitignore of the folder `path` (empty, or ending in '/').
  void add_ignore_file(std::string_view path, std::string_view content);
};

// The scope of the top of a repository's work tree. `path` as above; `user_patterns` as user_ignore_patterns() gives them. An
// index that cannot be read leaves everything untracked and nothing ignored, so that no tracked file is missed; `trouble` then
// says why.
TreeScope enter_repository(const RepositoryLayout& layout, std::string_view path, std::string_view user_patterns,
                           std::string& trouble);

}  // namespace hfscan
