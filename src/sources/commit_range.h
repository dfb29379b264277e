// What a push would publish: the blobs and messages of the commits that are new to the other side. Used by pre-push and
// pre-receive.
#pragma once

#include <string>
#include <vector>

#include "core/source.h"
#include "git/commit_walk.h"

namespace hfscan {

struct CommitRangeOptions {
  std::vector<std::string> tips;    // object ids in hexadecimal, or full ref names ("HEAD", "refs/heads/main")
  std::vector<std::string> hidden;  // the same; one that is unknown here hides nothing, as the far side may be ahead of us
  // Ref prefixes whose refs are all hidden: "refs/remotes/origin/" for `--not --remotes=origin`, "refs/" for `--not --all`.
  std::vector<std::string> hidden_prefixes;
};

// Items: blobs with the path in the commit, the object id and, as locator, the commit that brought them in; the messages of
// commits and tags with their object id, under the path "commit <id>" or "tag <id>".
class CommitRangeSource : public Source, public ContentStore {
 public:
  CommitRangeSource(Repository repository, CommitRangeOptions options)
      : repository_(std::move(repository)), options_(std::move(options)) {}

  // An Error when a tip is no known ref and no id; a tip that is the zero id (a deleted ref) is passed over.
  Status for_each(SourceSink& sink) override;
  [[nodiscard]] Result<std::unique_ptr<Content>> open(const Item& item) const override;

 private:
  Result<CommitRange> resolve(SourceSink& sink) const;

  Repository repository_;
  CommitRangeOptions options_;
};

}  // namespace hfscan
