// Text with its escapes undone: beside a credential, so that one context pattern serves source code, JSON, notebooks, URLs and
// HTML; and around a credential whose own characters are escaped, with the way back to the bytes as they are stored.
#pragma once

#include <string>
#include <string_view>

#include "detect/derived_text.h"

namespace hfscan {

// Undoes backslash escapes, %XX, \uXXXX of ASCII, the common HTML entities and quoted-printable =XX of punctuation; also ANSI
// colour sequences are dropped. One level only; what is no escape stays as it is.
std::string undo_escapes(std::string_view text);

// text[begin, end) with every escape undone, one level of it; characters beyond ASCII become UTF-8.
DerivedText undress(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace hfscan
