#include "detect/excerpt.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/utf.h"
#include "detect/grammar.h"

namespace hfscan {
namespace {

constexpr std::size_t kReachInLine = 60;  // bytes shown before and after the hit in a long line
constexpr std::string_view kCut = kCutMark;

// Appends text for display: tabs become spaces, other control and ill-formed bytes are escaped.
void append_plain(std::string& line, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t tab = std::min(text.find('\t', i), text.size());
    line += escape_for_display(text.substr(i, tab - i));
    if (tab < text.size()) line += "    ";
    i = tab + 1;
  }
}

struct ShownLine {
  std::string text;
  std::size_t mark_begin = 0;
  std::size_t mark_end = 0;
};

// Puts a line together, piece by piece; the pieces that `hit` reaches into get the mark.
class LineWriter {
 public:
  LineWriter(std::string_view text, std::uint64_t begin, ByteSpan hit) : text_(text), at_(begin), hit_(hit) {}

  [[nodiscard]] std::uint64_t at() const { return at_; }

  // As it stands, up to an offset, cut where the hit begins and ends.
  void plain_until(std::uint64_t end) {
    for (const std::uint64_t cut : {hit_.begin, hit_.end, end}) {
      if (cut <= at_ || cut > end) continue;
      std::string shown;
      append_plain(shown, without_bodies(text_, {at_, cut}));
      add(shown, cut);
    }
  }

  // `shown` stands for the text up to `end`.
  void add(std::string_view shown, std::uint64_t end) {
    const bool marked = at_ < hit_.end && end > hit_.begin;
    if (marked && line_.mark_end == 0) line_.mark_begin = line_.text.size();
    line_.text += shown;
    if (marked) line_.mark_end = line_.text.size();
    at_ = end;
  }

  [[nodiscard]] ShownLine take() { return std::move(line_); }

 private:
  std::string_view text_;
  std::uint64_t at_;
  ByteSpan hit_;
  ShownLine line_;
};

// The bytes of `range` of the layer's text with all masks applied.
ShownLine show(std::string_view text, ByteSpan range, ByteSpan hit, const std::vector<MaskedSpan>& masks) {
  LineWriter line(text, range.begin, hit);
  for (auto next = first_mask(masks, range.begin); next != masks.end() && next->span.begin < range.end; ++next) {
    const MaskedSpan& mask = *next;
    if (mask.span.end <= line.at()) continue;
    line.plain_until(mask.span.begin);
    const bool began_before = mask.span.begin < range.begin;  // on the line before
    line.add(began_before ? std::string(kCut) : mask.mask, std::min(mask.span.end, range.end));
  }
  line.plain_until(range.end);
  return line.take();
}

// Start of a character at or before `offset`, so that a cut never splits one.
std::size_t character_start(std::string_view text, std::size_t offset, std::size_t floor) {
  while (offset > floor && offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U) --offset;
  return offset;
}

// What stands at the end of a text that goes on unread may be the beginning of a credential that nobody has recognised.
ByteSpan without_cut_end(const TextLayer& layer, ByteSpan range, ByteSpan hit) {
  constexpr std::uint64_t kLongestShape = 256;  // but for web tokens, which their prefix gives away
  if (!layer.ends_early() || range.end + kLongestShape <= layer.text().size()) return range;
  return {range.begin, std::clamp(hit.end, range.begin, range.end)};
}

// The part of a line to show: all of it, or the surroundings of the hit.
ByteSpan shown_range(std::string_view text, ByteSpan line, ByteSpan hit) {
  if (line.size() <= 2 * kReachInLine + std::min(hit.size(), line.size())) return line;
  const std::uint64_t begin = std::max(line.begin, hit.begin - std::min<std::uint64_t>(hit.begin, kReachInLine));
  const std::uint64_t end = std::min(line.end, std::min(hit.end, line.end) + kReachInLine);
  const auto floor = static_cast<std::size_t>(line.begin);
  return {character_start(text, static_cast<std::size_t>(begin), floor),
          character_start(text, static_cast<std::size_t>(end), floor)};
}

ByteSpan trimmed_line(const TextLayer& layer, std::size_t offset) {
  const std::size_t begin = layer.line_begin(offset);
  std::size_t end = layer.line_end(offset);
  if (end > begin && layer.text()[end - 1] == '\r') --end;
  return {begin, end};
}

// One line as shown, cut to the surroundings of `focus`; the mark is set when `hit` stands in it.
ShownLine shown_line(const TextLayer& layer, ByteSpan line, ByteSpan focus, ByteSpan hit,
                     const std::vector<MaskedSpan>& masks) {
  const ByteSpan range = without_cut_end(layer, shown_range(layer.text(), line, focus), focus);
  ShownLine shown = show(layer.text(), range, hit, masks);
  if (range.begin > line.begin) {
    shown.text.insert(0, kCut);
    shown.mark_begin += kCut.size();
    shown.mark_end += kCut.size();
  }
  if (range.end < line.end) shown.text += kCut;
  return shown;
}

// A line beside the hit's: its beginning is what identifies it.
std::string neighbour_line(const TextLayer& layer, std::size_t offset, const std::vector<MaskedSpan>& masks) {
  const ByteSpan line = trimmed_line(layer, offset);
  // A window may begin inside a token, which then nobody has recognised.
  if (line.begin == 0 && layer.begins_inside_line()) return std::string(kCut);
  return shown_line(layer, line, {line.begin, line.begin}, ByteSpan{}, masks).text;
}

}  // namespace

Excerpt make_excerpt(const TextLayer& layer, ByteSpan hit, std::uint64_t line_number, const std::vector<MaskedSpan>& masks) {
  Excerpt excerpt;
  const auto hit_begin = static_cast<std::size_t>(hit.begin);
  if (is_binary_around(layer.text(), hit_begin, static_cast<std::size_t>(hit.end))) return excerpt;
  const ByteSpan line = trimmed_line(layer, hit_begin);
  const std::size_t next = layer.line_end(hit_begin) + 1;
  excerpt.first_line = line_number;
  if (line.begin > 0) {
    excerpt.first_line = line_number - 1;
    excerpt.lines.push_back(neighbour_line(layer, static_cast<std::size_t>(line.begin) - 1, masks));
  }
  ShownLine shown = shown_line(layer, line, hit, hit, masks);
  excerpt.hit_line = excerpt.lines.size();
  excerpt.mark_begin = shown.mark_begin;
  excerpt.mark_end = shown.mark_end;
  excerpt.lines.push_back(std::move(shown.text));
  if (next < layer.text().size()) excerpt.lines.push_back(neighbour_line(layer, next, masks));
  return excerpt;
}

}  // namespace hfscan
