// What a rule must pass before it may run: every pattern compiles, is small enough and quick enough, and its examples hold in
// the real detector.
#pragma once

#include <vector>

#include "base/result.h"
#include "core/rule.h"
#include "detect/hit_finder.h"

namespace hfscan {

// Patterns only; quick enough for every start with a user's rule file.
Status check_patterns(const Rule& rule);

// Every expression reads at least so many bytes of text in a second of processor time.
constexpr double kLeastBytesPerSecond = 20e6;

// Measures each expression on texts made to cost it most: near misses of the rule's examples, and random text of their
// characters, which keeps an automaton from settling. Takes some ten milliseconds an expression: for `rules check`, not for
// every start. The rule must have passed check_patterns.
Status check_cost(const Rule& rule);

// At least one bad and one good example; each bad one gives a finding of this rule, no good one does. `rules` are all rules
// that run together with it, itself included, because a rule of higher precedence may take a finding over;
// `structure` finds the hits of those that the detector does not decide itself.
Status check_examples(const Rule& rule, const std::vector<const Rule*>& rules, const HitFinder* structure = nullptr);

}  // namespace hfscan
