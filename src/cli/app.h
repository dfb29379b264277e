// The program: arguments in, exit code out.
#pragma once

#include <string>
#include <vector>

#include "core/exit_code.h"

namespace hfscan {

ExitCode run_hfscan(std::vector<std::string> arguments);

}  // namespace hfscan
