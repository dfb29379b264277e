// Where the bytes of a piece of text came from: text that was taken out of other text (a script inside YAML, a cell inside a
// notebook, a fenced block inside Markdown) is read on its own, and what is found in it is reported in the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/location.h"

namespace hfscan {

// Immutable once built; cheap where the text was copied in long pieces.
class OffsetMap {
 public:
  // The next `length` bytes of the piece are the bytes of the parent from `parent_begin` on, unchanged.
  void add_copied(std::size_t length, std::uint64_t parent_begin);
  // The next `length` bytes of the piece stand for the parent's bytes [parent.begin, parent.end) as a whole: an escape.
  void add_spelled(std::size_t length, ByteSpan parent);

  // The piece goes on with another piece of the same parent.
  void append(const OffsetMap& other);
  // Of the piece from `begin` on.
  [[nodiscard]] OffsetMap tail(std::size_t begin) const;

  // Bytes of the piece that have been added.
  [[nodiscard]] std::size_t size() const { return size_; }

  // A span of the piece as a span of the parent: from the first byte that takes part in spelling it to the last. An empty span
  // gives the empty span where it stands. Offsets beyond size() are taken as size().
  [[nodiscard]] ByteSpan to_parent(ByteSpan span) const;

  // The map from this piece's piece straight to this piece's parent.
  [[nodiscard]] OffsetMap through(const OffsetMap& parent) const;

 private:
  struct Run {
    std::size_t begin = 0;  // in the piece
    std::size_t length = 0;
    ByteSpan parent = {};
    bool copied = false;
  };
  [[nodiscard]] const Run& run_at(std::size_t offset) const;

  std::vector<Run> runs_;
  std::size_t size_ = 0;
};

// A text with the way back to the one it was taken from.
struct MappedText {
  std::string text;
  OffsetMap map;

  void append_copied(std::string_view bytes, std::uint64_t parent_begin) {
    text.append(bytes);
    map.add_copied(bytes.size(), parent_begin);
  }
  void append_spelled(std::string_view bytes, ByteSpan parent) {
    text.append(bytes);
    map.add_spelled(bytes.size(), parent);
  }
  void append(const MappedText& other) {
    text.append(other.text);
    map.append(other.map);
  }
  [[nodiscard]] MappedText tail(std::size_t begin) const { return {text.substr(begin), map.tail(begin)}; }
};

}  // namespace hfscan
