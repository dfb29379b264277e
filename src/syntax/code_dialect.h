// What tells the bracketed languages apart for the lexer, as one table, and the byte classes it steps by.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "syntax/language.h"

namespace hfscan {

struct CodeDialect {
  bool hash_comments = false;
  bool slash_comments = false;       // and /* */
  bool tripled_quotes = false;       // ''' and """
  bool python_prefixes = false;      // r"..." f"..." b"..."
  bool templates = false;            // `...${}...`
  bool regexes = false;              // /.../, also Groovy's slashy strings
  bool double_quote_fields = false;  // "...${}..."
  bool dollar_names = false;         // "...$name.field...": Groovy
  bool heredocs = false;             // <<EOT: HCL
  bool dollar_in_names = false;
  bool hash_in_names = false;  // JavaScript's #private
  bool dash_in_names = false;
  bool single_quotes_raw = false;  // TOML
};

constexpr CodeDialect dialect_of(Language language) {
  CodeDialect dialect;
  switch (language) {
    case Language::python: dialect.hash_comments = dialect.tripled_quotes = dialect.python_prefixes = true; break;
    case Language::javascript:
      dialect.slash_comments = dialect.templates = dialect.regexes = true;
      dialect.dollar_in_names = dialect.hash_in_names = true;
      break;
    case Language::json: dialect.slash_comments = true; break;
    case Language::hcl:
      dialect.hash_comments = dialect.slash_comments = dialect.heredocs = true;
      dialect.double_quote_fields = dialect.dash_in_names = true;
      break;
    case Language::groovy:
      dialect.slash_comments = dialect.tripled_quotes = dialect.regexes = dialect.double_quote_fields = true;
      dialect.dollar_names = dialect.dollar_in_names = true;
      break;
    case Language::toml:
      dialect.hash_comments = dialect.tripled_quotes = dialect.dash_in_names = dialect.single_quotes_raw = true;
      break;
    default: break;
  }
  return dialect;
}

enum CodeByte : std::uint8_t {
  kNameStartByte = 1,  // letters, _ and every byte above 0x7F
  kDigitByte = 2,
  kBlankByte = 4,      // not line ends; control characters too
  kLineEndByte = 8,    // CR and LF
  kOperatorByte = 16,  // may take part in an operator of several characters
  kNameByte = kNameStartByte | kDigitByte,
};

namespace code_byte_detail {
constexpr std::array<std::uint8_t, 256> make_table() {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < 256; ++c) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    std::uint8_t classes = 0;
    if (letter || c == '_' || c >= 0x80) classes = kNameStartByte;
    if (c >= '0' && c <= '9') classes = kDigitByte;
    if (c <= ' ' || c == 0x7F) classes = kBlankByte;
    if (c == '\r' || c == '\n') classes = kLineEndByte;
    if (std::string_view("=!<>+-*/%&|^~?:.@").find(static_cast<char>(c)) != std::string_view::npos) classes = kOperatorByte;
    table[c] = classes;
  }
  return table;
}
inline constexpr std::array<std::uint8_t, 256> kTable = make_table();
}  // namespace code_byte_detail

constexpr bool is_code_byte(char c, std::uint8_t classes) {
  return (code_byte_detail::kTable[static_cast<unsigned char>(c)] & classes) != 0;
}

}  // namespace hfscan
