#include "detect/brackets.h"

#include <string>

#include "detect/byte_classes.h"

namespace hfscan {
namespace {

// One past the end of the string literal that begins at `position`.
std::size_t string_end(std::string_view text, std::size_t position) {
  const char quote = text[position];
  const bool tripled = starts_with_at(text, position, std::string(3, quote));
  const std::string closer(tripled ? 3 : 1, quote);
  const bool one_line = !tripled && quote != '`';
  for (std::size_t i = position + closer.size(); i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (one_line && text[i] == '\n')
      return i;
    else if (starts_with_at(text, i, closer))
      return i + closer.size();
  }
  return text.size();
}

std::size_t line_end(std::string_view text, std::size_t position) {
  const std::size_t end = text.find('\n', position);
  return end == std::string_view::npos ? text.size() : end;
}

// One past the comment that begins at `position`, or `position` when none does.
std::size_t comment_end(std::string_view text, std::size_t position, CommentStyle style) {
  const bool blank_before = position == 0 || in_class(text[position - 1], kSpaceClass);
  if (text[position] == '#' && style != CommentStyle::slashes && blank_before) return line_end(text, position);
  if (style == CommentStyle::hash) return position;
  if (starts_with_at(text, position, "//") && blank_before) return line_end(text, position);
  if (starts_with_at(text, position, "/*")) {
    const std::size_t end = text.find("*/", position + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  return position;
}

char closer_of(char opener) { return opener == '(' ? ')' : opener == '[' ? ']' : '}'; }

}  // namespace

std::size_t balanced_end(std::string_view text, std::size_t open, CommentStyle comments) {
  std::string closers;
  for (std::size_t i = open; i < text.size();) {
    const char c = text[i];
    if (c == '"' || c == '\'' || c == '`') {
      i = string_end(text, i);
      continue;
    }
    if (const std::size_t end = comment_end(text, i, comments); end != i) {
      i = end;
      continue;
    }
    if (c == '(' || c == '[' || c == '{') closers.push_back(closer_of(c));
    if (!closers.empty() && c == closers.back()) closers.pop_back();
    ++i;
    if (closers.empty()) return i;
  }
  return text.size();
}

}  // namespace hfscan
