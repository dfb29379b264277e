#include "detect/text_layer.h"

#include <algorithm>

#include "base/utf.h"

namespace hfscan {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::uint64_t count_lines(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

// Where the character that stands over `offset` ends; `offset` itself when one begins there.
std::size_t character_end(std::string_view text, std::size_t offset) {
  constexpr std::size_t kLongest = 4;
  for (std::size_t back = 1; back < kLongest && back <= offset && offset < text.size(); ++back) {
    if ((static_cast<unsigned char>(text[offset - back]) & 0xC0U) == 0x80U) continue;
    const DecodedCharacter character = decode_utf8(text, offset - back);
    return std::max(offset, offset - back + character.length);
  }
  return offset;
}

}  // namespace

TextLayer::TextLayer(std::string_view raw, TextEncoding encoding, WindowStart start, WindowEnd end)
    : raw_(raw), start_(start), end_(end) {
  if (encoding != TextEncoding::bytes) transcoded_ = transcode(raw, encoding);
}

ByteSpan TextLayer::to_raw(ByteSpan text_span) const { return transcoded_ ? transcoded_->to_parent(text_span) : text_span; }

ByteSpan TextLayer::from_raw(ByteSpan raw_span) const {
  if (!transcoded_) return raw_span;
  const auto index_of = [this](std::uint64_t raw_offset) {
    const auto& begins = transcoded_->begins;
    const auto found = std::upper_bound(begins.begin(), begins.end(), raw_offset);
    return static_cast<std::uint64_t>(std::max<std::ptrdiff_t>(0, found - begins.begin() - 1));
  };
  const std::uint64_t begin = index_of(raw_span.begin);
  return {begin, std::max(begin + 1, index_of(raw_span.end - 1) + 1)};
}

std::size_t TextLayer::line_begin(std::size_t offset) const {
  if (line_.begin <= offset && offset <= line_.end) return static_cast<std::size_t>(line_.begin);
  const std::size_t before = offset == 0 ? std::string_view::npos : text().rfind('\n', offset - 1);
  line_ = {before == std::string_view::npos ? 0 : before + 1, std::min(text().find('\n', offset), text().size())};
  return static_cast<std::size_t>(line_.begin);
}

std::size_t TextLayer::line_end(std::size_t offset) const {
  static_cast<void>(line_begin(offset));
  return static_cast<std::size_t>(line_.end);
}

const TextLayer::Cursor& TextLayer::cursor_at(std::size_t text_offset) const {
  if (text_offset < cursor_.offset) cursor_ = Cursor{};
  const std::size_t begin = line_begin(text_offset);
  if (begin > cursor_.offset) {
    cursor_.lines += count_lines(text().substr(cursor_.offset, begin - cursor_.offset));
    cursor_ = {begin, cursor_.lines, begin, 0};
  }
  cursor_.utf16_units += units_between(cursor_.offset, text_offset);
  cursor_.offset = text_offset;
  return cursor_;
}

std::size_t TextLayer::raw_offset_of(std::size_t text_offset) const {
  if (!transcoded_) return text_offset;
  return text_offset < text().size() ? transcoded_->begins[text_offset] : raw_.size();
}

// SARIF 2.1.0, 3.30.5: a byte order mark is not part of the text and has no column.
std::uint64_t TextLayer::units_between(std::size_t begin, std::size_t end) const {
  const bool marked = start_.offset == 0 && text().starts_with(kByteOrderMark);
  begin = std::max(begin, marked ? kByteOrderMark.size() : static_cast<std::size_t>(start_.text_counted));
  return begin < end ? utf16_length(text().substr(begin, end - begin)) : 0;
}

TextLayer::Position TextLayer::position_of(std::size_t text_offset, std::size_t raw_offset) const {
  const Cursor& cursor = cursor_at(text_offset);
  const bool first_line = cursor.line_begin == 0;
  const std::uint64_t line_offset = first_line ? start_.line_offset : start_.offset + raw_offset_of(cursor.line_begin);
  const std::uint64_t units = cursor.utf16_units + (first_line ? start_.utf16_units_before : 0);
  return {{start_.line + cursor.lines, start_.offset + raw_offset - line_offset + 1}, units + 1};
}

TextRange TextLayer::range_of(ByteSpan text_span) const {
  const ByteSpan raw = to_raw(text_span);
  const Position start = position_of(static_cast<std::size_t>(text_span.begin), static_cast<std::size_t>(raw.begin));
  const Position end = position_of(static_cast<std::size_t>(text_span.end), static_cast<std::size_t>(raw.end));
  return {start.at, end.at, start.utf16_column, end.utf16_column};
}

ByteSpan TextLayer::blob_span_of(ByteSpan text_span) const {
  const ByteSpan raw = to_raw(text_span);
  return {start_.offset + raw.begin, start_.offset + raw.end};
}

WindowStart TextLayer::start_after(std::size_t consumed) const {
  const std::size_t text_offset =
      transcoded_
          ? static_cast<std::size_t>(std::lower_bound(transcoded_->begins.begin(), transcoded_->begins.end(), consumed) -
                                     transcoded_->begins.begin())
          : consumed;
  const std::size_t begin = line_begin(text_offset);
  const bool same_line = begin == 0;
  // A character over the border counts to the left of it.
  const std::size_t counted = character_end(text(), text_offset);
  WindowStart next;
  next.offset = start_.offset + consumed;
  next.line = start_.line + count_lines(text().substr(0, text_offset));
  next.line_offset = same_line ? start_.line_offset : start_.offset + raw_offset_of(begin);
  next.utf16_units_before = (same_line ? start_.utf16_units_before : 0) + units_between(begin, counted);
  next.text_counted = counted - text_offset;
  // Half a surrogate pair at the start of the next window reads as one replacement character.
  constexpr std::size_t kReplacementSize = 3;
  if (transcoded_ && text_offset > 0 && transcoded_->ends[text_offset - 1] > consumed) next.text_counted = kReplacementSize;
  return next;
}

}  // namespace hfscan
