#include "cli/output.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <sstream>

#include "base/file.h"
#include "base/text.h"
#include "cli/version.h"
#include "report/reporter.h"
#include "report/sarif.h"

namespace hfscan {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read before any thread starts
  return value == nullptr ? "" : value;
}

bool is_on(const char* name) {
  const std::string value = environment(name);
  return !value.empty() && value != "0";
}

std::size_t terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) return size.ws_col;
  return 0;
}

ReportOptions report_options(const Options& options, const Settings& settings, bool to_terminal) {
  ReportOptions result;
  result.colour = to_terminal && wants_colour(settings.color.value);
  result.terminal_width = to_terminal ? terminal_width() : 0;
  if (to_terminal && ::isatty(STDOUT_FILENO) == 1) result.now = std::time(nullptr);
  result.verbosity = options.verbosity;
  result.paranoid = settings.paranoid.value;
  result.sarif_category = options.sarif_category;
  result.sarif_include_suppressed = options.sarif_include_suppressed;
  result.tool_version = kVersion;
  return result;
}

Result<std::string> render(const Report& report, const ReportFormat& format, const ReportOptions& options) {
  std::ostringstream out;
  HFSCAN_TRY(format.write(report, options, out));
  return out.str();
}

std::string known_formats() {
  std::string names;
  for (const ReportFormat& format : report_formats()) names += cat(names.empty() ? "" : ", ", format.name);
  return names;
}

Result<const ReportFormat*> named_format(std::string_view name) {
  if (const ReportFormat* format = report_format_by_name(name)) return format;
  return Error{cat("no report format is called ", quoted(name), "; use one of ", known_formats())};
}

std::string chosen_name(const Options& options, const Settings& settings) {
  return options.format.value_or(settings.report_format.value);
}

// The extension decides; where it says nothing, --report-format does.
Result<const ReportFormat*> format_for(const std::string& path, const Options& options) {
  if (const ReportFormat* format = report_format_by_path(path)) return format;
  if (options.format) return named_format(*options.format);
  return Error{cat("cannot tell the report format from ", quoted(path),
                   ": end it in .json, .jsonl, .sarif or .txt, or add --report-format")};
}

std::vector<std::string> report_paths(const Options& options, const Settings& settings) {
  std::vector<std::string> paths = options.report_paths;
  for (const Setting<std::string>& path : settings.report_paths) paths.push_back(path.value);
  return paths;
}

// With -r FILE the terminal still gets the readable report, unless -r - asks for the chosen format there.
Result<const ReportFormat*> standard_output_format(const Options& options, const Settings& settings) {
  const std::vector<std::string> paths = report_paths(options, settings);
  const bool explicitly = std::find(paths.begin(), paths.end(), "-") != paths.end();
  return named_format(paths.empty() || explicitly ? chosen_name(options, settings) : "text");
}

// Code scanning takes a limited number of results; what did not fit is said here as well as in the file.
void say_what_is_left_out(const Report& report, const ReportFormat& format, const ReportOptions& options) {
  if (format.name != "sarif") return;
  const std::size_t left_out = sarif_results_left_out(report, options);
  if (left_out != 0)
    complain(cat("the SARIF report leaves out ", count_of(left_out, "result", "results"), "; the JSON report has all"));
}

Status write_report_file(const Report& report, const std::string& path, const Options& options, const Settings& settings) {
  HFSCAN_TRY_ASSIGN(const ReportFormat* const format, format_for(path, options));
  const ReportOptions rendering = report_options(options, settings, false);
  HFSCAN_TRY_ASSIGN(const std::string text, render(report, *format, rendering));
  say_what_is_left_out(report, *format, rendering);
  return write_file_atomically(path, text);
}

}  // namespace

Status print(std::string_view text) { return write_all(STDOUT_FILENO, text, "standard output"); }

void complain(std::string_view message) {
  static_cast<void>(write_all(STDERR_FILENO, cat("hfscan: ", message, "\n"), "standard error"));
}

bool wants_colour(ColorMode mode) {
  if (mode != ColorMode::automatic) return mode == ColorMode::always;
  if (!environment("NO_COLOR").empty()) return false;
  if (is_on("FORCE_COLOR") || is_on("CLICOLOR_FORCE")) return true;
  return environment("TERM") != "dumb" && ::isatty(STDOUT_FILENO) == 1;
}

Result<std::vector<const ReportFormat*>> report_formats_in_use(const Options& options, const Settings& settings) {
  HFSCAN_TRY(named_format(chosen_name(options, settings)));
  HFSCAN_TRY_ASSIGN(const ReportFormat* const first, standard_output_format(options, settings));
  std::vector<const ReportFormat*> formats = {first};
  for (const std::string& path : report_paths(options, settings)) {
    if (path == "-") continue;
    HFSCAN_TRY_ASSIGN(const ReportFormat* const format, format_for(path, options));
    formats.push_back(format);
  }
  return formats;
}

Status write_reports(const Report& report, const Options& options, const Settings& settings) {
  HFSCAN_TRY_ASSIGN(const ReportFormat* const format, standard_output_format(options, settings));
  const ReportOptions rendering = report_options(options, settings, true);
  HFSCAN_TRY_ASSIGN(const std::string text, render(report, *format, rendering));
  say_what_is_left_out(report, *format, rendering);
  Status first = print(text);
  for (const std::string& path : report_paths(options, settings)) {
    if (path == "-") continue;
    const Status written = write_report_file(report, path, options, settings);
    if (first.ok() && !written.ok())
      first = written;
    else if (!written.ok())
      complain(written.error().message);
  }
  return first;
}

}  // namespace hfscan
