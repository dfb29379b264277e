// Takes texts of another language out of a file: one function per language that can hold others.
#pragma once

#include "hygiene/file_view.h"

namespace hfscan {

// Adds to `view` what stands in `piece`. Linear in the piece.
void take_apart(FileView& view, const Piece& piece);

// Whether a line of prose is one that people are meant to type: it begins with a prompt or with a program that rules know.
[[nodiscard]] bool starts_like_command(std::string_view line);

// Whether a text of this language is read by people and not by a program.
[[nodiscard]] bool is_documentation(Language language);

}  // namespace hfscan
