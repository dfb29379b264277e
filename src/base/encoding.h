// Hexadecimal and base64 of byte strings (RFC 4648). Used for ids, for paths that are not UTF-8, and to undo the dress of a
// token.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hfscan {

std::string hex_encode(std::string_view bytes);  // lower case

// Nothing when a character is no hexadecimal digit or the length is odd.
std::optional<std::string> hex_decode(std::string_view hex);

std::string base64_encode(std::string_view bytes);  // standard alphabet, padded

// Lenient, as a scanner must be: both alphabets (+/ and -_), padding optional and ending the text, a lone last character
// dropped. Stops at the first character of neither alphabet.
std::string base64_decode_lenient(std::string_view text);

// The value 0..63 of a character of either alphabet, or -1.
int base64_value(char c);

}  // namespace hfscan
