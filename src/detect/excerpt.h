// The few masked lines that a report shows around a hit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/finding.h"
#include "detect/text_layer.h"

namespace hfscan {

// A span of layer.text() that must not be shown, and what stands for it.
struct MaskedSpan {
  ByteSpan span;
  std::string mask;
};

// The line of `hit`, whose number is `line_number`, and its neighbours. Every span of `masks` (sorted; `hit` is among
// them when it is a secret) is replaced by its mask, and whatever else has a credential's prefix is cut after it. Long lines
// are cut to the surroundings of the hit. No lines for binary data.
Excerpt make_excerpt(const TextLayer& layer, ByteSpan hit, std::uint64_t line_number, const std::vector<MaskedSpan>& masks);

}  // namespace hfscan
