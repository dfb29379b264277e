// The examples of a rule through the real thing. A rule about one file needs only the detector (detect/rule_check.h); one that
// looks at a repository or at the host gets one, made of the example's files in a temporary folder.
#pragma once

#include <vector>

#include "base/result.h"
#include "core/rule.h"

namespace hfscan {

// As check_examples, for rules of every kind.
Status check_rule_examples(const Rule& rule, const std::vector<const Rule*>& rules);

}  // namespace hfscan
