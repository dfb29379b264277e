#include "cli/app.h"

#include <array>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/session.h"

namespace hfscan {
namespace {

struct CommandEntry {
  Command command;
  ExitCode (*run)(const Options&);
};

constexpr auto kCommands = std::to_array<CommandEntry>({
    {Command::scan, cmd_scan},
    {Command::staged, cmd_staged},
    {Command::history, cmd_history},
    {Command::standard_input, cmd_stdin},
    {Command::hook, cmd_hook},
    {Command::host, cmd_host},
    {Command::rules_list, cmd_rules_list},
    {Command::rules_explain, cmd_rules_explain},
    {Command::rules_docs, cmd_rules_docs},
    {Command::rules_check, cmd_rules_check},
    {Command::rules_new, cmd_rules_new},
    {Command::config_show, cmd_config_show},
    {Command::config_check, cmd_config_check},
    {Command::config_schema, cmd_config_schema},
    {Command::baseline_create, cmd_baseline},
    {Command::baseline_update, cmd_baseline},
    {Command::baseline_prune, cmd_baseline},
    {Command::ignore, cmd_ignore},
    {Command::version, cmd_version},
    {Command::fix, cmd_fix},
    {Command::init, cmd_init},
    {Command::remediate, cmd_remediate},
    {Command::remediate_plan, cmd_remediate_plan},
    {Command::remediate_status, cmd_remediate_status},
    {Command::remediate_inventory, cmd_remediate_inventory},
    {Command::remediate_revoke, cmd_remediate_revoke},
    {Command::remediate_rewrite, cmd_remediate_rewrite},
    {Command::remediate_push, cmd_remediate_push},
    {Command::remediate_verify, cmd_remediate_verify},
    {Command::remediate_record, cmd_remediate_record},
    {Command::remediate_close, cmd_remediate_close},
    {Command::verify, cmd_verify},
});

}  // namespace

ExitCode run_hfscan(std::vector<std::string> arguments) {
  Result<ParsedArguments> parsed = parse_arguments(std::move(arguments));
  if (!parsed.ok()) return report_error(parsed.error());
  if (parsed->help) {
    const Status printed = print(*parsed->help);
    return printed.ok() ? ExitCode::clean : report_error(printed.error());
  }
  for (const CommandEntry& entry : kCommands) {
    if (entry.command == parsed->options.command) return entry.run(parsed->options);
  }
  return report_error({"internal error: a command without a function (please report this)"});
}

}  // namespace hfscan
