// The rules about what became of a secret: removed and still in the history, or used for too long. They look at findings that
// other rules made, when all places of a secret are known.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "core/rotation.h"

namespace hfscan {

[[nodiscard]] bool is_history_matcher(std::string_view matcher);

// What is too long for a token.
struct AgeLimits {
  std::int64_t now = 0;  // seconds since 1970-01-01T00:00:00Z
  RotationPolicy policy = {};
};

// The findings of those of `rules` that have such a matcher, about `findings` with stories.
std::vector<Finding> run_history_rules(std::span<const Rule* const> rules, std::span<const Finding> findings,
                                       const AgeLimits& limits);

}  // namespace hfscan
