// The canonical form of a rule: every field that matters, length-prefixed, in a fixed order. The build embeds the built-in
// rules in this form, so that no TOML is parsed at start, and its SHA-256 is the rule's digest.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "core/rule.h"

namespace hfscan {

// Without `digest` and `origin`.
std::string serialise(const Rule& rule);

// Takes one record off the front of `records` and sets the digest. An error means a damaged record.
Result<Rule> take_rule(std::string_view& records);

}  // namespace hfscan
