#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/version.h"

namespace hfscan {

ExitCode cmd_version(const Options&) {
  const Status printed = print(cat("hfscan ", kVersion, "\n"));
  return printed.ok() ? ExitCode::clean : report_error(printed.error());
}

}  // namespace hfscan
