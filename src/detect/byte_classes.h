// Byte classes of the credential grammar. Bytes of 0x80 and above are in none of them: next to a CJK letter or to invalid UTF-8
// a token ends.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace hfscan {

enum ByteClass : std::uint8_t {
  kAlnumClass = 1,      // A-Z a-z 0-9
  kBase64Class = 2,     // both alphabets: A-Z a-z 0-9 + / - _
  kBase64UrlClass = 4,  // A-Z a-z 0-9 - _
  kHexClass = 8,        // 0-9 A-F a-f
  kSpaceClass = 16,     // space, TAB, CR, LF
  kLetterClass = 32,    // A-Z a-z
  kEscapedClass = 64,   // letters, digits and what escapes of them are made of
};

namespace byte_class_detail {
constexpr std::array<std::uint8_t, 256> make_table() {
  std::array<std::uint8_t, 256> table{};
  for (unsigned c = 0; c < 128; ++c) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool lower = c >= 'a' && c <= 'z';
    const bool digit = c >= '0' && c <= '9';
    unsigned classes = 0;
    if (upper || lower) classes |= kLetterClass;
    if (upper || lower || digit) classes |= kAlnumClass | kBase64Class | kBase64UrlClass;
    if (c == '-' || c == '_') classes |= kBase64Class | kBase64UrlClass;
    if (c == '+' || c == '/') classes |= kBase64Class;
    if (digit || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f')) classes |= kHexClass;
    if (upper || lower || digit || std::string_view("\\%&#;{}[=+_.-").find(static_cast<char>(c)) != std::string_view::npos)
      classes |= kEscapedClass;
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') classes |= kSpaceClass;
    table[c] = static_cast<std::uint8_t>(classes);
  }
  return table;
}
inline constexpr std::array<std::uint8_t, 256> kTable = make_table();
}  // namespace byte_class_detail

constexpr bool in_class(char c, ByteClass wanted) {
  return (byte_class_detail::kTable[static_cast<unsigned char>(c)] & wanted) != 0;
}

// Length of the run of bytes of the class that begins at `position` (which may be at or past the end), at most `limit`.
constexpr std::size_t run_length(std::string_view text, std::size_t position, ByteClass wanted, std::size_t limit) {
  std::size_t length = 0;
  while (length < limit && position + length < text.size() && in_class(text[position + length], wanted)) ++length;
  return length;
}

constexpr bool starts_with_at(std::string_view text, std::size_t position, std::string_view prefix) {
  return position <= text.size() && text.substr(position, prefix.size()) == prefix;
}

}  // namespace hfscan
