// config show, check and schema.
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/targets.h"
#include "config/show.h"

namespace hfscan {
namespace {

Result<ExitCode> show(const Options& options, std::string (*text)(const LoadedConfig&)) {
  const std::vector<std::string> paths = options.arguments.empty() ? std::vector<std::string>{"."} : options.arguments;
  HFSCAN_TRY_ASSIGN(const Targets targets, find_targets(paths));
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options, targets.root));
  HFSCAN_TRY(print(text(session->config())));
  return ExitCode::clean;
}

}  // namespace

ExitCode cmd_config_show(const Options& options) { return exit_code_of(show(options, show_config)); }
ExitCode cmd_config_check(const Options& options) { return exit_code_of(show(options, check_config)); }

ExitCode cmd_config_schema(const Options&) {
  const Status printed = print(config_schema());
  return printed.ok() ? ExitCode::clean : report_error(printed.error());
}

}  // namespace hfscan
