// The spellings of an underscore that text formats use: one list for the anchors and for the grammar.
#pragma once

#include <array>
#include <string_view>

namespace hfscan {

// What may stand between two bytes that are each written in hexadecimal: `\x`, `, 0x`, `%`, `\u00`, `;&#x`, line breaks,
// quotes.
inline constexpr std::string_view kHexByteSeparators = "\\xXuU%,; &#0\n\r\t\"'";

struct EscapedUnderscore {
  std::string_view spelling;
  std::string_view encoding;  // as `secret.encoding` names it
};

// Longer spellings first, so that the first match is the whole one.
inline constexpr std::array<EscapedUnderscore, 14> kEscapedUnderscores = {{
    {"\\\\u005f", "unicode-escape"},
    {"\\\\u005F", "unicode-escape"},
    {"\\u005f", "unicode-escape"},
    {"\\u005F", "unicode-escape"},
    {"\\x5f", "unicode-escape"},
    {"\\x5F", "unicode-escape"},
    {"\\\\_", "backslash"},
    {"\\_", "backslash"},
    {"{\\_}", "backslash"},
    {"%5F", "percent"},
    {"%5f", "percent"},
    {"&lowbar;", "html-entity"},
    {"&#95;", "html-entity"},
    {"=5F", "quoted-printable"},
}};
// &#x5f; and &#X5F; in every case, and %255F (escaped twice), are rarer; they are matched by name here.
inline constexpr std::array<EscapedUnderscore, 6> kRareEscapedUnderscores = {{
    {"&#x5f;", "html-entity"},
    {"&#x5F;", "html-entity"},
    {"&#X5F;", "html-entity"},
    {"&#095;", "html-entity"},
    {"%255F", "percent+percent"},
    {"%255f", "percent+percent"},
}};

// The escaped underscore that stands at the start of `text`, or null.
constexpr const EscapedUnderscore* escaped_underscore_at(std::string_view text) {
  for (const EscapedUnderscore& candidate : kEscapedUnderscores) {
    if (text.substr(0, candidate.spelling.size()) == candidate.spelling) return &candidate;
  }
  for (const EscapedUnderscore& candidate : kRareEscapedUnderscores) {
    if (text.substr(0, candidate.spelling.size()) == candidate.spelling) return &candidate;
  }
  return nullptr;
}

}  // namespace hfscan
