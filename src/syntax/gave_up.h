// Where and why a reader of src/syntax stopped before the end of its input. Separate because every reader has it; what was read
// before that place stands.
#pragma once

#include <cstdint>
#include <string>

namespace hfscan {

struct GaveUp {
  std::uint64_t offset;  // in bytes from the start of the input
  std::string reason;    // "did not find expected ',' or ']'"; never text of the input
};

}  // namespace hfscan
