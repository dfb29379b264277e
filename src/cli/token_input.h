// Tokens from standard input. Separate from reading them (remedy/secret_source.h), because a terminal has to be told not to
// show what is typed, and to show it again whatever happens.
#pragma once

#include <vector>

#include "base/result.h"
#include "base/secret.h"

namespace hfscan {

// As read_secrets. When standard input is a terminal it says on standard error what is expected, and shows nothing of it.
Result<std::vector<Secret>> tokens_of_standard_input();

}  // namespace hfscan
