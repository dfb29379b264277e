#include <algorithm>
#include <vector>

#include "hygiene/matcher.h"
#include "hygiene/matchers/families.h"

namespace hfscan {

std::span<const FileMatcher> file_matchers() {
  static const std::vector<FileMatcher> matchers = [] {
    std::vector<FileMatcher> all;
    for (const auto family : {job_matchers, hub_matchers, platform_matchers, workflow_matchers, ci_matchers, container_matchers,
                              kubernetes_matchers, infrastructure_matchers, argument_matchers, logging_matchers,
                              credential_helper_matchers, privilege_matchers, documentation_matchers}) {
      const std::span<const FileMatcher> table = family();
      all.insert(all.end(), table.begin(), table.end());
    }
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
