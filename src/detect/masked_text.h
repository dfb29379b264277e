// Text without its secrets, for everything that shows some: excerpts of findings, and diffs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/location.h"

namespace hfscan {

// Stands for what is not shown.
constexpr std::string_view kCutMark = "…";

// A span of a text that must not be shown, and what stands for it.
struct MaskedSpan {
  ByteSpan span;
  std::string mask;
};

// The first of `masks`, sorted, that may reach beyond `offset`.
std::vector<MaskedSpan>::const_iterator first_mask(const std::vector<MaskedSpan>& masks, std::uint64_t offset);

// text[range], cut after whatever has a credential's prefix: what looks like one and was not verified (a wrong length, say) is
// nobody's business either.
std::string without_bodies(std::string_view text, ByteSpan range);

// text[range] with every span of `masks`, sorted, replaced by its mask, and without bodies. Where a mask began before the range
// there is a cut mark. All other bytes stay as they are.
std::string masked_text(std::string_view text, ByteSpan range, const std::vector<MaskedSpan>& masks);

}  // namespace hfscan
