// remediate inventory: where the token is used, and how to replace it there.
#include "base/text.h"
#include "cli/output.h"
#include "cli/remediate/commands.h"
#include "cli/remediate/use_scan.h"

namespace hfscan {

Result<ExitCode> show_inventory(IncidentWork& work) {
  HFSCAN_TRY_ASSIGN(const bool json, wants_json(work.options()));
  const RemediateOptions& flags = work.flags();
  HFSCAN_TRY_ASSIGN(const UseScan scan, scan_uses(work, {flags.host, flags.net}));
  const Json document = inventory_json(scan.inventory, scan.issues);
  HFSCAN_TRY(work.folder().write("inventory.json", dump_pretty(document)));
  HFSCAN_TRY(work.note(
      "inventory",
      {{"host", flags.host}, {"net", flags.net}, {"places", scan.inventory.places.size()}, {"holding", scan.holding}}));
  HFSCAN_TRY(print(json ? dump_pretty(document) : inventory_text(scan.inventory, scan.issues)));
  return scan.inventory.complete() ? ExitCode::clean : ExitCode::incomplete;
}

}  // namespace hfscan
