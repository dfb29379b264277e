// What a range of commits brings in: every commit that can be reached from some tips and not from others, and every blob that
// one of them has while none of its parents does. A file that was added and removed again within the range is seen.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "git/repository.h"

namespace hfscan {

struct CommitRange {
  std::vector<ObjectId> tips;    // commits, tags, trees or blobs
  std::vector<ObjectId> hidden;  // what cannot be read here hides nothing
};

struct IntroducedBlob {
  std::string path;
  ObjectId id;
  ObjectId commit;  // empty when a tip names a tree or a blob directly
};

// Called from the thread that walks. `problem` gets a label ("commit 0123...") and what could not be read.
struct RangeVisitor {
  std::function<void(const ObjectId& commit)> commit;
  std::function<void(const ObjectId& tag)> tag;
  std::function<void(IntroducedBlob blob)> blob;  // each id once
  std::function<void(std::string label, std::string message)> problem;
};

// A parent that is missing (shallow clone) is a problem, and its child counts as having no such parent: then more is visited.
// Commits are ordered by their dates only to end early; wrong dates make the range larger, never smaller.
void walk_range(const Repository& repository, const CommitRange& range, const RangeVisitor& visitor);

}  // namespace hfscan
