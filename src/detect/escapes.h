// The escapes of text formats, one reader for all of them: backslash escapes of programming languages and JSON, percent
// encoding, HTML entities and quoted-printable. The anchors, the text beside a credential and the undressing of text share it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hfscan {

enum class EscapeKind : std::uint8_t {
  none,              // a plain character
  backslash,         // \_ \" \n and {\_} of LaTeX
  hex,               // \x5f
  unicode,           // \u005f \u{5f} \U0000005f
  octal,             // \137
  percent,           // %5F %u005F
  html_entity,       // &#95; &#x5f; &lowbar;
  quoted_printable,  // =5F
};

// As `secret.encoding` names it.
std::string_view name_of(EscapeKind kind);

struct Escape {
  char32_t character;
  std::size_t end;  // one past it
  EscapeKind kind;
};

// The escape that begins at `position`, if one does. One level of it: `\\u005f` begins with an escaped backslash.
std::optional<Escape> escape_at(std::string_view text, std::size_t position);

// The character at `position`, plain or escaped, with escapes nested as deep as they are (`\\\\u005f`, `%25255F`). For the
// anchors, which ask what a text will read once all is undone. Nothing at the end of the text.
std::optional<Escape> spelled_at(std::string_view text, std::size_t position);

// Where the text goes on after `word` when that is spelled at `position`, each character plain or escaped; npos when it is not.
std::size_t end_of_spelled(std::string_view text, std::size_t position, std::string_view word);

}  // namespace hfscan
