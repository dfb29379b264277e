// A run of base64 or hexadecimal characters as text wraps it: over lines, with indentation, comment and quote prefixes, as the
// pieces of a string literal, and with + and / escaped (\/, \u002b, %2B, &#43;).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detect/byte_classes.h"
#include "detect/derived_text.h"

namespace hfscan {

struct RunCharacter {
  char character;
  std::size_t begin;  // in the text
  std::size_t end;
};

// Reads the characters of a run one by one.
class RunReader {
 public:
  RunReader(std::string_view text, std::size_t position, ByteClass alphabet)
      : text_(text), position_(position), alphabet_(alphabet) {}

  // Nothing at the end of the run.
  std::optional<RunCharacter> next() {
    if (position_ < text_.size() && in_class(text_[position_], alphabet_)) {
      const std::size_t begin = position_++;
      return RunCharacter{text_[begin], begin, position_};
    }
    return next_after_break();
  }

 private:
  std::optional<RunCharacter> next_after_break();

  std::string_view text_;
  std::size_t position_;
  ByteClass alphabet_;
};

// The run around an anchor, at most kRunBefore bytes before and kRunAfter bytes after it.
class EncodedRun {
 public:
  static constexpr std::size_t kRunBefore = 256;                    // context for the rules; an anchor knows its alignment
  static constexpr std::size_t kRunAfter = std::size_t{24} << 10U;  // a JSON Web Token may be long

  EncodedRun() = default;
  // Nothing before `floor` belongs to the run.
  EncodedRun(std::string_view text, std::size_t floor, std::size_t anchor, ByteClass alphabet);

  [[nodiscard]] std::size_t size() const { return characters_.size(); }
  // Before this no later run can begin: where the run ends, or where it is cut.
  [[nodiscard]] std::size_t floor_after() const;

  // The index of the run's character that begins at `offset`, if one does and so much of the run follows it that whatever
  // begins there is whole. For ascending offsets: each question goes on from the last.
  std::optional<std::size_t> index_of(std::size_t offset);

  // One past the last of the characters that follow `index` without a break. For ascending indices, as above.
  std::size_t line_end(std::size_t index);

  // Characters [first, last).
  struct Part {
    std::size_t first;
    std::size_t last;
  };
  // Decodes the part; each byte remembers those that hold its bits. 6 bits: base64, 4: hexadecimal.
  [[nodiscard]] DerivedText decode(Part part, unsigned bits) const;

 private:
  void append(std::string_view characters, std::size_t offset);
  void clear();

  std::string characters_;
  std::vector<std::uint32_t> begins_;
  std::vector<std::uint32_t> ends_;
  bool cut_ = false;  // the text goes on behind kRunAfter
  std::size_t cursor_ = 0;
  Part line_{0, 0};  // the last that was asked for
};

}  // namespace hfscan
