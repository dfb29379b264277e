// What people see of the configuration: `hfscan config show`, `hfscan config check`, `hfscan config schema`, and the reference
// page docs/config.md. All of them are functions of the key table.
#pragma once

#include <string>

#include "config/loader.h"

namespace hfscan {

// Every key, its value and where the value comes from, one line each; a list has one line per item. Valid TOML spelling, no
// credential and no control character.
std::string show_config(const LoadedConfig& config);

// The answer when loading went well: which files were read, and the notes. (When it did not, the error is the answer.)
std::string check_config(const LoadedConfig& config);

// JSON Schema (draft 2020-12) of a config file, for editors.
std::string config_schema();

// docs/config.md.
std::string config_reference();

}  // namespace hfscan
