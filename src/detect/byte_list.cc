// Tested by tests/unit/detect/byte_list_test.cc.
#include "detect/byte_list.h"

#include <algorithm>
#include <array>

#include "detect/byte_classes.h"

namespace hfscan {
namespace {

using std::string_view;

constexpr std::size_t kLongestSeparator = 40;
constexpr std::size_t kLongestColumn = 120;  // of characters or a comment at the end of a line

bool is_blank(char c) { return c == ' ' || c == '\t'; }
char at(string_view text, std::size_t position) { return position < text.size() ? text[position] : '\0'; }

unsigned hex_digit(char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : (c | ' ') - 'a' + 10); }

struct Blanks {
  std::size_t end;
  bool only;  // nothing but blanks, at least two: in a dump, what follows may be the column of characters
};

Blanks skip_marks(string_view text, std::size_t position) {
  constexpr string_view kMarks = " \t,;:-'\"()[]{}+.&";
  std::size_t end = position;
  bool blanks = true;
  while (end < text.size() && end < position + kLongestSeparator && kMarks.find(text[end]) != string_view::npos)
    blanks = is_blank(text[end++]) && blanks;
  return {end, blanks && end >= position + 2};
}

// `00000010:`, `00000010  `, `0000020 `: where a line of a dump begins. `position` when there is no offset.
std::size_t skip_offset(string_view text, std::size_t position) {
  constexpr std::size_t kShortest = 4;
  constexpr std::size_t kLongest = 16;
  const std::size_t digits = run_length(text, position, kHexClass, kLongest);
  const std::size_t end = position + digits;
  if (digits >= kShortest && at(text, end) == ':') return end + 1;
  // Four digits and a blank may be two bytes, as xxd groups them, unless more blanks follow.
  const bool wide = is_blank(at(text, end)) && (digits > kShortest || is_blank(at(text, end + 1)));
  return digits >= kShortest && wide ? end : position;
}

}  // namespace

std::size_t ByteListReader::skip_notation(std::size_t position) const {
  static constexpr std::array<string_view, 18> kNotations = {".chr",  "chr(",      "Chr(", "CHR(", "char(", "CHAR(",
                                                             "\\u00", "\\U000000", "\\x",  "0x",   "0X",    "0o",
                                                             "&#x",   "&#X",       "%",    "\\0",  "\\",    "#"};
  constexpr string_view kFirst = ".cC\\0&%#";
  if (notation_ == ListNotation::characters || kFirst.find(at(text_, position)) == string_view::npos) return position;
  constexpr int kMostWords = 3;  // .chr + chr(0x68
  for (int word = 0; word < kMostWords; ++word) {
    const auto* const found = std::find_if(kNotations.begin(), kNotations.end(),
                                           [&](string_view notation) { return starts_with_at(text_, position, notation); });
    if (found == kNotations.end()) break;
    position += found->size();
    if (*found == ".chr") position = skip_marks(text_, position).end;
  }
  return position;
}

std::optional<ListByte> ByteListReader::number_at(std::size_t position) const {
  if (notation_ == ListNotation::characters) {
    const char c = at(text_, position);
    const bool alone = !in_class(at(text_, position + 1), kAlnumClass) && at(text_, position + 1) != '_';
    if (!alone || !in_class(c, kBase64UrlClass)) return std::nullopt;
    return ListByte{c, position, position + 1};
  }
  if (notation_ == ListNotation::hex) {
    if (run_length(text_, position, kHexClass, 2) != 2) return std::nullopt;
    const unsigned value = hex_digit(text_[position]) * 16 + hex_digit(text_[position + 1]);
    return ListByte{static_cast<char>(value), position, position + 2};
  }
  const bool octal = notation_ == ListNotation::octal;
  unsigned value = 0;
  std::size_t end = position;
  for (; end < position + 4 && at(text_, end) >= '0' && at(text_, end) <= (octal ? '7' : '9'); ++end)
    value = value * (octal ? 8 : 10) + static_cast<unsigned>(text_[end] - '0');
  const bool whole = end > position && !in_class(at(text_, end), kAlnumClass);
  if (!whole || value > 255) return std::nullopt;
  return ListByte{static_cast<char>(value), position, end};
}

// Past the rest of a line of a dump and the offset of the next.
std::size_t ByteListReader::skip_to_next_line(std::size_t position) const {
  const std::size_t end = text_.substr(0, position + kLongestColumn).find('\n', position);
  if (end == string_view::npos) return position;
  std::size_t next = end + 1;
  while (is_blank(at(text_, next)) && next < end + kLongestSeparator) ++next;
  next = skip_offset(text_, next);
  return skip_marks(text_, next).end;
}

// Past what stands between two numbers, and past the column of characters when the line's numbers end here.
std::size_t ByteListReader::skip_separators(std::size_t position) const {
  const auto [end, only_blanks] = skip_marks(text_, position);
  const char c = at(text_, end);
  const bool comment = c == '#' || starts_with_at(text_, end, "//") || starts_with_at(text_, end, "/*");
  if (c == '\r' || c == '\n' || (comment && !number_at(skip_notation(end)))) return skip_to_next_line(end);
  if (!only_blanks || notation_ == ListNotation::characters) return end;
  // Two blanks stand in the middle of a line of hexdump -C, whose column is in bars; elsewhere the column follows.
  const string_view line = text_.substr(end, std::min(text_.find('\n', end), end + kLongestColumn) - end);
  if (skip_notation(end) != end) return end;
  const std::optional<ListByte> number = number_at(end);
  if (number && is_blank(at(text_, number->end)) && line.find('|') != string_view::npos) return end;
  return skip_to_next_line(end);
}

std::optional<ListByte> ByteListReader::next() {
  if (started_) {
    const std::size_t next = skip_separators(position_);
    const bool glued = next == position_ && (notation_ != ListNotation::hex || at(text_, next) == '\0');
    const std::size_t number = skip_notation(next);
    if (glued && number == next) return std::nullopt;
    position_ = number;
  }
  started_ = true;
  const std::optional<ListByte> byte = number_at(position_);
  if (byte) position_ = byte->end;
  return byte;
}

}  // namespace hfscan
