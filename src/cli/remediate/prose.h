// Longer texts for people: on a terminal, lines are broken between words; what is to be copied (four spaces in front, or a
// line of a table) never is.
#pragma once

#include <string_view>

#include "base/result.h"

namespace hfscan {

// To standard output.
Status print_prose(std::string_view text);

}  // namespace hfscan
