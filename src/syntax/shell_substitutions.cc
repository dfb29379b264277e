// Inside words: what is read by rules of its own up to its closer. Tested by tests/unit/syntax/shell_test.cc.
#include <algorithm>

#include "syntax/shell_reader.h"

namespace hfscan {

void ShellReader::open_substitution(std::uint64_t begin) {
  if (!has_room()) {
    pos_ += 2;
    return;
  }
  const std::uint64_t end = options_.layout == ShellLayout::transcript ? next_break(pos_) : top().end;
  const std::size_t part = open_part(ShellPartKind::command_substitution, begin);
  ++home().depth;
  push_commands(Closer::parenthesis, ShellNesting::command_substitution, inner_owner(), end).part = part;
  pos_ += 2;
}

void ShellReader::open_process_substitution() {
  const std::uint64_t end = options_.layout == ShellLayout::transcript ? next_break(pos_) : top().end;
  const std::size_t part = open_part(ShellPartKind::process_substitution, pos_);
  ++home().depth;
  push_commands(Closer::parenthesis, ShellNesting::process_substitution, inner_owner(), end).part = part;
  pos_ += 2;
}

void ShellReader::open_arithmetic(std::uint64_t begin, std::uint64_t content) {
  if (!has_room()) {
    pos_ = content;
    return;
  }
  const std::uint64_t end = quote_end(content);
  const bool closed = find(')', content, end) < end;
  const std::size_t part = open_part(ShellPartKind::arithmetic, begin);
  push_part(FrameKind::arithmetic, part, closed ? end : line_end(content, end));
  pos_ = content;
}

// `pos_` is at the parenthesis of an array or pattern.
void ShellReader::open_word_parenthesis(std::uint64_t end) {
  if (!has_room()) {
    ++pos_;
    return;
  }
  push_part(FrameKind::parenthesis, open_part(ShellPartKind::parenthesized, pos_), end);
  ++pos_;
}

// A backtick closes the innermost one, whatever stands between. Inside, `\`` is an escaped character: substitutions nested with
// escaped backticks are not told apart.
void ShellReader::backtick() {
  if (top().backtick != kNoFrame) {
    const std::size_t frame = top().backtick;
    return close_down_to(frame, 1);
  }
  const std::uint64_t end = quote_end(pos_ + 1);
  if (!has_room() || find('`', pos_ + 1, end) == end) {
    ++pos_;
    return;
  }
  const std::size_t part = open_part(ShellPartKind::command_substitution, pos_);
  ++home().depth;
  push_commands(Closer::backtick, ShellNesting::command_substitution, inner_owner(), end).part = part;
  ++pos_;
}

void ShellReader::step_double_quote() {
  const std::uint64_t end = top().end;
  while (pos_ < end) {
    const char c = input_[pos_];
    if (c == '"') return close_top(1);
    if (c == '$') return dollar();
    if (c == '`') return backtick();
    if (c == '\\') {
      const char next = peek(1);
      if (next == '"' || next == '$' || next == '`' || next == '\\' || next == '\n' || (next == '\r' && peek(2) == '\n'))
        return escape();
    }
    ++pos_;
  }
}

void ShellReader::step_parameter() {
  const bool quoted = top().quote != ShellQuote::none;
  const char c = peek();
  if (c == '}') return close_top(1);
  if (c == '\'' && quoted)
    ++pos_;
  else
    word_character();
}

void ShellReader::step_arithmetic() {
  Frame& frame = top();
  switch (peek()) {
    case '(':
      ++frame.open_parentheses;
      ++pos_;
      break;
    case ')':
      if (frame.open_parentheses == 0) return close_top(peek(1) == ')' ? 2 : 1);
      --frame.open_parentheses;
      ++pos_;
      break;
    case '$': return dollar();
    case '`': return backtick();
    case '\\': return escape();
    default: ++pos_;
  }
}

void ShellReader::step_parenthesis() {
  Frame& frame = top();
  switch (peek()) {
    case '(':
      ++frame.open_parentheses;
      ++pos_;
      break;
    case ')':
      if (frame.open_parentheses == 0) return close_top(1);
      --frame.open_parentheses;
      ++pos_;
      break;
    case '#':
      if (input_[pos_ - 1] == '\n' || is_shell_blank(input_[pos_ - 1]))
        pos_ = line_end(pos_, frame.end);
      else
        ++pos_;
      break;
    default: word_character();
  }
}

// Of a body whose delimiter is quoted, only what is replaced before the shell starts.
void ShellReader::step_here_document() {
  if (top().quote == ShellQuote::single_quoted) return read_verbatim(top().end);
  switch (peek()) {
    case '$': return dollar();
    case '`': return backtick();
    case '\\': return escape();
    default: ++pos_;
  }
}

}  // namespace hfscan
