// What the tests of the code readers share: sources to break, and the laws that every token list obeys.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "support/random_text.h"
#include "syntax/code.h"

namespace hfscan::test {

inline constexpr Language kCodeLanguages[] = {Language::python, Language::javascript, Language::json,
                                              Language::hcl,    Language::groovy,     Language::toml};

// Pieces of every language that open, close, quote, escape and interpolate.
inline constexpr std::string_view kPieces[] = {
    "(",    ")",         "[",      "]",         "{",        "}",       "\"",     "'",     "`",      "\"\"\"",  "'''",   "f\"",
    "rb'",  "${",        "$x.y",   "{{",        "\\",       "\n",      "\r\n",   "\r",    "#",      "//",      "/*",    "*/",
    "/",    "$/",        "/$",     "<<A",       "<<-EOT\n", "\nEOT\n", "A\n",    ":",     ":=",     "=",       "=>",    "->",
    ",",    ";",         ".",      "?.",        "!",        "%{",      "$${",    "def f", "class ", "import ", "from ", "for ",
    "in ",  "of ",       "const ", "lambda ",   "env",      "name",    "1e-5",   "0x1",   " ",      "\t",      "\xC3",  "\xA9",
    "as ",  "function ", "sh ",    "variable ", "not ",     "=/",      "new ",   ">",     "<",      "await ",  "\"a\"", "'b'",
    "x = ", "[\"k\"]",   "@",      "*",         "**",       "...",     "require"};

inline std::string random_source(RandomText& random, std::size_t pieces) {
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) {
    if (random.below(30) == 0)
      text.push_back(static_cast<char>(random.below(256)));
    else
      text.append(kPieces[random.below(std::size(kPieces))]);
  }
  return text;
}

// Tokens lie in the text and do not overlap, but for those of fields, which lie in their string; what lies between tokens is
// blank or the text of a string.
inline void expect_sound_tokens(std::string_view text, const std::vector<CodeToken>& tokens) {
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const CodeToken& token = tokens[i];
    ASSERT_LE(token.begin, token.end);
    ASSERT_LE(token.end, text.size());
    ASSERT_GE(token.begin, before);
    before = token.begin;
    if (token.kind != TokenKind::string) continue;
    ASSERT_GE(token.link, i + 1);
    ASSERT_LE(token.link, tokens.size());
    ASSERT_LE(token.value().begin, token.value().end);
    for (std::size_t inner = i + 1; inner < token.link; ++inner) {
      ASSERT_GE(tokens[inner].begin, token.value().begin);
      ASSERT_LE(tokens[inner].end, token.value().end);
    }
    if (token.link < tokens.size()) {
      ASSERT_GE(tokens[token.link].begin, token.end);
    }
  }
}

inline std::uint32_t token_at(const CodeTree& tree, std::string_view spelling, std::size_t from = 0) {
  return tree.token_from(tree.text.find(spelling, from));
}

}  // namespace hfscan::test
