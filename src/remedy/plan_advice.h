// Whether a history is worth rewriting, said plainly, and what it would do. Separate from the steps: this is the opinion of the
// plan, the steps are what follows from a decision.
#pragma once

#include <string>
#include <vector>

#include "remedy/plan.h"

namespace hfscan {

// Fills in plan.advice and plan.recommended; nothing for an incident without commits.
void add_advice(Plan& plan, const Incident& incident, const PlanChoices& choices);

// "The secret is dead already ...": for the head of the plan.
std::vector<std::string> known_of_secrets(const Incident& incident, const SecretFates& fates);

// Where a secret is not spelled out, and what a rewrite makes of these places.
std::vector<std::string> spelling_notes(const Incident& incident);

}  // namespace hfscan
