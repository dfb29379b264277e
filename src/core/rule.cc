#include "core/rule.h"

#include <algorithm>

#include "base/text.h"

namespace hfscan {

bool names_rule(std::string_view selector, std::string_view id, std::string_view name) {
  constexpr std::size_t kMinPrefix = 3;  // "HF1": what is shorter would be every rule, which nobody means
  return selector == name || (selector.size() >= kMinPrefix && id.starts_with(selector));
}

bool applies_to_path(const Rule& rule, std::string_view path) {
  const auto matches = [path](const std::string& pattern) { return path_matches(pattern, path); };
  return rule.paths.empty() || std::any_of(rule.paths.begin(), rule.paths.end(), matches);
}

}  // namespace hfscan
