#include "cli/session.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "base/file.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/rule_run.h"
#include "cli/version.h"
#include "config/keys.h"
#include "detect/rule_check.h"
#include "history/history_rules.h"
#include "rules/builtin_rules.h"
#include "rules/rule_loader.h"
#include "scan/gitleaks_baseline.h"
#include "scan/scan.h"

extern char** environ;  // NOLINT: POSIX declares it nowhere

namespace hfscan {
namespace {

constexpr const char* kHostProfile = "host";

std::map<std::string, std::string> process_environment() {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view pair(*entry);
    const std::size_t equals = pair.find('=');
    // Only ours and the few that say where files are: the rest may hold secrets and is none of our business.
    const std::string_view name = pair.substr(0, equals);
    if (equals == std::string_view::npos || !(name.starts_with("HFSCAN_") || name == "XDG_CONFIG_HOME")) continue;
    variables.emplace(name, pair.substr(equals + 1));
  }
  return variables;
}

std::vector<RuleName> names_of(const RuleSet& rules) {
  std::vector<RuleName> names;
  for (const Rule* rule : rules.all()) names.push_back({rule->id, rule->name});
  return names;
}

// A rule that claims credentials could take them over from the built-in rules at a lower severity: not for a repository to
// decide.
Status check_trust(const Rule& rule, const Origin& origin) {
  if (origin.kind != OriginKind::repository_file || !std::holds_alternative<CredentialMatch>(rule.match)) return {};
  return Error{cat(to_string(origin), ": rule ", rule.id,
                   " claims credentials, which a repository's own rule file may not; add the file with ",
                   "--rules-file if you trust it")};
}

ArchiveLimits archive_limits(const Settings& settings) {
  const auto megabytes = static_cast<std::uint64_t>(settings.archive_max_megabytes.value);
  return {static_cast<unsigned>(settings.archive_depth.value), megabytes == 0 ? UINT64_MAX : megabytes << 20U};
}

bool is_about_history(const Rule* rule) {
  const auto* match = std::get_if<StructureMatch>(&rule->match);
  return match != nullptr && is_history_matcher(match->matcher);
}

bool looks_at_history(const Rule* rule) {
  return std::holds_alternative<CredentialMatch>(rule->match) || std::holds_alternative<PatternMatch>(rule->match) ||
         is_about_history(rule);
}

// The reason and origin of a [[ignore.findings]] entry, for every finding that it names.
void apply_configured_ignores(const Settings& settings, Report& report) {
  for (Finding& finding : report.findings) {
    for (const IgnoreFinding& entry : settings.ignore_findings) {
      if (finding.disposition != Disposition::active || entry.fingerprint != finding.fingerprint) continue;
      finding.disposition = Disposition::ignored_config;
      finding.justification = cat(to_string(entry.origin), ": ", entry.reason);
    }
  }
}

}  // namespace

ExitCode report_error(const Error& error) {
  complain(error.message);
  return ExitCode::usage;
}

Result<LoadedConfig> load_config_for(const Options& options, const ScanRoot& root, const RuleSet& rules) {
  LoadInputs inputs;
  inputs.environment = process_environment();
  const char* home = std::getenv("HOME");  // NOLINT(concurrency-mt-unsafe): read before any thread starts
  inputs.home = home == nullptr ? "" : home;
  inputs.repository_root = root.folder;
  inputs.scanned_folder = root.scanned_folder;
  inputs.config_file = options.config_file;
  inputs.discovery = options.discovery;
  inputs.flags = options.config_flags;
  inputs.known_rules = names_of(rules);
  return load_config(inputs);
}

Result<std::unique_ptr<Session>> Session::open(const Options& options, ScanRoot root) {
  std::unique_ptr<Session> session(new Session(options, std::move(root)));
  HFSCAN_TRY(session->load());
  return session;
}

Status Session::load() {
  HFSCAN_TRY_ASSIGN(config_, load_config_for(options_, root_, rules_));
  HFSCAN_TRY(add_rule_files());
  HFSCAN_TRY_ASSIGN(active_, select_rules());
  return check_outputs();
}

// The rules about the host run in its command and nowhere else; other rules do not run there.
Result<std::vector<const Rule*>> Session::select_rules() const {
  std::vector<std::string> selectors;
  for (const Setting<std::string>& selector : settings().rules_select) selectors.push_back(selector.value);
  if (options_.command != Command::host) return rules_.select(selectors, to_string(settings().profile.value));
  HFSCAN_TRY_ASSIGN(std::vector<const Rule*> rules, rules_.select(selectors, kHostProfile));
  const auto is_other = [](const Rule* rule) {
    return std::find(rule->profiles.begin(), rule->profiles.end(), kHostProfile) == rule->profiles.end();
  };
  rules.erase(std::remove_if(rules.begin(), rules.end(), is_other), rules.end());
  if (rules.empty()) return Error{"none of the chosen rules is about the host; choose among HF8, or give no --rules"};
  return rules;
}

Status Session::add_rule_files() {
  for (const Setting<std::string>& file : settings().rules_files) {
    HFSCAN_TRY_ASSIGN(std::vector<Rule> loaded, load_rule_file(file.value, builtin_macros()));
    for (Rule& rule : loaded) {
      HFSCAN_TRY(check_trust(rule, file.origin));
      HFSCAN_TRY(check_patterns(rule));
      HFSCAN_TRY(rules_.add(std::move(rule)));
    }
  }
  return {};
}

Status Session::check_outputs() const {
  HFSCAN_TRY(report_formats_in_use(options_, settings()));
  return {};
}

Result<bool> Session::shows_line_hashes() const {
  HFSCAN_TRY_ASSIGN(const std::vector<const ReportFormat*> formats, report_formats_in_use(options_, settings()));
  return std::any_of(formats.begin(), formats.end(), [](const ReportFormat* format) { return format->shows_line_hashes; });
}

Result<Report> Session::scan(const std::vector<std::unique_ptr<Source>>& sources, const std::string& command,
                             const ScannedPlaces& places) const {
  return run({sources, places, active_, rotation_policy(settings())}, {}, command);
}

Result<Report> Session::scan_with(const HitFinder& finder, std::unique_ptr<Source> source, const std::string& command) const {
  std::vector<std::unique_ptr<Source>> sources;
  sources.push_back(std::move(source));
  DetectorOptions detection;
  detection.structure = &finder;
  return run({sources, {}, active_}, detection, command);
}

Result<Report> Session::run(const RuleRun& rules, DetectorOptions detection, const std::string& command) const {
  HFSCAN_TRY_ASSIGN(detection, with_settings(detection));
  HFSCAN_TRY_ASSIGN(Report report, run_rules(rules, detection, scan_options(command)));
  if (!rules.places.note.empty()) report.notes.push_back(rules.places.note);
  HFSCAN_TRY(finish(report));
  return report;
}

Result<Report> Session::scan_history(const RepositoryLayout& layout, const HistoryRun& run) const {
  if (std::none_of(active_.begin(), active_.end(), looks_at_history))
    return Error{"none of the chosen rules looks at a history; choose among HF1, HF9001 and HF9002, or give no --rules"};
  HistoryOptions options;
  HFSCAN_TRY_ASSIGN(options.detection, with_settings({}));
  options.detection.line_hashes = false;  // GitHub compares lines of the work tree
  options.scan = scan_options("history");
  options.range = run.range;
  options.now = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  options.rotation = rotation_policy(settings());
  options.silent_rules = finders_for_history();
  options.engine = options_.engine == "full" ? AnchorEngine::full : AnchorEngine::delta;
  HFSCAN_TRY_ASSIGN(const CacheFolder cache, open_cache(layout));
  options.cache = &cache;
  options.cache_basis = cache_basis(options);
  options.stop = run.stop;
  options.progress = run.progress;
  HFSCAN_TRY_ASSIGN(Report report, hfscan::scan_history(layout, active_, options));
  if (!cache.note().empty()) report.notes.push_back(cache.note());
  HFSCAN_TRY(finish(report));
  return report;
}

Result<CacheFolder> Session::open_cache(const RepositoryLayout& layout) const {
  if (!settings().history_cache.value) return CacheFolder();
  const auto variable = [](const char* name) -> std::string {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing changes the environment
    return value == nullptr ? "" : value;
  };
  const Setting<std::string>& chosen = settings().cache_folder;
  CacheRequest request;
  request.folder = chosen.value.empty() ? default_cache_folder(variable("XDG_CACHE_HOME"), variable("HOME")) : chosen.value;
  if (chosen.origin.kind == OriginKind::flag) request.chosen_by = CacheRequest::ChosenBy::flag;
  request.scanned = layout.object_folders;
  request.scanned.push_back(layout.git_dir);
  request.scanned.push_back(layout.common_dir);
  if (!layout.work_tree.empty()) request.scanned.push_back(layout.work_tree);
  return CacheFolder::open(request);
}

// Whatever but the repository decides what a scan of it says.
std::string Session::cache_basis(const HistoryOptions& options) const {
  constexpr const char* kFormat = "1";  // of what the scan keeps: a change there makes old files worthless
  std::vector<const Rule*> all = active_;
  all.insert(all.end(), options.silent_rules.begin(), options.silent_rules.end());
  const auto flag = [](bool value) { return value ? "1" : "0"; };
  std::string basis = cat(kFormat, " ", kVersion, " ", to_hex(digest_of(all)), " ", to_hex(digest_of(active_)), " ",
                          flag(options.detection.look_alikes), flag(options.detection.suppression.own),
                          flag(options.detection.suppression.foreign));
  basis += cat(" ", std::to_string(options.scan.archives.depth), " ", std::to_string(options.scan.archives.max_bytes));
  for (const ConfigKey& key : config_keys()) {
    if (!key.name.starts_with("rotation.")) continue;
    for (const ShownValue& value : shown_values(key, settings())) basis += cat("\n", key.name, " ", value.text);
  }
  for (const auto& pattern : settings().ignore_paths) basis += cat("\n", pattern.folder, "\n", pattern.pattern);
  return basis;
}

// The rules about histories speak of tokens, also when no rule that finds tokens was chosen.
std::vector<const Rule*> Session::finders_for_history() const {
  std::vector<const Rule*> finders;
  if (std::none_of(active_.begin(), active_.end(), is_about_history)) return finders;
  for (const Rule* rule : rules_.all()) {
    const bool finds = std::holds_alternative<CredentialMatch>(rule->match);
    if (finds && std::find(active_.begin(), active_.end(), rule) == active_.end()) finders.push_back(rule);
  }
  return finders;
}

Result<DetectorOptions> Session::with_settings(DetectorOptions detection) const {
  detection.look_alikes = settings().paranoid.value;
  HFSCAN_TRY_ASSIGN(detection.line_hashes, shows_line_hashes());
  detection.suppression.own = settings().inline_ignore.value;
  detection.suppression.foreign = settings().inline_ignore.value && settings().honour_foreign_allow.value;
  return detection;
}

ScanOptions Session::scan_options(const std::string& command) const {
  ScanOptions options;
  options.command = command;
  options.jobs = static_cast<unsigned>(settings().jobs.value);
  options.archives = archive_limits(settings());
  if (!settings().ignore_paths.empty()) {
    options.excluded = [this](std::string_view path) { return find_ignore_path(settings(), path) != nullptr; };
  }
  return options;
}

Status Session::finish(Report& report) const {
  report.rules_digest = digest_of(active_);
  report.notes.insert(report.notes.begin(), config_.notes.begin(), config_.notes.end());
  HFSCAN_TRY(suppress(report));
  finish_report(report, settings().fail_on.value);
  return {};
}

Status Session::suppress(Report& report) const {
  report.complete = report.diagnostics.empty();
  apply_configured_ignores(settings(), report);
  const std::string ignore_file = root_.folder + "/.hfscanignore";
  if (options_.ignore_file && !root_.folder.empty() && path_exists(ignore_file)) {
    HFSCAN_TRY_ASSIGN(const std::string text, read_file(ignore_file, kMaxIgnoreFileSize, Symlinks::refuse));
    HFSCAN_TRY_ASSIGN(const IgnoreList list, parse_ignore_file(text, ".hfscanignore"));
    apply_ignores(list, report, root_.unused);
  }
  if (!root_.folder.empty() && path_exists(root_.folder + "/.gitleaksignore")) {
    report.notes.emplace_back(
        ".gitleaksignore is not used: its entries name places, and a new secret in such a place would be hidden");
  }
  return apply_baseline_file(report);
}

Status Session::apply_baseline_file(Report& report) const {
  const std::string& path = settings().baseline.value;
  if (path.empty() || !options_.use_baseline) return {};
  HFSCAN_TRY_ASSIGN(std::string text, read_file(path, kMaxGitleaksReportSize));
  if (looks_like_gitleaks_report(text)) {
    HFSCAN_TRY_ASSIGN(GitleaksBaseline foreign, parse_gitleaks_report(std::move(text), path));
    foreign.name = file_name(path);
    apply_gitleaks_baseline(foreign, report);
    return {};
  }
  HFSCAN_TRY_ASSIGN(Baseline baseline, parse_baseline(text, path));
  baseline.name = file_name(path);
  apply_baseline(baseline, report);
  return {};
}

ExitCode Session::deliver(Report& report) const {
  if (options_.exit_zero && report.exit_code == ExitCode::findings) report.exit_code = ExitCode::clean;
  if (options_.findings_exit_code && report.exit_code == ExitCode::findings) {
    report.exit_code = static_cast<ExitCode>(*options_.findings_exit_code);
  }
  const Status written = write_reports(report, options_, settings());
  return written.ok() ? report.exit_code : report_error(written.error());
}

}  // namespace hfscan
