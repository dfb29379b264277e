// fix: shows the edits of a scan's findings as a diff, or makes them. docs/fix.md says which and how.
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/fix_output.h"
#include "cli/fix_trees.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/targets.h"
#include "fix/edited_text.h"
#include "fix/plan.h"

namespace hfscan {
namespace {

class FixRun {
 public:
  FixRun(const Options& options, const Report& report, const FixTrees& trees)
      : options_(options),
        report_(report),
        trees_(trees),
        plan_(plan_fixes(report, options.unsafe ? AllowedEdits::safe_and_review : AllowedEdits::safe)) {}

  Result<ExitCode> run() {
    for (const FileFix& fix : plan_.files) prepare(fix);
    HFSCAN_TRY(options_.apply ? apply() : show());
    for (const RefusedFile& file : refused_) complain(cat(quoted(file.fix->path), " ", file.reason));
    if (!report_.complete) {
      const Diagnostic& first = report_.diagnostics.front();
      complain(cat("incomplete: ", count_of(report_.diagnostics.size(), "item", "items"), " could not be scanned, first ",
                   quoted(first.path), ": ", escape_for_display(first.message), "; 'hfscan scan' names all"));
    }
    return exit_code();
  }

 private:
  void prepare(const FileFix& fix) {
    Result<PreparedFile> file = read(fix);
    if (file.ok())
      prepared_.push_back(std::move(*file));
    else
      refused_.push_back({&fix, file.error().message});
  }

  [[nodiscard]] Result<PreparedFile> read(const FileFix& fix) const {
    HFSCAN_TRY_ASSIGN(const WritablePlace place, trees_.place_of(fix.path));
    HFSCAN_TRY_ASSIGN(const std::optional<std::string> content, place.tree->read(place.path));
    const std::optional<Sha256Digest> now = content ? std::optional(sha256(*content)) : std::nullopt;
    if (now != fix.before) return Error{"changed since it was scanned; run hfscan again"};
    PreparedFile file{&fix, content.value_or(""), ""};
    HFSCAN_TRY_ASSIGN(file.after, edited_text(file.before, fix.edits));
    return file;
  }

  [[nodiscard]] std::string command() const { return cat("hfscan fix --apply", options_.unsafe ? " --unsafe" : ""); }

  Status show() {
    const Detector detector(report_.rules, {});
    std::vector<Diff> diffs;
    for (const PreparedFile& file : prepared_) diffs.push_back(diff_of(file, report_, detector));
    const bool terminal = ::isatty(STDOUT_FILENO) == 1;
    HFSCAN_TRY(print(diff_text(diffs, command(), terminal ? DiffReader::terminal : DiffReader::program)));
    std::string said = prepared_.empty() ? "nothing to fix by itself\n"
                                         : cat("would fix ", in_files(prepared_), "; to make these edits: ", command(), "\n");
    said += what_is_left(plan_);
    for (const std::string_view line : split_lines(said)) complain(line);
    return {};
  }

  Status apply() {
    std::vector<PreparedFile> written;
    for (PreparedFile& file : prepared_) {
      const Status status = write(file);
      if (status.ok())
        written.push_back(std::move(file));
      else
        refused_.push_back({file.fix, status.error().message});
    }
    std::string said = written.empty() ? "nothing was changed\n" : cat("fixed ", in_files(written), "\n");
    for (const PreparedFile& file : written) {
      said += cat("  ", escape_for_display(file.fix->path), ": ", rules_of(file.fix->findings), "\n");
    }
    said += what_is_left(plan_);
    if (!written.empty()) said += "next: look at the changes ('git diff'), then run 'hfscan scan'\n";
    return print(said);
  }

  [[nodiscard]] Status write(const PreparedFile& file) const {
    HFSCAN_TRY_ASSIGN(const WritablePlace place, trees_.place_of(file.fix->path));
    return place.tree->write(place.path, file.fix->before, file.after);
  }

  // "3 findings in 2 files": of the findings, those that have no edit in a refused file.
  [[nodiscard]] std::string in_files(const std::vector<PreparedFile>& files) const {
    std::vector<const Finding*> lost;
    for (const RefusedFile& file : refused_) lost.insert(lost.end(), file.fix->findings.begin(), file.fix->findings.end());
    const auto fixed = std::count_if(plan_.fixed.begin(), plan_.fixed.end(), [&lost](const Finding* finding) {
      return std::find(lost.begin(), lost.end(), finding) == lost.end();
    });
    return cat(count_of(static_cast<std::uint64_t>(fixed), "finding", "findings"), " in ",
               count_of(files.size(), "file", "files"));
  }

  [[nodiscard]] ExitCode exit_code() const {
    if (!report_.complete || !refused_.empty()) return ExitCode::incomplete;
    const bool left = options_.apply ? !plan_.later.empty() : !prepared_.empty();
    if (!left || options_.exit_zero) return ExitCode::clean;
    return options_.findings_exit_code ? static_cast<ExitCode>(*options_.findings_exit_code) : ExitCode::findings;
  }

  const Options& options_;
  const Report& report_;
  const FixTrees& trees_;
  FixPlan plan_;
  std::vector<PreparedFile> prepared_;
  std::vector<RefusedFile> refused_;
};

Result<ExitCode> fix(const Options& options) {
  if (options.format || !options.report_paths.empty()) {
    return Error{"'hfscan fix' writes a diff and no report: leave out -f and -r, and use 'hfscan scan' for reports"};
  }
  const std::vector<std::string> paths = options.arguments.empty() ? std::vector<std::string>{"."} : options.arguments;
  HFSCAN_TRY_ASSIGN(Targets targets, find_targets(paths));
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options, targets.root));
  HFSCAN_TRY_ASSIGN(const FixTrees trees, FixTrees::of(targets));
  const ScannedPlaces places = scanned_places(targets);
  const auto sources = sources_of(std::move(targets), session->settings().include_ignored.value);
  HFSCAN_TRY_ASSIGN(const Report report, session->scan(sources, "scan", places));
  return FixRun(options, report, trees).run();
}

}  // namespace

ExitCode cmd_fix(const Options& options) { return exit_code_of(fix(options)); }

}  // namespace hfscan
