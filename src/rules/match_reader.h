// The [rule.match] table of a rule file: how a rule decides. Separate from the loader, which reads what a rule says about
// itself.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/toml.h"
#include "core/rule.h"

namespace hfscan {

// Named pieces of regular expressions: `<<NAME>>` in a pattern stands for the macro NAME.
using Macros = std::map<std::string, std::string, std::less<>>;

// Replaces every <<NAME>>; an error for a macro that is not there.
Result<std::string> expand_macros(std::string_view pattern, const Macros& macros);

// `table` and `macros` must outlive the call. Errors name `file`, line and column.
Result<Match> read_match(const TomlNode& table, std::string_view file, const Macros& macros);

}  // namespace hfscan
