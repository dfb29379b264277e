#include "cli/remediate/commands.h"

#include "cli/session.h"

namespace hfscan {
namespace {

ExitCode with_incident(const Options& options, Result<ExitCode> (*run)(IncidentWork&)) {
  Result<IncidentWork> work = IncidentWork::open(options);
  return work.ok() ? exit_code_of(run(*work)) : report_error(work.error());
}

}  // namespace

ExitCode cmd_remediate_status(const Options& options) { return with_incident(options, show_status); }
ExitCode cmd_remediate_inventory(const Options& options) { return with_incident(options, show_inventory); }
ExitCode cmd_remediate_revoke(const Options& options) { return with_incident(options, revoke_secrets); }
ExitCode cmd_remediate_rewrite(const Options& options) { return with_incident(options, rewrite_history); }
ExitCode cmd_remediate_push(const Options& options) { return with_incident(options, push_history); }
ExitCode cmd_remediate_verify(const Options& options) { return with_incident(options, verify_places); }
ExitCode cmd_remediate_record(const Options& options) { return with_incident(options, write_record); }
ExitCode cmd_remediate_close(const Options& options) { return with_incident(options, close_incident); }

}  // namespace hfscan
