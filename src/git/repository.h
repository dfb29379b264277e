// A repository to read from: its index, its refs and its objects. The one place that knows libgit2, which reads the user's own
// configuration; everything of a repository is hostile input that goes through this module's readers.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "core/blob.h"
#include "git/index.h"
#include "git/layout.h"
#include "git/loose_object.h"
#include "git/object_id.h"

namespace hfscan {

// Reading is thread-safe. Nothing is opened before it is needed; nothing named by the repository is ever executed.
class Repository {
 public:
  explicit Repository(RepositoryLayout layout);
  ~Repository();
  Repository(Repository&&) noexcept;
  Repository& operator=(Repository&&) noexcept;
  Repository(const Repository&) = delete;
  Repository& operator=(const Repository&) = delete;

  // find_repository, with an Error when there is none.
  static Result<Repository> discover(const std::string& path, const DiscoverOptions& options = {});

  [[nodiscard]] const RepositoryLayout& layout() const;

  // The index of the layout; an empty one when there is no such file.
  [[nodiscard]] Result<Index> read_index() const;

  // The commit of HEAD; nothing on an unborn branch.
  [[nodiscard]] Result<std::optional<ObjectId>> head() const;

  // Up to kMostObjectBytes. The error message does not name the object: "object is missing".
  [[nodiscard]] Result<GitObject> read_object(const ObjectId& id) const;

  // A blob as a stream: a loose one takes constant memory, a packed one is held whole.
  [[nodiscard]] Result<std::unique_ptr<Content>> open_blob(const ObjectId& id) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The patterns of core.excludesFile in the user's or the system's configuration, or of its default place; empty if there are
// none. A repository's own config is not asked: it would name a file outside.
std::string user_ignore_patterns();

// Whether core.hooksPath in the user's or the system's configuration names another folder for hooks than the repository's.
[[nodiscard]] bool user_sets_hooks_path();

}  // namespace hfscan
