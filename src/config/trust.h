// What a repository's own config file may say. It is written by whoever wrote the files that are being scanned, so every value
// in it passes through here first, and what it switches off is told to the reader of the report.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/toml.h"
#include "config/keys.h"
#include "config/values.h"

namespace hfscan {

// A rule as far as configuration needs to know it.
struct RuleName {
  std::string id;
  std::string name;
};

// An error for a value that only the user may give. `known_rules` are the built-in rules: a selector that names none of them is
// refused, because what it would switch off is not known yet.
Status check_trust(const ConfigKey& key, const TomlNode& value, const ValueSource& source,
                   const std::vector<RuleName>& known_rules);

// One sentence for each thing that repository files took away or added, in the words of a report:
// "2 rules are switched off by .hfscan.toml: HF6001, HF6002". Rules that the user named again are not counted.
std::vector<std::string> repository_notes(const Settings& settings, const std::vector<RuleName>& known_rules);

}  // namespace hfscan
