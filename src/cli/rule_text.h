// What a rule says of itself, for people: on a terminal (`rules explain`) and as Markdown (`rules docs`, which is
// docs/rules.md). One place, so that both say the same.
#pragma once

#include <string>
#include <vector>

#include "core/rule.h"

namespace hfscan {

// Examples are shown with their macros: an expanded one would be a token-shaped text.
std::string rule_as_text(const Rule& rule);

// A whole document: a table of contents by family, then a section per rule. `rules` in the order of their ids.
std::string rules_as_markdown(const std::vector<const Rule*>& rules);

}  // namespace hfscan
