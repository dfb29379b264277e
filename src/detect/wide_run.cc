// Tested by tests/unit/detect/decoder_test.cc.
#include "detect/wide_run.h"

namespace hfscan {

using std::string_view;

WideUnits wide_units_at(std::string_view text, std::size_t position) {
  const std::size_t width = text[position + 2] == 'f' ? 2 : 4;
  constexpr std::size_t kTokenUnits = 37;
  const auto zeros = [&](std::size_t from) {
    return from + width - 1 <= text.size() && text.substr(from, width - 1) == string_view("\0\0\0", width - 1);
  };
  const bool little = zeros(position + (kTokenUnits - 1) * width + 1);
  const bool big = position >= width - 1 && zeros(position + 1 - width);
  if (little != big) return {width, big};
  return {width, position % width == width - 1};
}

DerivedText decode_wide(std::string_view text, std::size_t position, WideUnits units) {
  constexpr std::size_t kUnitsBefore = 512;
  constexpr std::size_t kUnitsAfter = 8192;
  const auto [width, big] = units;
  const std::size_t lead = big ? width - 1 : 0;  // zero bytes of a unit before its significant byte
  const auto significant = [&, w = width](std::size_t at) {
    if (at < lead || at - lead + w > text.size() || text[at] == '\0') return false;
    for (std::size_t i = at - lead; i < at - lead + w; ++i) {
      if (i != at && text[i] != '\0') return false;
    }
    return true;
  };
  std::size_t first = position;
  for (std::size_t n = 0; n < kUnitsBefore && first >= width && significant(first - width); ++n) first -= width;
  DerivedText derived;
  derived.encoding = width == 2 ? (big ? "utf-16be" : "utf-16le") : (big ? "utf-32be" : "utf-32le");
  for (std::size_t at = first; at < position + kUnitsAfter * width && significant(at); at += width) {
    derived.append(text[at], at - lead, at - lead + width);
  }
  return derived;
}

}  // namespace hfscan
