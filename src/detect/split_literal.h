// A body that is cut into pieces: "hf_abc" + "def", adjacent literals, a backslash or a soft `=` at the line end, tags,
// invisible characters.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hfscan {

struct SplitLiteral {
  std::string body;
  std::size_t end;  // one past the last piece
};

// Collects letters and digits from `position` across joints until `wanted` are there. Nothing unless exactly `wanted` were
// found, at least one joint was crossed, and no letter or digit follows. Looks at most 2 KB far.
std::optional<SplitLiteral> join_split_literal(std::string_view text, std::size_t position, std::size_t wanted);

// Whether a body that runs up to `position` may go on behind a joint there: for the anchors, so bounded by 80 bytes on either
// side.
bool may_be_split_at(std::string_view text, std::size_t position);

}  // namespace hfscan
