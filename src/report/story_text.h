// The story of a secret in short lines: since when, by whom, whether it is still there, what leads to it, whether others have
// it. Separate from the block around it, so that each wording can be tested alone.
#pragma once

#include <string>

#include "report/notes.h"
#include "report/options.h"
#include "report/secret_block.h"

namespace hfscan {

// Adds only the lines that apply, and none for a block without a story. Names that the repository chose are printable, cut, and
// without token shapes.
void add_story(NoteWriter& notes, const SecretBlock& block, const ReportOptions& options);

// One sentence about where the secret stands, without names: "It is no longer in HEAD, but refs still lead to it."
std::string standing_sentence(const SecretStory& story);

}  // namespace hfscan
