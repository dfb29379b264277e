// What git keeps beside its objects as plain files: config with remotes, reflogs, names of refs, messages in the making, hooks,
// FETCH_HEAD, files of git-lfs. All of it can hold a token, and none of it is in any commit.
#pragma once

#include <string>
#include <vector>

#include "base/file.h"
#include "core/source.h"
#include "git/layout.h"

namespace hfscan {

class GitFolder : public Source, public ContentStore {
 public:
  explicit GitFolder(const RepositoryLayout& layout);

  // Every regular file below the folder but what ObjectStore reads and the stores of submodules, which are repositories of
  // their own; and one item with the names of all refs and files, for a token that is a name. Symlinks are not followed.
  Status for_each(SourceSink& sink) override;
  [[nodiscard]] Result<std::unique_ptr<Content>> open(const Item& item) const override;

 private:
  void read_folder(const std::string& folder, SourceSink& sink);

  std::string root_;    // on disk
  std::string prefix_;  // of reported paths: ".git/"
  FileDescriptor descriptor_;
  std::vector<std::string> todo_;
  std::string names_;
};

}  // namespace hfscan
