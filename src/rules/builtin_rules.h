// The records of the built-in rules, generated from rules/*.toml by tools/embed_rules.cc when hfscan is built.
#pragma once

#include <string>
#include <string_view>

#include "rules/match_reader.h"

namespace hfscan {

std::string_view builtin_rule_records();

// The expressions of rules/macros.toml, which every rule file may use.
const Macros& builtin_macros();

// One of them, for code that must agree with the rules on what a name is. `name` must be among them.
inline const std::string& builtin_macro(std::string_view name) { return builtin_macros().find(name)->second; }

}  // namespace hfscan
