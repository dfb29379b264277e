#include "cli/commands.h"
#include "cli/session.h"
namespace hfscan {
ExitCode cmd_init(const Options&) { return report_error({"not there yet"}); }
}  // namespace hfscan
