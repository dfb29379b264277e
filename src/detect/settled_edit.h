// An edit as a rule gives it becomes one that can be applied and reported: with line ends as its file has them, the place as
// lines and columns, and the hash of the file by which a later change is noticed.
//
// Separate because edits of the scanned file and edits of another one (.gitignore) must not differ in this.
#pragma once

#include "core/finding.h"
#include "detect/text_layer.h"

namespace hfscan {

// `edit` in offsets of layer.text(); the result is in offsets of the blob. Line ends in its text become those of the line it
// begins in. `file` is the hash of the whole blob. Nothing for a blob that is not stored as UTF-8: its bytes are not those of
// the edit.
std::optional<Edit> settled_edit(Edit edit, const TextLayer& layer, const std::optional<Sha256Digest>& file);

// The same for the whole content of a file that is at hand; nothing stands for a file that is to be made.
std::optional<Edit> settled_edit(Edit edit, const std::optional<std::string>& content);

}  // namespace hfscan
