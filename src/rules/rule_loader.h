// Rule files (TOML) to rules. rules/README.md is the reference of the fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/rule.h"
#include "rules/match_reader.h"

namespace hfscan {

// All rules of a file. `name` is what errors and Rule::origin call it. Checks the shape of every field; whether patterns
// compile and examples hold is checked by detect/rule_check, which has the means. Patterns may use the macros of the file and
// those of `common`.
Result<std::vector<Rule>> load_rules(std::string_view toml, std::string_view name, const Macros& common = {});

// A file that holds nothing but [macros].
Result<Macros> load_macros(std::string_view toml, std::string_view name);

// The same for a file on disk of at most 1 MiB.
Result<std::vector<Rule>> load_rule_file(const std::string& path, const Macros& common = {});

}  // namespace hfscan
