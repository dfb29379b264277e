// The tokens of the bracketed languages: Python, JavaScript and TypeScript, JSON, HCL, Groovy, TOML. One kind of token for all,
// so that the tree and the questions put to it (code.h, bindings.h) are written once.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "syntax/gave_up.h"
#include "syntax/language.h"

namespace hfscan {

enum class TokenKind : std::uint8_t {
  name,  // keywords are names
  number,
  string,       // the whole literal; also a regular expression, a here-document
  op,           // operators, and the separators , : ; . =
  open,         // ( [ {
  close,        // ) ] }
  field_open,   // what begins an expression inside a string: { of an f-string, ${ of a template, $ of a GString's plain $name
  field_close,  // empty where the field has no end of its own
  comment,
  line_end,
};

enum class QuoteKind : std::uint8_t {
  none,
  single_quote,
  double_quote,
  tripled_single,
  tripled_double,
  backtick,
  slashes,         // JavaScript regular expressions, Groovy's slashy strings
  dollar_slashes,  // Groovy's $/.../$
  heredoc,         // HCL
};

constexpr std::uint32_t kNoToken = std::numeric_limits<std::uint32_t>::max();

// Offsets are into the text that was read, which ends before 4 GiB. The tokens of the fields of a string follow the string and
// stand inside its span; otherwise spans do not overlap. `begin` never decreases from token to token.
struct CodeToken {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  // string: index of the first token after those of its fields. Brackets and fields, once in a tree: index of the group.
  std::uint32_t link = 0;
  std::uint32_t head = 0;  // string: bytes before the value (prefix and quote); field: index of the string it stands in
  std::uint32_t tail = 0;  // string: bytes after the value; 0 when it has no end
  TokenKind kind = TokenKind::op;
  QuoteKind quote = QuoteKind::none;
  bool raw = false;           // string: backslashes stand for themselves
  bool bytes = false;         // string: Python's b"..."
  bool interpolated = false;  // string: may have fields (f-string, template literal, GString, HCL template)
  bool unterminated = false;  // string: ended by the line's or the text's end

  [[nodiscard]] ByteSpan span() const { return {begin, end}; }
  // What stands between the quotes, as written.
  [[nodiscard]] ByteSpan value() const { return {std::uint64_t{begin} + head, std::uint64_t{end} - tail}; }
};

// Limits memory, at under 150 bytes a token with the tree: about 20 MB of ordinary source text.
constexpr std::size_t kMaxCodeTokens = std::size_t{4} << 20U;

struct LexedCode {
  std::vector<CodeToken> tokens;
  std::optional<GaveUp> gave_up;  // kMaxCodeTokens, or 4 GiB
};

// Any bytes; a byte order mark is stepped over. Linear. Languages other than those named above are read as C-like: strings in "
// and ', no comments. Every field_open has its field_close. A string of one line ends at the line's end at the latest, the
// fields in it included (so neither Python 3.12's line breaks inside such fields nor Groovy's are followed).
LexedCode lex_code(std::string_view text, Language language);

}  // namespace hfscan
