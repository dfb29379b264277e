// What somebody has to do about secrets that a history holds: the one place for these words, since they stand in blocks, at the
// end of the report and in SARIF, and change together.
#pragma once

#include <string>

#include "core/finding.h"

namespace hfscan {

// Whether the finding is a credential that somebody could use: no note, and nothing that only looks like one.
[[nodiscard]] bool is_to_revoke(const Finding& finding);

// "revoke it now at https://…, then: hfscan remediate plan": of one secret, the finding is_to_revoke().
std::string next_for_secret(const Finding& finding);

// The same for all secrets of the report; `finding` is the one to begin with.
std::string next_for_history(const Finding& finding, std::uint64_t secrets);

}  // namespace hfscan
