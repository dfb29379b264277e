// host: this machine instead of a repository.
#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/this_host.h"
#include "host/checklist.h"
#include "host/host_rules.h"
#include "host/host_source.h"
#include "host/places.h"

namespace hfscan {
namespace {

// Files of a home hold more secrets than ours: no line of them is shown.
void hide_lines(Report& report) {
  for (Finding& finding : report.findings) {
    finding.excerpt = {};
    finding.line_hash.clear();
  }
}

Status print_the_rest(const Options& options, const Settings& settings, const HostInventory& inventory) {
  HFSCAN_TRY_ASSIGN(const std::vector<const ReportFormat*> formats, report_formats_in_use(options, settings));
  if (formats.front()->name != "text" || options.verbosity == Verbosity::quiet) return {};
  return print(cat(options.verbosity == Verbosity::verbose ? places_text(inventory) : "", host_checklist()));
}

Result<ExitCode> check_host(const Options& options) {
  if (!options.arguments.empty()) return Error{"'hfscan host' takes no path: it looks at this machine; see 'hfscan --help'"};
  HFSCAN_TRY_ASSIGN(const HostView host, view_of_this_host());
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options, {}));
  const HostInventory inventory = take_inventory(host);
  const std::vector<const Rule*> all = session->rules().all();
  const HostRules rules(inventory, session->active_rules(), all, rotation_policy(session->settings()));
  HFSCAN_TRY_ASSIGN(Report report, session->scan_with(rules, std::make_unique<HostSource>(inventory), "host"));
  report.notes.insert(report.notes.end(), inventory.notes.begin(), inventory.notes.end());
  hide_lines(report);
  const ExitCode code = session->deliver(report);
  HFSCAN_TRY(print_the_rest(options, session->settings(), inventory));
  return code;
}

}  // namespace

ExitCode cmd_host(const Options& options) { return exit_code_of(check_host(options)); }

}  // namespace hfscan
