// What the strings of source text say, and source text without what its strings say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "syntax/code.h"
#include "syntax/offset_map.h"

namespace hfscan {

// The value of a string token, escapes undone; the way back leads into tree.text. Fields ({...}, ${...}), doubled braces of
// f-strings, HCL's $${ and the indentation of <<- here-documents stay as written.
MappedText decoded(const CodeTree& tree, std::uint32_t string_token);

// The value of tokens that are nothing but string literals: one, several side by side, several joined by `+`, in parentheses or
// not. Nothing when anything else is among them, or no string at all. Fields of strings stay as written (see has_fields).
std::optional<MappedText> string_value(const CodeTree& tree, TokenRange range);

// The bytes of the span with what is no code turned to blanks, of the same length, so that offsets hold: the insides of
// strings, but not the fields of f-strings, templates and GStrings (with their braces), and comments. Quotes, prefixes and line
// ends stay. A span that begins inside a string is taken as if it began with it. Linear in the span and in the string it begins
// in.
std::string code_view(const CodeTree& tree, ByteSpan span);

}  // namespace hfscan
