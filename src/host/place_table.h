// Where the files of a host are: the table, and the variables in it. Internal to the inventory.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "host/places.h"

namespace hfscan {

// `pattern` begins with "~/" (the home), "/" or a variable: "$HF_HOME/token". A '*' stays within its component.
struct PlacePattern {
  HostPlaceKind kind;
  std::string_view pattern;
};
std::span<const PlacePattern> place_patterns();

// The absolute path for a pattern; empty when its variable has neither a value nor a default.
std::string resolve_pattern(const HostView& host, std::string_view pattern);

// A file of a user's folders that is looked for by name: "hf_token.txt", ".env", "deploy.token".
[[nodiscard]] bool is_secret_file_name(std::string_view name);
// setup.sh, README.md, train.py, train.ipynb ...
[[nodiscard]] bool is_script_name(std::string_view name);

// As people write it: "~/.netrc".
std::string shown_path(const HostView& host, std::string_view path);

}  // namespace hfscan
