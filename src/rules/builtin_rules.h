// The records of the built-in rules, generated from rules/*.toml by tools/embed_rules.cc when hfscan is built.
#pragma once

#include <string_view>

namespace hfscan {

std::string_view builtin_rule_records();

}  // namespace hfscan
