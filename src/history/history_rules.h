// The rules about what became of a secret: removed and still in the history, or used for too long. They look at findings that
// other rules made, when all places of a secret are known.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/finding.h"

namespace hfscan {

// Days. No standard names a number; these are the usual periods for credentials that can write, and for those that cannot.
constexpr int kMostDaysInUse = 90;
constexpr int kMostDaysOfReadToken = 365;

[[nodiscard]] bool is_history_matcher(std::string_view matcher);

// The findings of those of `rules` that have such a matcher, about `findings` with stories. `now` in seconds since
// 1970-01-01T00:00:00Z.
std::vector<Finding> run_history_rules(std::span<const Rule* const> rules, std::span<const Finding> findings, std::int64_t now);

}  // namespace hfscan
