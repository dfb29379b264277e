// Every path at which a finding stands. In a history one finding has many places, and hiding it because of one of them would
// hide the others.
#pragma once

#include <algorithm>

#include "core/finding.h"

namespace hfscan {

// True when `matches` holds for the path of the finding and of each of its occurrences. What is said of an archive holds for
// its members.
template <typename Predicate>
[[nodiscard]] bool all_paths(const Finding& finding, Predicate matches) {
  const auto occurrence_matches = [&matches](const Occurrence& place) { return matches(place.path); };
  const bool in_archive = !finding.location.container.empty() && matches(finding.location.container);
  return (in_archive || matches(finding.location.path)) &&
         std::all_of(finding.occurrences.begin(), finding.occurrences.end(), occurrence_matches);
}

}  // namespace hfscan
