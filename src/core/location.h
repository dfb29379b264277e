// Places in text. Bytes inside the program; UTF-16 code units only where SARIF wants them.
#pragma once

#include <compare>
#include <cstdint>

namespace hfscan {

// Half-open range of byte offsets from the start of a blob.
struct ByteSpan {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  [[nodiscard]] std::uint64_t size() const { return end - begin; }
  [[nodiscard]] bool contains(const ByteSpan& other) const { return begin <= other.begin && other.end <= end; }
  [[nodiscard]] bool overlaps(const ByteSpan& other) const { return begin < other.end && other.begin < end; }
  auto operator<=>(const ByteSpan&) const = default;
};

// Both 1-based. The column counts bytes of the blob as it is stored; lines end at LF, CR LF, or (SARIF 2.1.0, 3.30.2) a lone CR
// is not a line end here, as in git and in editors.
struct LineColumn {
  std::uint64_t line = 1;
  std::uint64_t column = 1;
  auto operator<=>(const LineColumn&) const = default;
};

// `end` is exclusive.
struct TextRange {
  LineColumn start;
  LineColumn end;
  // The same two columns in UTF-16 code units of the decoded line (SARIF 2.1.0, columnKind utf16CodeUnits).
  std::uint64_t utf16_start_column = 1;
  std::uint64_t utf16_end_column = 1;
  auto operator<=>(const TextRange&) const = default;
};

}  // namespace hfscan
