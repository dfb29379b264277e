// The text beside a credential with escapes undone, so that one context pattern serves source code, JSON, notebooks, URLs and
// HTML.
#pragma once

#include <string>
#include <string_view>

namespace hfscan {

// Undoes backslash escapes, %XX, \uXXXX of ASCII, the common HTML entities and quoted-printable =XX of punctuation; also ANSI
// colour sequences are dropped. One level only; what is no escape stays as it is.
std::string undo_escapes(std::string_view text);

}  // namespace hfscan
