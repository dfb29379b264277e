// Balanced brackets in source text, with strings and comments stepped over: enough to say in whose argument list a place
// stands.
#pragma once

#include <cstddef>
#include <string_view>

namespace hfscan {

enum class CommentStyle { hash, slashes, both };

// `open` is the offset of a '(', '[' or '{'. Returns the offset one past its closer, or text.size() when it is never closed.
// Linear, iterative, no allocation that grows beyond the nesting depth. Steps over strings in ", ' and ` (the first two end at
// the line end unless tripled), and over comments.
std::size_t balanced_end(std::string_view text, std::size_t open, CommentStyle comments);

}  // namespace hfscan
