// The exit codes of every command; docs/exit-codes.md explains them.
#pragma once

namespace hfscan {

enum class ExitCode {
  clean = 0,       // complete, nothing at or above --fail-on
  findings = 1,    // complete, findings at or above --fail-on
  usage = 2,       // usage, configuration, rule or output error: no verdict
  incomplete = 3,  // something could not be scanned, with or without findings
  interrupted = 130,
};

}  // namespace hfscan
