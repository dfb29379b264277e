// Tested by tests/unit/syntax/shell_test.cc.
#include "syntax/ansi_c_quote.h"

#include <algorithm>

#include "base/utf.h"

namespace hfscan {
namespace {

constexpr std::string_view kLetters = "abeEfnrtv\\'\"?";
constexpr std::string_view kMeanings = "\a\b\033\033\f\n\r\t\v\\'\"?";

int digit_value(char c, unsigned base) {
  const int value = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
  return value < static_cast<int>(base) ? value : -1;
}

struct Number {
  char32_t value = 0;
  std::size_t digits = 0;
};

Number read_number(std::string_view text, unsigned base, std::size_t longest) {
  Number number;
  while (number.digits < std::min(longest, text.size()) && digit_value(text[number.digits], base) >= 0)
    number.value = number.value * base + static_cast<char32_t>(digit_value(text[number.digits++], base));
  return number;
}

AnsiCEscape byte_escape(const Number& number, std::size_t prefix) {
  return {std::string(1, static_cast<char>(number.value & 0xFFU)), prefix + number.digits};
}

AnsiCEscape character_escape(const Number& number, std::size_t prefix) {
  AnsiCEscape escape{"", prefix + number.digits};
  append_utf8(escape.bytes, number.value);
  return escape;
}

}  // namespace

AnsiCEscape decode_ansi_c_escape(std::string_view text) {
  if (text.size() < 2) return {std::string(text), text.size()};
  const char kind = text[1];
  const std::size_t letter = kLetters.find(kind);
  if (letter != std::string_view::npos) return {std::string(1, kMeanings[letter]), 2};
  if (digit_value(kind, 8) >= 0) return byte_escape(read_number(text.substr(1), 8, 3), 1);
  const std::string_view rest = text.substr(2);
  if (kind == 'c' && !rest.empty()) return {std::string(1, static_cast<char>(rest[0] & 0x1F)), 3};
  const Number number = read_number(rest, 16, kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0);
  if (number.digits == 0) return {std::string(text.substr(0, 2)), 2};
  return kind == 'x' ? byte_escape(number, 2) : character_escape(number, 2);
}

}  // namespace hfscan
