#include "detect/split_literal.h"

#include "base/text.h"
#include "detect/byte_classes.h"

namespace hfscan {
namespace {

constexpr std::size_t kWindow = 240;

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

// Steps over one character of the set, if it is there.
bool skip_any(std::string_view text, std::size_t& position, std::string_view set) {
  if (position >= text.size() || set.find(text[position]) == std::string_view::npos) return false;
  ++position;
  return true;
}

void skip_blanks(std::string_view text, std::size_t& position) {
  while (skip_any(text, position, " \t")) {
  }
}

bool skip_line_break(std::string_view text, std::size_t& position) {
  skip_any(text, position, "\r");
  return skip_any(text, position, "\n");
}

// Quote, blanks, an optional operator, blanks, an optional (continued) line break, blanks, an optional string prefix, quote. In
// a JSON string every quote has a backslash before it.
bool skip_quotes(std::string_view text, std::size_t& position) {
  std::size_t next = position;
  skip_any(text, next, "\\");
  if (next >= text.size() || !is_quote(text[next])) return false;
  ++next;
  skip_blanks(text, next);
  if (skip_any(text, next, "+.,&\\")) skip_any(text, next, ".");  // `.` and `..` concatenate in PHP, Perl and Lua
  skip_blanks(text, next);
  skip_any(text, next, "\\");
  if (skip_line_break(text, next)) {
    skip_blanks(text, next);
    if (skip_any(text, next, "+.&")) skip_blanks(text, next);
  }
  skip_any(text, next, "rbf");
  skip_any(text, next, "\\");
  if (next >= text.size() || !is_quote(text[next])) return false;
  position = next + 1;
  return true;
}

// A backslash (shell, C, Python) or `=` (quoted-printable) at the line end.
bool skip_continued_line(std::string_view text, std::size_t& position) {
  std::size_t next = position;
  if (!skip_any(text, next, "\\=") || !skip_line_break(text, next)) return false;
  position = next;
  return true;
}

}  // namespace

std::optional<SplitLiteral> join_split_literal(std::string_view text, std::size_t position, std::size_t wanted) {
  text = text.substr(0, position + kWindow);
  std::string body;
  bool crossed = false;
  for (;;) {
    const std::size_t run = run_length(text, position, kAlnumClass, wanted + 1);
    body.append(text.substr(position, run));
    position += run;
    if (body.size() > wanted) return std::nullopt;
    if (body.size() == wanted) break;
    if (!skip_quotes(text, position) && !skip_continued_line(text, position)) return std::nullopt;
    crossed = true;
  }
  if (!crossed) return std::nullopt;
  return SplitLiteral{body, position};
}

}  // namespace hfscan
