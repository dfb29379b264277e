// What a rule must pass before it may run: every pattern compiles and is cheap enough, and its examples hold in the real
// detector.
#pragma once

#include <vector>

#include "base/result.h"
#include "core/rule.h"
#include "detect/hit_finder.h"

namespace hfscan {

// Patterns only; quick enough for every start with a user's rule file.
Status check_patterns(const Rule& rule);

// At least one bad and one good example; each bad one gives a finding of this rule, no good one does. `rules` are all rules
// that run together with it, itself included, because a rule of higher precedence may take a finding over;
// `structure` finds the hits of those that the detector does not decide itself.
Status check_examples(const Rule& rule, const std::vector<const Rule*>& rules, const HitFinder* structure = nullptr);

}  // namespace hfscan
