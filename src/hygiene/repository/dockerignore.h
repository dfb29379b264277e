// The patterns of a .dockerignore, with Docker's meaning, which is not git's: every pattern is anchored at the root of the
// build context, `**` crosses folders anywhere, and `!` may bring back a file below an excluded folder. Source:
// https://docs.docker.com/build/concepts/context/#dockerignore-files and the behaviour of moby/patternmatcher.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "detect/regex.h"

namespace hfscan {

class DockerIgnore {
 public:
  // Excludes nothing.
  DockerIgnore() = default;

  // A pattern that is too large to be a real one is left out.
  static DockerIgnore parse(std::string_view content);

  // `path` is relative to the build context. The last pattern that matches it or one of its parent folders decides.
  [[nodiscard]] bool excludes(std::string_view path) const;

 private:
  struct Pattern {
    std::unique_ptr<Regex> regex;
    bool negated = false;
  };
  std::vector<Pattern> patterns_;
};

}  // namespace hfscan
