#include "core/rule.h"

#include <algorithm>

namespace hfscan {
namespace {

bool is_code_prefix(std::string_view selector) {
  return selector.starts_with("HF") &&
         std::all_of(selector.begin() + 2, selector.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

bool names_rule(std::string_view selector, std::string_view id, std::string_view name) {
  if (selector.empty()) return false;
  return selector == id || selector == name || (is_code_prefix(selector) && id.starts_with(selector));
}

}  // namespace hfscan
