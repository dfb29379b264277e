// A string in UTF-16 or UTF-32 inside other bytes, as binary files have it. Whole texts in these encodings: derived_text.h.
#pragma once

#include <string_view>

#include "detect/derived_text.h"

namespace hfscan {

struct WideUnits {
  std::size_t width;  // 2 or 4 bytes
  bool big;
};

// Which of the zero bytes around the `h` at `position` belong to which unit. Both readings can be open; then the offset
// decides, as text is aligned.
WideUnits wide_units_at(std::string_view text, std::size_t position);

// The units of ASCII characters around `position`, at most 512 before and 8,192 after it.
DerivedText decode_wide(std::string_view text, std::size_t position, WideUnits units);

}  // namespace hfscan
