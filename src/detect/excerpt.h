// The few masked lines that a report shows around a hit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/finding.h"
#include "detect/masked_text.h"
#include "detect/text_layer.h"

namespace hfscan {

// The line of `hit`, whose number is `line_number`, and its neighbours. Every span of `masks` (sorted; `hit` is among them when
// it is a secret) is replaced by its mask, and whatever else has a credential's prefix is cut after it. Long lines are cut to
// the surroundings of the hit. No lines for binary data.
Excerpt make_excerpt(const TextLayer& layer, ByteSpan hit, std::uint64_t line_number, const std::vector<MaskedSpan>& masks);

}  // namespace hfscan
