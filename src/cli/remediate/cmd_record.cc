// remediate record: the report of the incident, and requests to hosts.
#include "base/file.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/remediate/commands.h"
#include "cli/remediate/measures.h"
#include "cli/remediate/rewrite_jobs.h"
#include "cli/remediate/use_scan.h"
#include "cli/version.h"
#include "remedy/record.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kMostBytes = 64ULL << 20U;

std::string text_of_file(const IncidentWork& work, std::string_view name) {
  Result<std::string> text = read_file(work.folder().file(name), kMostBytes, Symlinks::refuse);
  return text.ok() ? std::move(*text) : "";
}

// As it is now, when one was taken before; on an incident that never asked for one, none.
Result<Json> inventory_of(IncidentWork& work) {
  const JournalEntry* last = work.journal().last("inventory");
  if (last == nullptr) return Json(nullptr);
  HFSCAN_TRY_ASSIGN(const UseScan uses, scan_uses(work, {last->data.value("host", Json(false)) == Json(true), false}));
  Json inventory = inventory_json(uses.inventory, uses.issues);
  HFSCAN_TRY(work.folder().write("inventory.json", dump_pretty(inventory)));
  return inventory;
}

// What leaves the folder is scanned like anything else.
Status write_checked(const IncidentWork& work, const std::string& name, const std::string& text) {
  const bool holds = !rewrite_job(work).find_dressed(text, name).empty();
  if (holds) return Error{cat("internal error: ", name, " would hold a token and was not written (please report this)")};
  HFSCAN_TRY(work.folder().write(name, text));
  return print(cat("Written: ", escape_for_display(work.folder().file(name)), "\n"));
}

}  // namespace

Result<ExitCode> write_record(IncidentWork& work) {
  const std::string& wanted = work.flags().support;
  const std::optional<SupportHost> host = support_host_from(wanted);
  if (!wanted.empty() && !host) return Error{cat("--support is github, gitlab or hf, not ", hfscan::quoted(wanted))};
  const Plan plan = work.plan();
  HFSCAN_TRY_ASSIGN(const IncidentStatus status, measure_status(plan, work.journal(), measures_of(work), current_time()));
  HFSCAN_TRY_ASSIGN(const Json inventory, inventory_of(work));
  const RecordInputs inputs{work.incident(),
                            status,
                            work.journal(),
                            inventory,
                            to_hex(sha256(text_of_file(work, "plan.json"))),
                            cat("hfscan ", kVersion),
                            work.flags().include_identity ? Identities::shown : Identities::hidden,
                            current_time()};
  HFSCAN_TRY(write_checked(work, "record.md", record_text(inputs)));
  if (host) HFSCAN_TRY(write_checked(work, cat("support-", to_string(*host), ".txt"), support_text(*host, inputs)));
  return status.exit_code() == ExitCode::incomplete ? ExitCode::incomplete : ExitCode::clean;
}

}  // namespace hfscan
