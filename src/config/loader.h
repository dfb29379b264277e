// From flags, environment and files to Settings, in layers: flags beat the environment, that beats a file named by --config or
// HFSCAN_CONFIG, that beats the user's file, that beats the repository's files, those beat the defaults. Among the repository's
// files the nearest to the scanned path wins. Scalars are replaced, lists add up.
//
// Separate from the command line: everything comes in through LoadInputs, so all of it can be tested with a temporary folder.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "config/trust.h"

namespace hfscan {

inline constexpr const char* kRepositoryConfigName = ".hfscan.toml";

// One flag that sets a key. `text` as typed, for a switch "true" or "false"; a list has one FlagValue per item.
struct FlagValue {
  std::string key;   // "scan.jobs"
  std::string flag;  // "--jobs", as errors and `config show` name it
  std::string text;
};

enum class ConfigDiscovery {
  on,
  off,  // --no-config: neither the user's nor the repository's file, nor HFSCAN_CONFIG
};

struct LoadInputs {
  std::map<std::string, std::string> environment;
  std::string home;  // empty: unknown
  std::string
      repository_root;  // the repository's, or outside of one the scanned, folder; empty: no repository file is looked for
  std::string scanned_folder;  // relative to repository_root, empty for the root itself
  std::string config_file;     // --config
  ConfigDiscovery discovery = ConfigDiscovery::on;
  std::vector<FlagValue> flags;
  std::vector<RuleName> known_rules;  // the built-in rules
};

struct LoadedConfig {
  Settings settings;
  std::vector<std::string> files;  // that were read, as shown to people, lowest precedence first
  std::vector<std::string> notes;  // for the report: what repository files took away or added, variables that mean nothing
};

// Any error means that nothing may be scanned (exit 2). No message holds a credential. Reads files only.
Result<LoadedConfig> load_config(const LoadInputs& inputs);

}  // namespace hfscan
