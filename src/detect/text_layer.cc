#include "detect/text_layer.h"

#include <algorithm>

#include "base/utf.h"

namespace hfscan {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::uint64_t count_lines(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

// For text that need not be well formed: every byte that is not a continuation is a character, four-byte leads count twice.
std::uint64_t fast_utf16_length(std::string_view text) {
  std::uint64_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0U) != 0x80U ? 1U : 0U;
    units += byte >= 0xF0U ? 1U : 0U;
  }
  return units;
}

}  // namespace

TextLayer::TextLayer(std::string_view raw, TextEncoding encoding, WindowStart start) : raw_(raw), start_(start) {
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
  cursor_.utf16_units += utf16_length(text().substr(cursor_.offset, text_offset - cursor_.offset));
  cursor_.offset = text_offset;
  return cursor_;
}

TextLayer::Position TextLayer::position_of(std::size_t text_offset, std::size_t raw_offset) const {
  const Cursor& cursor = cursor_at(text_offset);
  const std::size_t begin = cursor.line_begin;
  const bool first_line = begin == 0;
  const std::size_t raw_begin = transcoded_ && begin < text().size() ? transcoded_->begins[begin] : begin;
  const std::uint64_t line_offset = first_line ? start_.line_offset : start_.offset + raw_begin;
  // SARIF 2.1.0, 3.30.5: a byte order mark is not part of the text and has no column.
  const bool marked =
      start_.offset == 0 && first_line && text_offset >= kByteOrderMark.size() && text().starts_with(kByteOrderMark);
  const std::uint64_t units = cursor.utf16_units + (first_line ? start_.utf16_units_before : 0) - (marked ? 1 : 0);
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
  const std::size_t raw_begin = transcoded_ && begin < text().size() ? transcoded_->begins[begin] : begin;
  WindowStart next;
  next.offset = start_.offset + consumed;
  next.line = start_.line + count_lines(text().substr(0, text_offset));
  next.line_offset = same_line ? start_.line_offset : start_.offset + raw_begin;
  next.utf16_units_before =
      (same_line ? start_.utf16_units_before : 0) + fast_utf16_length(text().substr(begin, text_offset - begin));
  return next;
}

}  // namespace hfscan
