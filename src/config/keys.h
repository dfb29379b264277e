// The one table of configuration keys: what each is called, what it means, who may set it. Loading, `config show`, the JSON
// Schema and docs/config.md are all functions of it, so a new key is one new row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/settings.h"

namespace hfscan {

enum class KeyType {
  boolean,
  integer,
  choice,     // one of `choices`
  path,       // one file
  paths,      // a list of files
  selectors,  // a list of rules: codes, code prefixes, names, '-' in front removes
  patterns,   // a list of path patterns as in .gitignore
  findings,   // a list of tables: fingerprint, reason
  days,       // "90d"
  periods,    // a table: read, write, fineGrained; each one days
  places,     // a list of tables: match, paths, allow_roles, max_age, prefer
};

// What a repository's own .hfscan.toml may do with a key. It comes with the files that are scanned, so it is not believed: it
// may make a scan stricter, add to it, and leave findings out in ways that the report names and counts.
enum class RepositoryMay {
  not_set,
  set,         // the default is the laxest value, or `repository_values` says which ones are not laxer
  set_inside,  // paths: to files inside the repository
  add,         // patterns and findings: counted in the report; selectors: only '-' and never a token rule; places: as they are,
               // since each one only makes the policy stricter
  tighten,     // periods: shorter ones than the default; days before a warning: more than the default
};

using SettingsMember =
    std::variant<Setting<bool> Settings::*, Setting<std::int64_t> Settings::*, Setting<Severity> Settings::*,
                 Setting<Profile> Settings::*, Setting<ColorMode> Settings::*, Setting<std::string> Settings::*,
                 std::vector<Setting<std::string>> Settings::*, std::vector<IgnorePath> Settings::*,
                 std::vector<IgnoreFinding> Settings::*, Setting<Days> Settings::*, Setting<RotationPeriods> Settings::*,
                 std::vector<ConfiguredPlace> Settings::*>;

struct ConfigKey {
  std::string name;  // "section.key", as written in TOML
  KeyType type;
  SettingsMember member;
  RepositoryMay repository;
  std::string environment;  // empty: none
  std::string flag;         // empty: none
  std::string help;         // one sentence
  std::vector<std::string> choices = {};
  std::vector<std::string> repository_values = {};  // the choices that a repository may set; empty: all
  std::int64_t maximum = 0;                         // of an integer and of days; the minimum is 0, in a table of periods 1
};

// In the order in which people see them.
const std::vector<ConfigKey>& config_keys();

// Null when there is no such key.
const ConfigKey* find_config_key(std::string_view name);

[[nodiscard]] bool is_list(const ConfigKey& key);

// "true or false", "one of default, strict", ...: what a value must be, for messages and documentation.
std::string expected_value(const ConfigKey& key);

// One value as `config show` and the schema write it. A list has one per item; an empty list has none.
struct ShownValue {
  std::string text;  // in TOML's spelling
  Origin origin;
};
std::vector<ShownValue> shown_values(const ConfigKey& key, const Settings& settings);

// A TOML string; control characters and token shapes never survive into it.
std::string toml_string(std::string_view text);

}  // namespace hfscan
