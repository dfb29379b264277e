// Applies a delta of a pack (gitformat-pack(5), "Deltified representation"): copies out of a base and inserted bytes. Separate
// because it is where a hostile pack would read or write beside its buffers; every size and offset is checked.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/delta_object.h"

namespace hfscan {

struct DeltaHeader {
  std::uint64_t base_size = 0;
  std::uint64_t result_size = 0;
  std::string_view instructions;
};

// The two sizes before the instructions; the caller looks at them before it takes memory for the result. Error: "delta is
// damaged".
Result<DeltaHeader> read_delta_header(std::string_view delta);

// Fills `result`, whose size is delta.result_size, from a base of any size. Errors: "delta does not fit its base", "delta is
// damaged"; `result` then holds anything.
Status apply_delta(const DeltaHeader& delta, std::string_view base, std::span<char> result);

// The same, and fills `runs` with what was copied (of a result of at most kMostMarkedBytes).
Status apply_delta(const DeltaHeader& delta, std::string_view base, std::span<char> result, std::vector<CopiedRun>& runs);

}  // namespace hfscan
