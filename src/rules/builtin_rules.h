// The records of the built-in rules, generated from rules/*.toml by tools/embed_rules.cc when hfscan is built.
#pragma once

#include <string_view>

namespace hfscan {

std::string_view builtin_rule_records();

// An expression of rules/macros.toml, for code that must agree with the rules on what a name is. `name` must be one of them.
std::string_view builtin_macro(std::string_view name);

}  // namespace hfscan
