// Bytes that are written one by one as numbers: {0x68, 0x66, 0x5f}, [104, 102, 95], 68:66:5f, String.fromCharCode(104,102,95),
// dumps of xxd, hexdump -C and od with their offsets and their column of characters, and characters one by one: ['h', 'f',
// '_'].
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace hfscan {

enum class ListNotation { hex, octal, decimal, characters };

struct ListByte {
  char byte;
  std::size_t begin;  // of the number in the text
  std::size_t end;
};

class ByteListReader {
 public:
  // `position`: at the first number, without `0x` or quote.
  ByteListReader(std::string_view text, std::size_t position, ListNotation notation)
      : text_(text), position_(position), notation_(notation) {}

  // Nothing when no number follows.
  std::optional<ListByte> next();

 private:
  [[nodiscard]] std::optional<ListByte> number_at(std::size_t position) const;
  [[nodiscard]] std::size_t skip_notation(std::size_t position) const;
  [[nodiscard]] std::size_t skip_separators(std::size_t position) const;
  [[nodiscard]] std::size_t skip_to_next_line(std::size_t position) const;

  std::string_view text_;
  std::size_t position_;
  ListNotation notation_;
  bool started_ = false;
};

}  // namespace hfscan
