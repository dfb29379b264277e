// The lines of a text as its language joins them: a backslash at a line's end goes on in shell text, Dockerfiles and Makefiles.
#pragma once

#include <functional>

#include "hygiene/file_view.h"

namespace hfscan {

// Calls `visit` with every logical line of the piece; spans of the line lead into the piece through its map. Lines longer than
// 64 KiB are given in parts that overlap by 4 KiB.
void for_each_logical_line(const Piece& piece, const std::function<void(const MappedText& line)>& visit);

}  // namespace hfscan
