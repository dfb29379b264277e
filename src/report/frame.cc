#include "report/frame.h"

#include <algorithm>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kBarWidth = 3;    // " | "
constexpr std::size_t kCutWidth = 3;    // "..."
constexpr std::size_t kLeastText = 20;  // columns of text that even the narrowest terminal gets

// Which columns of the lines are in view, and which of them are marked.
struct Window {
  std::size_t left = 0;
  std::size_t width = 0;  // 0: everything
  std::size_t mark_begin = 0;
  std::size_t mark_end = 0;
};

Window window_of(const Excerpt& excerpt, const FrameStyle& style) {
  Window window;
  if (excerpt.hit_line >= excerpt.lines.size()) return window;
  const std::vector<Glyph> hit = glyphs_of(excerpt.lines[excerpt.hit_line]);
  window.mark_begin = column_of(hit, excerpt.mark_begin);
  window.mark_end = std::max(column_of(hit, excerpt.mark_end), window.mark_begin + 1);
  if (style.width == 0) return window;
  const std::size_t taken = style.margin + kBarWidth;
  window.width = std::max(style.width > taken ? style.width - taken : 0, kLeastText);
  if (window.mark_end + kCutWidth > window.width && total_width(hit) > window.width) {
    const std::size_t lead = window.width / 3;
    window.left = window.mark_begin > lead ? window.mark_begin - lead : 0;
  }
  return window;
}

std::string gutter(const FrameStyle& style, std::string_view number) {
  return style.paint(Ink::frame, cat(std::string(style.margin - std::min(style.margin, number.size()), ' '), number, " |"));
}

std::string mark_line(const Window& window, const FrameStyle& style) {
  const std::size_t limit = window.width == 0 ? window.mark_end : window.left + window.width;
  const std::size_t end = std::max(std::min(window.mark_end, limit), window.mark_begin + 1);
  const std::string marks(end - window.mark_begin, '^');
  return cat(gutter(style, ""), " ", std::string(window.mark_begin - window.left, ' '), style.paint(style.mark, marks), "\n");
}

}  // namespace

std::size_t frame_margin(const Excerpt& excerpt, std::uint64_t hit_line_number) {
  const std::uint64_t last = excerpt.first_line + excerpt.lines.size();
  const std::uint64_t largest = excerpt.lines.empty() ? hit_line_number : last - 1;
  return std::to_string(largest).size();
}

std::string render_frame(const Excerpt& excerpt, const FrameStyle& style) {
  if (excerpt.lines.empty()) return "";
  const Window window = window_of(excerpt, style);
  std::string out = cat(gutter(style, ""), "\n");
  for (std::size_t i = 0; i < excerpt.lines.size(); ++i) {
    const std::string text = clip(glyphs_of(excerpt.lines[i]), window.left, window.width);
    out += cat(gutter(style, std::to_string(excerpt.first_line + i)), text.empty() ? "" : " ", text, "\n");
    if (i == excerpt.hit_line) out += mark_line(window, style);
  }
  return out;
}

}  // namespace hfscan
