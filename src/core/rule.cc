#include "core/rule.h"

namespace hfscan {

bool names_rule(std::string_view selector, std::string_view id, std::string_view name) {
  constexpr std::size_t kMinPrefix = 3;  // "HF1": what is shorter would be every rule, which nobody means
  return selector == name || (selector.size() >= kMinPrefix && id.starts_with(selector));
}

}  // namespace hfscan
