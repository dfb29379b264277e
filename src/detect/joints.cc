// Tested by tests/unit/detect/joints_test.cc.
#include "detect/joints.h"

#include <algorithm>
#include <array>
#include <optional>

#include "detect/byte_classes.h"
#include "detect/escapes.h"

namespace hfscan {
namespace {

using std::string_view;

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

char at(string_view text, std::size_t position) { return position < text.size() ? text[position] : '\0'; }

std::size_t skip_blanks(string_view text, std::size_t position) {
  while (is_blank(at(text, position))) ++position;
  return position;
}

std::size_t skip_line_end(string_view text, std::size_t position) {
  const std::size_t end = position + (at(text, position) == '\r' ? 1 : 0);
  return at(text, end) == '\n' ? end + 1 : position;
}

// To the end of the line that `position` stands in.
std::size_t rest_of_line(string_view text, std::size_t position) { return std::min(text.find('\n', position), text.size()); }

// `// ...`, `# ...` and `-- ...` to the end of the line, `/* ... */`, `(* ... *)`.
std::size_t skip_comment(string_view text, std::size_t position) {
  if (at(text, position) == '#' || starts_with_at(text, position, "//") || starts_with_at(text, position, "--"))
    return rest_of_line(text, position);
  const string_view close = starts_with_at(text, position, "/*") ? "*/" : starts_with_at(text, position, "(*") ? "*)" : "";
  if (close.empty()) return position;
  const std::size_t end = text.find(close, position + 2);
  return end == string_view::npos ? position : end + close.size();
}

// The letters of r"", u8"", Rb"", N'' when a quote follows them.
std::size_t skip_literal_prefix(string_view text, std::size_t position) {
  constexpr string_view kLetters = "rbfuULRBFNE8";
  constexpr std::size_t kLongest = 2;
  std::size_t end = position;
  while (end < position + kLongest && end < text.size() && kLetters.find(text[end]) != string_view::npos) ++end;
  const std::size_t quote = at(text, end) == '\\' ? end + 1 : end;
  return is_quote(at(text, quote)) ? end : position;
}

// A quote that ends a piece, whatever source code puts behind it, and the quote that begins the next piece. A quote alone is a
// joint too, as in the shell (hf_"abc"'def') and for what stands between the braces of a template ({"abc"}). In JSON every
// quote and line end has a backslash before it. `text` ends where the joint must.
std::size_t skip_quotes(string_view text, std::size_t position) {
  constexpr string_view kGlue = "+.,&|^*~<>{}$\\\"'` \t\r\n";
  std::size_t next = position;
  while (next < text.size() && string_view("\\${").find(text[next]) != string_view::npos) ++next;
  if (!is_quote(at(text, next))) return position;
  std::size_t joined = position;  // one past the last quote, and the brace after it
  while (next < text.size()) {
    const char c = text[next];
    if (starts_with_at(text, next, ".concat(")) {
      next += 8;
    } else if (c == '\\' && (at(text, next + 1) == 'n' || at(text, next + 1) == 'r' || at(text, next + 1) == 't')) {
      next += 2;
    } else if (const std::size_t comment = skip_comment(text, next); comment != next) {
      next = comment;
    } else if (kGlue.find(c) != string_view::npos ||
               (c == '_' && is_blank(at(text, next - 1)))) {  // `& _` ends a line of Basic
      ++next;
      if (is_quote(c) || (c == '}' && joined == next - 1)) joined = next;
    } else {
      const std::size_t opening = joined == next ? next : skip_literal_prefix(text, next);
      if (opening == next) break;
      next = opening;
    }
  }
  return joined == next ? joined : position;
}

// A backslash (shell, C, YAML) or `=` (quoted-printable) at the line end.
std::size_t skip_continued_line(string_view text, std::size_t position) {
  const bool soft = at(text, position) == '=';
  const std::size_t end = skip_line_end(text, position + 1);
  if (end == position + 1) return position;
  return soft ? end : skip_blanks(text, end);
}

// Tags and the white space between them: </w:t></w:r><w:r><w:t>, <wbr>.
std::size_t skip_tags(string_view text, std::size_t position) {
  constexpr int kMostTags = 24;
  std::size_t end = position;
  for (int tag = 0; tag < kMostTags; ++tag) {
    std::size_t begin = end;
    while (in_class(at(text, begin), kSpaceClass) && end != position) ++begin;
    const char first = at(text, begin + 1);
    if (at(text, begin) != '<' || !(in_class(first, kLetterClass) || first == '/' || first == '!')) break;
    const std::size_t close = text.find_first_of("<>", begin + 1);
    if (close == string_view::npos || text[close] != '>') break;
    end = close + 1;
  }
  if (const std::size_t line = skip_line_end(text, end); end != position && line != end) return skip_blanks(text, line);
  return end;
}

std::size_t skip_ansi_colour(string_view text, std::size_t position) {
  if (at(text, position + 1) != '[') return position;
  std::size_t end = position + 2;
  while ((at(text, end) >= '0' && at(text, end) <= '9') || at(text, end) == ';') ++end;
  return at(text, end) == 'm' || at(text, end) == 'K' ? end + 1 : position;
}

// `> `, `# `, `// `, ` * `, `- `: characters that base64 has too count only before a blank.
std::size_t skip_line_prefix(string_view text, std::size_t position) {
  constexpr string_view kMarks = "#*>|;!%";
  constexpr string_view kMarksBeforeBlank = "/-+";
  std::size_t i = skip_blanks(text, position);
  for (std::size_t begin = i;; begin = i) {
    while (kMarks.find(at(text, i)) != string_view::npos && i < text.size()) ++i;
    std::size_t marks = i;
    while (marks < text.size() && kMarksBeforeBlank.find(text[marks]) != string_view::npos) ++marks;
    if (marks != i && is_blank(at(text, marks))) i = marks;
    if (i == begin) return i;
    i = skip_blanks(text, i);
  }
}

// A line end as it is, or written as \n, \\n, %0A, &#10;.
std::size_t skip_any_line_end(string_view text, std::size_t position) {
  const std::size_t blank = skip_blanks(text, position);
  if (const std::size_t end = skip_line_end(text, blank); end != blank) return end;
  const char c = at(text, position);
  if (c != '\\' && c != '%' && c != '&') return position;
  std::size_t end = position;
  for (;;) {
    const std::optional<Escape> escape = spelled_at(text, end);
    if (!escape || escape->kind == EscapeKind::none || (escape->character != '\n' && escape->character != '\r')) return end;
    end = escape->end;
  }
}

}  // namespace

std::size_t skip_invisible(std::string_view text, std::size_t position) {
  static constexpr std::array<string_view, 9> kZeroWidth = {
      "\xc2\xad",                                      // soft hyphen
      "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d",  // zero-width space, non-joiner, joiner
      "\xe2\x80\x8e", "\xe2\x80\x8f",                  // direction marks
      "\xe2\x81\xa0", "\xe2\x81\xa3",                  // word joiner, invisible separator
      "\xef\xbb\xbf",                                  // byte order mark
  };
  const char c = at(text, position);
  if (c == '\x1b') return skip_ansi_colour(text.substr(0, position + kLongestJoint), position);
  if (static_cast<unsigned char>(c) < 0x80) return position;
  const auto* const found = std::find_if(kZeroWidth.begin(), kZeroWidth.end(),
                                         [&](string_view character) { return starts_with_at(text, position, character); });
  return found == kZeroWidth.end() ? position : position + found->size();
}

std::size_t skip_joint(std::string_view text, std::size_t position) {
  text = text.substr(0, position + kLongestJoint);
  switch (at(text, position)) {
    case '=': return skip_continued_line(text, position);
    case '<': return skip_tags(text, position);
    case '\\':
      if (const std::size_t end = skip_continued_line(text, position); end != position) return end;
      return skip_quotes(text, position);
    case '"':
    case '\'':
    case '`':
    case '$':
    case '{': return skip_quotes(text, position);
    default: return skip_invisible(text, position);
  }
}

std::size_t skip_run_break(std::string_view text, std::size_t position) {
  constexpr int kMostParts = 3;  // "abc\n" + <newline> "def": a written line end, then a joint
  text = text.substr(0, position + kLongestRunBreak);
  for (int part = 0; part < kMostParts; ++part) {
    const std::size_t line = skip_any_line_end(text, position);
    const std::size_t end = line != position ? skip_line_prefix(text, line) : skip_joint(text, position);
    if (end == position) break;
    position = end;
  }
  return position;
}

std::size_t run_break_before(std::string_view text, std::size_t position) {
  constexpr string_view kBreakStarts = "\r\n\\\"'`=<%& \t\x1b\xc2\xe2\xef";
  constexpr int kMostTries = 4;
  const std::size_t floor = position - std::min(position, kLongestRunBreak);
  std::size_t longest = position;  // a part of a break may look like a whole one: `\n` of `\r\n`
  int tries = 0;
  for (std::size_t begin = position; begin-- > floor + 1 && tries < kMostTries;) {
    if (kBreakStarts.find(text[begin]) == string_view::npos || !in_class(text[begin - 1], kAlnumClass)) continue;
    if (skip_run_break(text, begin) == position) longest = begin;
    ++tries;
  }
  return longest;
}

bool may_begin_joint(std::string_view text, std::size_t position) {
  switch (at(text, position)) {
    case '"':
    case '\'':
    case '`':
    case '\\':
    case '\x1b':
    case '<':
    case '\xc2':
    case '\xe2':
    case '\xef':
    case '$':
    case '{': return true;
    case '=': return skip_line_end(text, position + 1) != position + 1;
    default: return false;
  }
}

}  // namespace hfscan
