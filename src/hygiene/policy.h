// Where a hit stands changes what it means: documentation shows what not to do, and says so.
#pragma once

#include <string_view>

#include "detect/hit_finder.h"

namespace hfscan {

// Lowers hits to notes, and says why in the message, where
//  - the rule has note_in_documentation and the hit stands in documentation, or
//  - a marker of a bad example ("❌", "Bad", "Wrong", "Don't", "Never", "⚠") stands on one of the four lines before or after.
// A hit that holds a plausible token is never lowered: a token is leaked wherever it stands. The scanned repository writes
// these markers, so nothing is dropped.
void lower_shown_examples(std::string_view text, FileHits& found);

}  // namespace hfscan
