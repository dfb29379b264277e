// Inside words: quotes, escapes and expansions. Tested by tests/unit/syntax/shell_test.cc.
#include <algorithm>

#include "base/text.h"
#include "syntax/ansi_c_quote.h"
#include "syntax/shell_reader.h"

namespace hfscan {
namespace {

constexpr std::string_view kSpecialParameters = "@*#?-$!0123456789";
// Expressions and make's variables stand on a line or two; what is longer is an opener that nobody closes.
constexpr std::size_t kGithubExpressionLimit = 2000;
constexpr std::size_t kMakeVariableLimit = 4096;
constexpr std::size_t kMakeVariableRetryLimit = 64;  // where a search has already been in vain

char closing_of(char opener) { return opener == '(' ? ')' : '}'; }

}  // namespace

void ShellReader::begin_literal(std::uint64_t at) {
  Frame& frame = home();
  if (frame.depth > 0) return;
  frame.literal_begin = at;
  frame.literal_text = frame.text.size(at);
}

void ShellReader::end_literal(std::uint64_t at) {
  const Frame& frame = home();
  if (frame.depth > 0) return;
  const std::size_t text_end = frame.text.size(at);
  if (text_end == frame.literal_text) return;
  ShellPart part;
  part.quote = top().quote;
  part.span = {frame.literal_begin, at};
  part.text = {frame.literal_text, text_end};
  parts_.push_back(part);
  count_item();
}

void ShellReader::skip_text(std::uint64_t count) {
  if (count > 0 && home().depth == 0) home().text.skip(input_, script_.texts, pos_, count);
}

std::size_t ShellReader::open_part(ShellPartKind kind, std::uint64_t begin) {
  end_literal(begin);
  ShellPart part;
  part.kind = kind;
  part.quote = top().quote;
  part.depth = home().kind == FrameKind::here_document ? static_cast<std::uint16_t>(home().depth - 1) : home().depth;
  part.span.begin = begin;
  part.text.begin = home().text.size(begin);
  part.first_command = static_cast<std::uint32_t>(script_.commands.size());
  parts_.push_back(part);
  count_item();
  return parts_.size() - 1;
}

void ShellReader::close_part(std::size_t part, std::uint64_t end) {
  Frame& frame = home();
  if (frame.depth > 0) --frame.depth;
  ShellPart& open = parts_[part];
  open.span.end = end;
  open.text.end = frame.text.size(end);
  const bool substitution =
      open.kind == ShellPartKind::command_substitution || open.kind == ShellPartKind::process_substitution;
  if (!substitution || open.first_command == script_.commands.size()) open.first_command = kNoIndex;
  begin_literal(end);
}

// A part that is read in one go; goes on behind it.
void ShellReader::add_part(ShellPartKind kind, ByteSpan span, std::string_view name) {
  const std::size_t part = open_part(kind, span.begin);
  parts_[part].name = name;
  ++home().depth;
  close_part(part, span.end);
  pos_ = span.end;
}

ShellReader::Frame& ShellReader::push_part(FrameKind kind, std::size_t part, std::uint64_t end) {
  ++home().depth;
  Frame& frame = push(kind, end);
  frame.part = part;
  return frame;
}

// A character that is special in unquoted text.
void ShellReader::word_character() {
  switch (peek()) {
    case '\\': return escape();
    case '\'': return single_quote();
    case '"': return double_quote(ShellQuote::double_quoted);
    case '`': return backtick();
    case '$': return dollar();
    default: ++pos_;
  }
}

// Bytes of the backslash and line end at `pos_`, else 0; in a transcript with the prompt of the continued line.
std::uint64_t ShellReader::continuation() {
  if (peek() != '\\') return 0;
  const std::uint64_t length = peek(1) == '\n' ? 2U : peek(1) == '\r' && peek(2) == '\n' ? 3U : 0U;
  const bool prompt =
      length > 0 && options_.layout == ShellLayout::transcript && peek(length) == '>' && peek(length + 1) == ' ';
  return prompt ? length + 2 : length;
}

void ShellReader::escape() {
  const std::uint64_t line_break = continuation();
  if (line_break > 0) {
    skip_text(line_break);
    pos_ += line_break;
  } else {
    if (pos_ + 1 < top().end) skip_text(1);
    pos_ += pos_ + 1 < top().end ? 2U : 1U;
  }
}

void ShellReader::single_quote() {
  const bool in_prose = options_.layout == ShellLayout::transcript && home().in_word && pos_ > home().word_begin &&
                        is_alnum_ascii(input_[pos_ - 1]) && is_alnum_ascii(input_[home().word_begin]) &&
                        slice(home().word_begin, pos_).find_first_of("='\"") == std::string_view::npos;
  if (in_prose) {
    ++pos_;
    return;
  }
  const std::uint64_t end = quote_end(pos_ + 1);
  const std::uint64_t quote = single_quote_close(pos_ + 1, end);
  const std::uint64_t close = quote < end ? quote : line_end(pos_ + 1, end);
  end_literal(pos_);
  skip_text(1);
  begin_literal(++pos_);
  if (pos_ == close && home().depth == 0) {
    add_part(ShellPartKind::literal, {pos_, pos_}, {});
    parts_.back().quote = ShellQuote::single_quoted;
  }
  const ShellQuote outer = std::exchange(top().quote, ShellQuote::single_quoted);
  read_verbatim(close);
  end_literal(pos_);
  top().quote = outer;
  if (quote < end) {
    skip_text(1);
    ++pos_;
  }
  begin_literal(pos_);
}

// The quote that closes what begins at `from`, not one inside a GitHub expression, else `end`.
std::uint64_t ShellReader::single_quote_close(std::uint64_t from, std::uint64_t end) {
  while (true) {
    const std::uint64_t quote = find('\'', from, end);
    std::uint64_t expression_end = 0;
    for (std::uint64_t dollar = find('$', from, quote); dollar < quote && expression_end <= quote;) {
      expression_end = github_expression_end(dollar, end);
      dollar = find('$', std::max(expression_end, dollar + 1), quote);
    }
    if (expression_end <= quote) return quote;
    from = expression_end;
  }
}

// Text in which only what is replaced before the shell starts is more than text.
void ShellReader::read_verbatim(std::uint64_t end) {
  const std::uint64_t outer = std::exchange(top().end, std::min(end, top().end));
  while ((pos_ = find('$', pos_, end)) < end) {
    if (github_expression()) continue;
    if (options_.dialect == ShellDialect::make && peek(1) != '$')
      make_dollar();
    else
      pos_ = std::min(pos_ + (options_.dialect == ShellDialect::make ? 2U : 1U), end);
  }
  top().end = outer;
}

void ShellReader::ansi_c_quote() {
  const std::uint64_t begin = pos_ + 2;
  const std::uint64_t end = quote_end(begin);
  std::uint64_t close = begin;
  while (close < end && input_[close] != '\'') close += input_[close] == '\\' ? 2U : 1U;
  if (close >= end) {
    ++pos_;  // a dollar and an ordinary quote
    return;
  }
  end_literal(pos_);
  skip_text(2);
  pos_ = begin;
  begin_literal(begin);
  while (pos_ < close) {
    if (input_[pos_] != '\\') {
      pos_ = std::min(find('\\', pos_, close), close);
      continue;
    }
    const AnsiCEscape escape = decode_ansi_c_escape(slice(pos_, close));
    if (home().depth == 0) home().text.spell(input_, script_.texts, escape.bytes, {pos_, pos_ + escape.length});
    pos_ += escape.length;
  }
  const ShellQuote outer = std::exchange(top().quote, ShellQuote::ansi_c);
  end_literal(pos_);
  top().quote = outer;
  skip_text(1);
  begin_literal(++pos_);
}

// `pos_` is at the quote character. Without a closing one in sight the quote ends with its line.
void ShellReader::double_quote(ShellQuote quote) {
  if (!has_room()) {
    ++pos_;
    return;
  }
  const std::uint64_t end = quote_end(pos_ + 1);
  const bool closed = find('"', pos_ + 1, end) < end;
  const std::uint64_t bound = closed ? end : line_end(pos_ + 1, end);
  end_literal(pos_);
  skip_text(1);
  begin_literal(++pos_);
  Frame& frame = push(FrameKind::double_quote, bound);
  frame.quote = quote;
  frame.parts_at_open = parts_.size();
}

void ShellReader::dollar() {
  if (github_expression()) return;
  if (options_.dialect == ShellDialect::make) return make_dollar();
  shell_dollar(pos_);
}

// `pos_` is at the dollar that the shell sees; the expansion begins at `begin`, which in a recipe is the dollar before it.
void ShellReader::shell_dollar(std::uint64_t begin) {
  const char next = peek(1);
  if (next == '{') return brace_parameter(begin);
  if (next == '(') return peek(2) == '(' ? open_arithmetic(begin, pos_ + 3) : open_substitution(begin);
  if (top().quote == ShellQuote::none && next == '\'') return ansi_c_quote();
  if (top().quote == ShellQuote::none && next == '"') {
    end_literal(pos_);
    skip_text(1);
    begin_literal(++pos_);
    return double_quote(ShellQuote::locale);
  }
  std::uint64_t end = pos_ + 1;
  if (is_name_start(next)) {
    while (end < top().end && is_name_char(input_[end])) ++end;
  } else if (next != '\0' && kSpecialParameters.find(next) != std::string_view::npos) {
    ++end;
  }
  if (end == pos_ + 1)
    pos_ = end;
  else
    add_part(ShellPartKind::variable, {begin, end}, slice(pos_ + 1, end));
}

// GNU make manual, "Variable references" and "Using variables in recipes".
void ShellReader::make_dollar() {
  const std::uint64_t begin = pos_;
  const char next = peek(1);
  if (next == '$') {
    ++pos_;
    return shell_dollar(begin);
  }
  if (next != '(' && next != '{') {
    if (next == '\0' || is_shell_blank(next) || next == '\n' || next == '"' || next == '\'') {
      ++pos_;
      return;
    }
    return add_part(ShellPartKind::make_variable, {begin, begin + 2}, slice(begin + 1, begin + 2));
  }
  const std::size_t limit = begin < make_unclosed_ ? kMakeVariableRetryLimit : kMakeVariableLimit;
  const std::uint64_t end = std::min<std::uint64_t>(top().end, begin + limit);
  std::uint64_t at = begin + 2;
  for (std::size_t depth = 1; at < end && depth > 0; ++at) {
    if (input_[at] == next) ++depth;
    if (input_[at] == closing_of(next) && --depth == 0) break;
  }
  if (at >= end) {
    make_unclosed_ = std::max(make_unclosed_, end);
    pos_ += 2;
    return;
  }
  const std::string_view inner = slice(begin + 2, at);
  const std::string_view name = inner.substr(0, inner.find_first_of(" \t:,$("));
  add_part(ShellPartKind::make_variable, {begin, at + 1}, name);
  parts_.back().operation = inner.substr(name.size());
}

// Where the `${{ ... }}` at `begin` ends, 0 when there is none.
std::uint64_t ShellReader::github_expression_end(std::uint64_t begin, std::uint64_t end) {
  const std::uint64_t content = begin + 3;
  if (content > end || slice(begin, content) != "${{") return 0;
  if (content < double_brace_from_ || content > double_brace_) {
    const std::size_t found = input_.find("}}", static_cast<std::size_t>(content));
    double_brace_ = found == std::string_view::npos ? input_.size() : found;
    double_brace_from_ = content;
  }
  const bool closed = double_brace_ + 2 <= end && double_brace_ - begin <= kGithubExpressionLimit;
  return closed ? double_brace_ + 2 : 0;
}

// `${{ ... }}` as a whole, if one stands here. GitHub replaces it in the script before any shell reads it.
bool ShellReader::github_expression() {
  const std::uint64_t begin = pos_;
  const std::uint64_t end = github_expression_end(begin, top().end);
  if (end == 0) return false;
  add_part(ShellPartKind::github_expression, {begin, end}, trim(slice(begin + 3, end - 2)));
  return true;
}

// ${NAME} ${#NAME} ${!NAME} ${NAME:-word} ${NAME[i]} and zsh's ${(flags)NAME}.
void ShellReader::brace_parameter(std::uint64_t begin) {
  std::uint64_t at = pos_ + 2;
  const std::uint64_t end = quote_end(at);
  const std::uint64_t line = std::min<std::uint64_t>(end, at + kGithubExpressionLimit);
  if (at < line && input_[at] == '(') at = std::min(find(')', at, line) + 1, end);
  const std::uint64_t sign = at;
  const bool has_sign = at + 1 < end && (input_[at] == '#' || input_[at] == '!') && is_name_char(input_[at + 1]);
  if (has_sign) ++at;
  const std::uint64_t name = at;
  while (at < end && is_name_char(input_[at])) ++at;
  if (at == name && at < end && kSpecialParameters.find(input_[at]) != std::string_view::npos) ++at;
  const bool malformed = at >= end || input_[at] == '"' || input_[at] == '\'' || input_[at] == '\n';
  if (malformed || !has_room()) {
    pos_ += 2;
    return;
  }
  const std::size_t part = open_part(ShellPartKind::variable, begin);
  parts_[part].name = slice(name, at);
  if (has_sign) parts_[part].operation = slice(sign, name);
  pos_ = at;
  push_part(FrameKind::parameter, part, end).operation_begin = at;
}

}  // namespace hfscan
