// baseline create, update and prune; ignore.
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/targets.h"
#include "scan/baseline.h"
#include "scan/ignore_file.h"

namespace hfscan {
namespace {

constexpr const char* kDefaultBaseline = ".hfscan-baseline";

// A scan of the current folder that no baseline has touched. The report points into the session's rules.
struct FreshScan {
  Options options;
  std::unique_ptr<Session> session;
  Report report;
};

Result<std::unique_ptr<FreshScan>> scan_here(const Options& options) {
  auto scan = std::make_unique<FreshScan>();
  scan->options = options;
  scan->options.use_baseline = false;
  HFSCAN_TRY_ASSIGN(Targets targets, find_targets({"."}));
  HFSCAN_TRY_ASSIGN(scan->session, Session::open(scan->options, targets.root));
  const bool include_ignored = scan->session->settings().include_ignored.value;
  const ScannedPlaces places = scanned_places(targets);
  HFSCAN_TRY_ASSIGN(scan->report, scan->session->scan(sources_of(std::move(targets), include_ignored), "scan", places));
  return scan;
}

Result<Baseline> read_baseline(const std::string& path) {
  HFSCAN_TRY_ASSIGN(const std::string text, read_file(path, kMaxBaselineSize));
  return parse_baseline(text, path);
}

std::string summary(const std::string& path, const BaselineChange& change) {
  return cat(escape_for_display(path), ": ", count_of(change.kept + change.added, "finding", "findings"), " (",
             with_thousands(change.added), " added, ", with_thousands(change.dropped), " dropped)\n");
}

Result<ExitCode> change_baseline(const Options& options) {
  const std::string path = options.arguments.empty() ? kDefaultBaseline : options.arguments.front();
  const bool create = options.command == Command::baseline_create;
  if (create && ::access(path.c_str(), F_OK) == 0) {
    return Error{cat(quoted(path), " exists; use 'hfscan baseline update ", escape_for_display(path), "', or remove it first")};
  }
  Baseline baseline;
  baseline.name = path;
  if (!create) {
    HFSCAN_TRY_ASSIGN(baseline, read_baseline(path));
  }
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<FreshScan> scan, scan_here(options));
  const Report& report = scan->report;
  BaselineChange change;
  if (options.command == Command::baseline_prune) {
    HFSCAN_TRY_ASSIGN(change, prune_baseline(baseline, report));
  } else {
    change = update_baseline(baseline, report, options.reason);
  }
  HFSCAN_TRY(write_file_atomically(path, serialise_baseline(baseline)));
  HFSCAN_TRY(print(summary(path, change)));
  if (report.complete) return ExitCode::clean;
  complain(cat("incomplete: ", count_of(report.diagnostics.size(), "item", "items"),
               " could not be scanned; 'hfscan scan' names them"));
  return ExitCode::incomplete;
}

Result<ExitCode> add_ignore(const Options& options) {
  if (options.arguments.size() != 1 || !digest_from_hex(options.arguments.front())) {
    return Error{"'hfscan ignore' needs the fingerprint of a finding: 64 hexadecimal digits, as reports show it"};
  }
  if (trim(options.reason).empty()) return Error{"say why this finding is accepted: --reason TEXT"};
  HFSCAN_TRY_ASSIGN(const Targets targets, find_targets({"."}));
  const std::string path = targets.root.folder + "/.hfscanignore";
  std::string text;
  if (::access(path.c_str(), F_OK) == 0) {
    HFSCAN_TRY_ASSIGN(text, read_file(path, kMaxIgnoreFileSize));
    HFSCAN_TRY(parse_ignore_file(text, ".hfscanignore"));
    if (!text.empty() && text.back() != '\n') text += '\n';
  }
  if (text.find(options.arguments.front()) != std::string::npos) return Error{"that fingerprint is in .hfscanignore already"};
  text += cat(options.arguments.front(), " # ", escape_for_display(trim(options.reason)), "\n");
  HFSCAN_TRY(parse_ignore_file(text, ".hfscanignore"));
  HFSCAN_TRY(write_file_atomically(path, text));
  HFSCAN_TRY(print(".hfscanignore: 1 entry added\n"));
  return ExitCode::clean;
}

}  // namespace

ExitCode cmd_baseline(const Options& options) { return exit_code_of(change_baseline(options)); }
ExitCode cmd_ignore(const Options& options) { return exit_code_of(add_ignore(options)); }

}  // namespace hfscan
