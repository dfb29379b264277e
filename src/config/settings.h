// Every configurable value of a run, with its default and with where it came from.
//
// Plain data, so that the rest of the program needs neither files nor environment to be configured: config/loader fills it,
// config/keys names its members, tests write it by hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "core/rotation.h"
#include "core/rule.h"

namespace hfscan {

// In the order of rising precedence. A named file is the one of --config or HFSCAN_CONFIG.
enum class OriginKind { built_in, repository_file, user_file, named_file, environment, flag };

struct Origin {
  OriginKind kind = OriginKind::built_in;
  std::string name;        // file as shown to people, environment variable, or flag; empty for a default
  std::uint64_t line = 0;  // files only
};

// "default", ".hfscan.toml:7", "HFSCAN_JOBS", "--jobs".
std::string to_string(const Origin& origin);

template <typename T>
struct Setting {
  T value{};
  Origin origin;
};

enum class Profile { standard, strict };  // "default" and "strict"; the first is a keyword of C++
const char* to_string(Profile profile);
std::optional<Profile> profile_from(std::string_view name);

enum class ColorMode { automatic, always, never };  // "auto", "always", "never"
const char* to_string(ColorMode mode);
std::optional<ColorMode> color_mode_from(std::string_view name);

// Files that are not scanned (each one is counted as skipped). `folder` is where the pattern starts: the folder of the config
// file, relative to the repository's root, empty or ending in '/'.
struct IgnorePath {
  std::string pattern;
  std::string folder;
  Origin origin;
};

// A finding that is kept, counted and not active.
struct IgnoreFinding {
  Sha256Digest fingerprint{};
  std::string reason;  // never empty
  Origin origin;
};

// Days, as the configuration writes them: "90d".
struct Days {
  int count = 0;

  bool operator==(const Days&) const = default;
};

// What holds for tokens that are used at a place.
struct ConfiguredPlace {
  RotationPlace place;
  Origin origin;
};

// Lists are in the order of rising precedence; of two selectors that name a rule the later one decides. Paths can be opened as
// they are: those from a file are already joined with the file's folder.
struct Settings {
  std::vector<Setting<std::string>> rules_select;  // "HF1", "HF1001", "hf-token-in-url", each also with '-' in front
  std::vector<Setting<std::string>> rules_files;
  Setting<Profile> profile{Profile::standard, {}};
  Setting<bool> paranoid{false, {}};

  std::vector<IgnorePath> ignore_paths;
  std::vector<IgnoreFinding> ignore_findings;
  Setting<bool> inline_ignore{true, {}};
  Setting<bool> honour_foreign_allow{true, {}};  // gitleaks:allow, pragma: allowlist secret
  Setting<std::string> baseline;                 // empty: none

  Setting<bool> include_ignored{false, {}};  // also scan what git ignores
  Setting<std::int64_t> jobs{0, {}};         // 0: one per processor core

  Setting<std::int64_t> archive_depth{8, {}};             // 0: nothing is unpacked
  Setting<std::int64_t> archive_max_megabytes{4096, {}};  // MiB, of one file; 0: no limit

  Setting<bool> history_cache{true, {}};  // whether a history scan keeps for the next one what it need not read again
  Setting<std::string> cache_folder;      // where; empty: the user's own cache folder

  Setting<RotationPeriods> rotation_max_age;
  Setting<Days> rotation_warn_before{{RotationPolicy().warn_before}, {}};
  std::vector<ConfiguredPlace> rotation_places;  // all hold

  Setting<Severity> fail_on{Severity::warning, {}};
  Setting<std::string> report_format{"text", {}};
  std::vector<Setting<std::string>> report_paths;  // beside standard output; the format follows from the extension
  Setting<ColorMode> color{ColorMode::automatic, {}};
};

// For those who judge the age and the role of tokens.
RotationPolicy rotation_policy(const Settings& settings);

// The last entry that excludes `path` (relative to the repository's root), or null.
const IgnorePath* find_ignore_path(const Settings& settings, std::string_view path);

}  // namespace hfscan
