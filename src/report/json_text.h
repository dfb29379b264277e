// JSON as text that is also safe to print: `cat report.json` on a terminal must not run what a file name holds.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace hfscan {

// `dumped` with every control character, bidirectional override and invisible character written as \uXXXX; the value that a
// parser reads is the same.
std::string escape_for_terminals(std::string_view dumped);

// Adds `path`, ill-formed UTF-8 as U+FFFD, and then also `path_base64` with the exact bytes.
void add_path(Json& object, std::string_view path);

}  // namespace hfscan
