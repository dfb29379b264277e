// One value on its way into Settings: from TOML, from an environment variable or from a flag, all by the same road, so that the
// three cannot disagree about what a key accepts.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/toml.h"
#include "config/keys.h"

namespace hfscan {

// Where values come from, as far as assigning them needs to know.
struct ValueSource {
  Origin origin;               // its line is filled in per value
  std::string folder;          // where relative file names start: empty (as they are) or ending in '/'
  std::string pattern_folder;  // where path patterns start, see IgnorePath
};

// "file:3:9: message" for a file, "HFSCAN_JOBS: message" and "--jobs: message" for the others.
Error value_error(const ValueSource& source, const TomlNode& at, std::string_view message);

// The text of an environment variable (a list is split at commas) or of a flag (a list item) as the TOML value that a file
// would hold. Errors name the source and what was expected, never the text.
Result<TomlNode> value_from_text(const ConfigKey& key, std::string_view text, const ValueSource& source);

// Checks the type and the range and stores the value: a scalar is replaced, a list gets longer. One string is accepted as a
// list of one.
Status assign_value(Settings& settings, const ConfigKey& key, const TomlNode& value, const ValueSource& source);

// The strings of a list key's value; one string counts as a list of one.
Result<std::vector<const TomlNode*>> string_items(const ConfigKey& key, const TomlNode& value, const ValueSource& source);

}  // namespace hfscan
