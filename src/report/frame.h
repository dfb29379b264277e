// The code frame of the text report: some lines with their numbers, and a mark under the hit.
#pragma once

#include "core/finding.h"
#include "report/display.h"

namespace hfscan {

struct FrameStyle {
  Painter paint{false};
  Ink mark = Ink::error;
  std::size_t margin = 1;  // columns left of the bar, for line numbers
  std::size_t width = 0;   // of the terminal; 0: never cut
};

// Columns that the line numbers of the excerpt need.
std::size_t frame_margin(const Excerpt& excerpt, std::uint64_t hit_line_number);

// Ends with a line feed; empty when the excerpt has no lines. A line that is too wide is cut so that the hit stays in view.
std::string render_frame(const Excerpt& excerpt, const FrameStyle& style);

}  // namespace hfscan
