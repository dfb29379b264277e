#include "config/keys.h"

#include <algorithm>

#include "base/mask.h"
#include "base/text.h"

namespace hfscan {
namespace {

// More threads than this help nobody and cost memory.
constexpr std::int64_t kMaxJobs = 1024;

// Archives in archives are walked with recursion; nobody nests them so deep but to harm.
constexpr std::int64_t kMaxArchiveDepth = 64;

constexpr std::int64_t kMaxArchiveMegabytes = std::int64_t{1} << 30U;  // 1 PiB, so that bytes never overflow

std::vector<ConfigKey> rules_keys() {
  return {
      {.name = "rules.select",
       .type = KeyType::selectors,
       .member = &Settings::rules_select,
       .repository = RepositoryMay::add,
       .environment = "HFSCAN_RULES",
       .flag = "--rules",
       .help = "Rules to run: codes (`HF1001`), code prefixes (`HF1`) or names; `-` in front switches off. Without a positive "
               "entry all rules of the profile run."},
      {.name = "rules.files",
       .type = KeyType::paths,
       .member = &Settings::rules_files,
       .repository = RepositoryMay::set_inside,
       .environment = "HFSCAN_RULES_FILES",
       .flag = "--rules-file",
       .help = "Files with further rules; the built-in rules stay on."},
      {.name = "rules.profile",
       .type = KeyType::choice,
       .member = &Settings::profile,
       .repository = RepositoryMay::set,
       .environment = "HFSCAN_PROFILE",
       .flag = "--profile",
       .help = "Which rules run when none is selected: `strict` adds the advisory ones.",
       .choices = {"default", "strict"}},
      {.name = "rules.paranoid",
       .type = KeyType::boolean,
       .member = &Settings::paranoid,
       .repository = RepositoryMay::set,
       .environment = "HFSCAN_PARANOID",
       .flag = "--paranoid",
       .help = "Show placeholders and identifiers that only look like tokens, as notes."},
  };
}

std::vector<ConfigKey> ignore_keys() {
  return {
      {.name = "ignore.paths",
       .type = KeyType::patterns,
       .member = &Settings::ignore_paths,
       .repository = RepositoryMay::add,
       .environment = "HFSCAN_IGNORE_PATHS",
       .flag = "--exclude",
       .help = "Files that are not scanned, as patterns of `.gitignore` without negation, relative to the folder of the "
               "repository's config file or else to its root; each file is counted as skipped."},
      {.name = "ignore.findings",
       .type = KeyType::findings,
       .member = &Settings::ignore_findings,
       .repository = RepositoryMay::add,
       .environment = "",
       .flag = "",
       .help = "Findings that are accepted, by fingerprint and with a reason; they are kept and counted."},
      {.name = "ignore.inline",
       .type = KeyType::boolean,
       .member = &Settings::inline_ignore,
       .repository = RepositoryMay::set,
       .environment = "HFSCAN_INLINE_IGNORE",
       .flag = "--no-inline-ignore",
       .help = "Obey allow comments in the scanned files."},
      {.name = "ignore.honour_foreign_allow",
       .type = KeyType::boolean,
       .member = &Settings::honour_foreign_allow,
       .repository = RepositoryMay::set,
       .environment = "HFSCAN_HONOUR_FOREIGN_ALLOW",
       .flag = "--no-foreign-allow",
       .help = "Obey the allow comments of other scanners too: `gitleaks:allow`, `pragma: allowlist secret`."},
      {.name = "ignore.baseline",
       .type = KeyType::path,
       .member = &Settings::baseline,
       .repository = RepositoryMay::set_inside,
       .environment = "HFSCAN_BASELINE",
       .flag = "--baseline-path",
       .help = "File of known findings, which are kept, counted and not active."},
  };
}

std::vector<ConfigKey> scan_and_report_keys() {
  return {
      {.name = "scan.include_ignored",
       .type = KeyType::boolean,
       .member = &Settings::include_ignored,
       .repository = RepositoryMay::set,
       .environment = "HFSCAN_INCLUDE_IGNORED",
       .flag = "--include-ignored",
       .help = "Also scan the files that git ignores."},
      {.name = "scan.jobs",
       .type = KeyType::integer,
       .member = &Settings::jobs,
       .repository = RepositoryMay::not_set,
       .environment = "HFSCAN_JOBS",
       .flag = "--jobs",
       .help = "Number of threads; 0 is one per processor core.",
       .maximum = kMaxJobs},
      {.name = "report.fail_on",
       .type = KeyType::choice,
       .member = &Settings::fail_on,
       .repository = RepositoryMay::set,
       .environment = "HFSCAN_FAIL_ON",
       .flag = "--fail-on",
       .help = "Lowest severity that gives exit code 1.",
       .choices = {"note", "warning", "error"},
       .repository_values = {"note", "warning"}},
      {.name = "report.format",
       .type = KeyType::choice,
       .member = &Settings::report_format,
       .repository = RepositoryMay::not_set,
       .environment = "HFSCAN_REPORT_FORMAT",
       .flag = "--report-format",
       .help = "Format of the report on standard output.",
       .choices = {"text", "json", "jsonl", "sarif"}},
      {.name = "report.path",
       .type = KeyType::paths,
       .member = &Settings::report_paths,
       .repository = RepositoryMay::not_set,
       .environment = "HFSCAN_REPORT_PATH",
       .flag = "--report-path",
       .help = "Files to write a report to; the format follows from the extension."},
      {.name = "report.color",
       .type = KeyType::choice,
       .member = &Settings::color,
       .repository = RepositoryMay::not_set,
       .environment = "HFSCAN_COLOR",
       .flag = "--color",
       .help = "Colours in the text report.",
       .choices = {"auto", "always", "never"}},
  };
}

// A token that nobody replaces in ten years is one without a policy.
constexpr std::int64_t kMaxDays = 3650;

std::vector<ConfigKey> rotation_keys() {
  return {
      {.name = "rotation.max_age",
       .type = KeyType::periods,
       .member = &Settings::rotation_max_age,
       .repository = RepositoryMay::tighten,
       .environment = "",
       .flag = "",
       .help =
           "How long a token of each role may be used before it is replaced. A token whose role is not known has the shorter "
           "period of `write` and `fineGrained`.",
       .maximum = kMaxDays},
      {.name = "rotation.warn_before",
       .type = KeyType::days,
       .member = &Settings::rotation_warn_before,
       .repository = RepositoryMay::tighten,
       .environment = "",
       .flag = "",
       .help = "How long before that a token counts as due; for `hfscan remediate inventory --net`.",
       .maximum = kMaxDays},
      {.name = "rotation.place",
       .type = KeyType::places,
       .member = &Settings::rotation_places,
       .repository = RepositoryMay::add,
       .environment = "",
       .flag = "",
       .help =
           "What holds where a token is used: `match` is `ci`, `local`, `production`, `training`, an environment of GitHub or "
           "a name of your own with `paths`, the files that belong to it; `allow_roles`, `max_age` (never longer than that of "
           "the role) and `prefer = \"trusted-publisher\"`.",
       .maximum = kMaxDays},
  };
}

std::vector<ConfigKey> archive_keys() {
  return {
      {.name = "archives.depth",
       .type = KeyType::integer,
       .member = &Settings::archive_depth,
       .repository = RepositoryMay::not_set,
       .environment = "HFSCAN_ARCHIVES_DEPTH",
       .flag = "--archive-depth",
       .help = "How deep archives in archives are unpacked; a compressed tar counts as two. 0 unpacks nothing; each archive is "
               "then "
               "counted as skipped.",
       .maximum = kMaxArchiveDepth},
      {.name = "archives.max_megabytes",
       .type = KeyType::integer,
       .member = &Settings::archive_max_megabytes,
       .repository = RepositoryMay::not_set,
       .environment = "HFSCAN_ARCHIVES_MAX_MEGABYTES",
       .flag = "--archive-max-megabytes",
       .help = "What one file may unpack to, in MiB; more makes the scan incomplete. 0 is no limit.",
       .maximum = kMaxArchiveMegabytes},
  };
}

std::vector<ConfigKey> history_keys() {
  return {
      {.name = "history.cache",
       .type = KeyType::boolean,
       .member = &Settings::history_cache,
       .repository = RepositoryMay::not_set,
       .environment = "HFSCAN_HISTORY_CACHE",
       .flag = "--no-cache",
       .help = "Keep for the next scan of a history what it need not read again: ids of objects without findings, and the "
               "report. Holds no secret."},
      {.name = "history.cache_dir",
       .type = KeyType::path,
       .member = &Settings::cache_folder,
       .repository = RepositoryMay::not_set,
       .environment = "HFSCAN_CACHE_DIR",
       .flag = "--cache-dir",
       .help = "Folder for that, never inside the scanned repository; by default `$XDG_CACHE_HOME/hfscan` or "
               "`~/.cache/hfscan`."},
  };
}

std::vector<ConfigKey> make_keys() {
  std::vector<ConfigKey> keys = rules_keys();
  for (const auto& group : {ignore_keys(), archive_keys(), scan_and_report_keys(), history_keys(), rotation_keys()})
    keys.insert(keys.end(), group.begin(), group.end());
  return keys;
}

// The spelling of one value of each type that a member can have.
std::string spell(bool value) { return value ? "true" : "false"; }
std::string spell(std::int64_t value) { return std::to_string(value); }
std::string spell(Severity value) { return toml_string(to_string(value)); }
std::string spell(Profile value) { return toml_string(to_string(value)); }
std::string spell(ColorMode value) { return toml_string(to_string(value)); }
std::string spell(const std::string& value) { return toml_string(value); }

std::string spell(Days value) { return toml_string(cat(std::to_string(value.count), "d")); }
std::string spell(const RotationPeriods& value) {
  return cat("{ read = ", spell(Days{value.read}), ", write = ", spell(Days{value.write}),
             ", fineGrained = ", spell(Days{value.fine_grained}), " }");
}

template <typename T>
void show_into(std::vector<ShownValue>& out, const Setting<T>& setting) {
  out.push_back({spell(setting.value), setting.origin});
}

void show_into(std::vector<ShownValue>& out, const IgnorePath& entry) {
  out.push_back({toml_string(entry.pattern), entry.origin});
}

void show_into(std::vector<ShownValue>& out, const IgnoreFinding& entry) {
  const std::string fingerprint = toml_string(to_hex(entry.fingerprint));
  out.push_back({cat("{ fingerprint = ", fingerprint, ", reason = ", toml_string(entry.reason), " }"), entry.origin});
}

std::string spell_list(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += cat(out.empty() ? "" : ", ", toml_string(word));
  return cat("[", out, "]");
}

void show_into(std::vector<ShownValue>& out, const ConfiguredPlace& entry) {
  const RotationPlace& place = entry.place;
  std::string text = cat("{ match = ", toml_string(place.match));
  if (!place.paths.empty()) text += cat(", paths = ", spell_list(place.paths));
  std::vector<std::string> roles;
  for (const TokenRole role : place.allow_roles) roles.emplace_back(to_string(role));
  if (!roles.empty()) text += cat(", allow_roles = ", spell_list(roles));
  if (place.max_age) text += cat(", max_age = ", spell(Days{*place.max_age}));
  if (place.prefer == Preference::trusted_publisher) text += ", prefer = \"trusted-publisher\"";
  out.push_back({text + " }", entry.origin});
}

template <typename T>
void show_into(std::vector<ShownValue>& out, const std::vector<T>& list) {
  for (const T& item : list) show_into(out, item);
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += cat(out.empty() ? "" : ", ", word);
  return out;
}

}  // namespace

const std::vector<ConfigKey>& config_keys() {
  static const std::vector<ConfigKey> keys = make_keys();
  return keys;
}

const ConfigKey* find_config_key(std::string_view name) {
  const auto& keys = config_keys();
  const auto found = std::find_if(keys.begin(), keys.end(), [name](const ConfigKey& key) { return key.name == name; });
  return found == keys.end() ? nullptr : &*found;
}

bool is_list(const ConfigKey& key) {
  return key.type == KeyType::paths || key.type == KeyType::selectors || key.type == KeyType::patterns ||
         key.type == KeyType::findings || key.type == KeyType::places;
}

std::string expected_value(const ConfigKey& key) {
  switch (key.type) {
    case KeyType::boolean: return "true or false";
    case KeyType::integer: return cat("a whole number from 0 to ", std::to_string(key.maximum));
    case KeyType::choice: return cat("one of ", joined(key.choices));
    case KeyType::path: return "a file name";
    case KeyType::paths: return "a list of file names";
    case KeyType::selectors: return "a list of rule codes or names";
    case KeyType::patterns: return "a list of path patterns";
    case KeyType::findings:
    case KeyType::places: return cat("a list of tables: [[", key.name, "]]");
    case KeyType::days: return cat("a number of days up to ", std::to_string(key.maximum), ", such as \"90d\"");
    case KeyType::periods: return R"(a table of days: { read = "365d", write = "90d", fineGrained = "90d" })";
  }
  return "";
}

std::vector<ShownValue> shown_values(const ConfigKey& key, const Settings& settings) {
  std::vector<ShownValue> values;
  std::visit([&](auto member) { show_into(values, settings.*member); }, key.member);
  return values;
}

std::string toml_string(std::string_view text) {
  std::string escaped;
  for (const char c : escape_for_display(mask_token_shapes(text))) {
    if (c == '"' || c == '\\') escaped.push_back('\\');
    escaped.push_back(c);
  }
  return cat("\"", escaped, "\"");
}

}  // namespace hfscan
