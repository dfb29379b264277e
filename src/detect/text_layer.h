// A window of a blob as text: the bridge between byte offsets of the blob and the lines and columns that people read.
//
// For UTF-8 and binary data the text is the bytes themselves; UTF-16 and UTF-32 are transcoded, and every offset can be taken
// back.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/location.h"
#include "detect/derived_text.h"

namespace hfscan {

// What lies before a window: enough to number its lines and columns without the bytes.
struct WindowStart {
  std::uint64_t offset = 0;              // of the window in the blob; a multiple of 4
  std::uint64_t line = 1;                // number of the line in which the window begins
  std::uint64_t line_offset = 0;         // where that line begins in the blob
  std::uint64_t utf16_units_before = 0;  // UTF-16 code units of that line before the window, without a byte order mark
  std::uint64_t text_counted = 0;        // bytes of the window's text that end a character counted there
};

// Whether the bytes of a window are followed by others that are not at hand: the next window, or what could not be read.
enum class WindowEnd { complete, cut };

class TextLayer {
 public:
  // `raw` must outlive the layer.
  TextLayer(std::string_view raw, TextEncoding encoding, WindowStart start, WindowEnd end = WindowEnd::complete);

  [[nodiscard]] std::string_view text() const { return transcoded_ ? std::string_view(transcoded_->bytes) : raw_; }
  [[nodiscard]] std::string_view raw() const { return raw_; }
  [[nodiscard]] bool is_transcoded() const { return transcoded_.has_value(); }
  // Whether the line that text() begins with has a beginning of its own before the window.
  [[nodiscard]] bool begins_inside_line() const { return start_.offset != start_.line_offset; }
  [[nodiscard]] bool ends_early() const { return end_ == WindowEnd::cut; }
  // "plain" or the name of the encoding.
  [[nodiscard]] const char* encoding_name() const { return transcoded_ ? transcoded_->encoding.c_str() : "plain"; }

  // Between offsets in text() and offsets in raw().
  [[nodiscard]] ByteSpan to_raw(ByteSpan text_span) const;
  [[nodiscard]] ByteSpan from_raw(ByteSpan raw_span) const;

  // Lines and columns of a span of text(); its byte offsets in the whole blob.
  [[nodiscard]] TextRange range_of(ByteSpan text_span) const;
  [[nodiscard]] ByteSpan blob_span_of(ByteSpan text_span) const;

  // Bounds of the line around an offset of text(), without its line feed.
  [[nodiscard]] std::size_t line_begin(std::size_t offset) const;
  [[nodiscard]] std::size_t line_end(std::size_t offset) const;

  // The start of a window that begins `consumed` bytes of raw() further on; a multiple of 4.
  [[nodiscard]] WindowStart start_after(std::size_t consumed) const;

 private:
  struct Position {
    LineColumn at;
    std::uint64_t utf16_column = 1;
  };
  // Where a character of text() begins in raw(); the end of raw() for the end of text().
  [[nodiscard]] std::size_t raw_offset_of(std::size_t text_offset) const;
  // UTF-16 code units between two offsets of one line of text().
  [[nodiscard]] std::uint64_t units_between(std::size_t begin, std::size_t end) const;
  [[nodiscard]] Position position_of(std::size_t text_offset, std::size_t raw_offset) const;

  // Remembers the last line and the last position that were asked for: questions come in ascending order, and answering each
  // from the start of the window would make a file of many hits, or one very long line, cost the square of its size.
  struct Cursor {
    std::size_t offset = 0;
    std::uint64_t lines = 0;        // line feeds before `offset`
    std::size_t line_begin = 0;     // of the line that holds `offset`
    std::uint64_t utf16_units = 0;  // of that line before `offset`
  };
  const Cursor& cursor_at(std::size_t text_offset) const;

  std::string_view raw_;
  WindowStart start_;
  WindowEnd end_;
  std::optional<DerivedText> transcoded_;
  mutable Cursor cursor_;
  mutable ByteSpan line_{1, 0};  // the last line found by line_begin or line_end; empty at first
};

}  // namespace hfscan
