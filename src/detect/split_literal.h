// A body that source code cuts into pieces: "hf_abc" + "def", adjacent literals, a backslash or a soft `=` at the line end.
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
// found, at least one joint was crossed, and no letter or digit follows. Looks at most 240 bytes far.
std::optional<SplitLiteral> join_split_literal(std::string_view text, std::size_t position, std::size_t wanted);

}  // namespace hfscan
