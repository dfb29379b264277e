#include <algorithm>
#include <vector>

#include "hygiene/matcher.h"

namespace hfscan {

std::span<const FileMatcher> file_matchers() {
  static const std::vector<FileMatcher> matchers = [] {
    std::vector<FileMatcher> all;
    return all;
  }();
  return matchers;
}

const FileMatcher* file_matcher(std::string_view name) {
  const std::span<const FileMatcher> all = file_matchers();
  const auto found = std::find_if(all.begin(), all.end(), [name](const FileMatcher& matcher) { return matcher.name == name; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace hfscan
