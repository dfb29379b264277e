// Code between the strings. Each step either moves on in the text or leaves a frame, so the whole is linear; the two searches
// that may fail (a regular expression's end, a dollar-slashy string's end) are not tried twice over the same text. Tested by
// tests/unit/syntax/code_lexer_test.cc.
#include "syntax/code_lexer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kMaxCodeBytes = std::numeric_limits<std::uint32_t>::max() - 16;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// After these a slash begins a regular expression and a quote a string, though they look like operands.
constexpr std::string_view kOperatorWords[] = {
    "return", "typeof", "case", "in",     "of",     "do",      "else",   "void",    "delete", "throw",  "new",     "instanceof",
    "yield",  "await",  "from", "import", "export", "default", "assert", "extends", "static", "public", "private", "as"};

// The characters that make an operator of two together with the first.
constexpr std::string_view second_characters(char first) {
  switch (first) {
    case '=': return "=>~";
    case '<': return "=<";
    case '>': return "=>";
    case '-': return ">=-";
    case '&': return "&=";
    case '|': return "|=";
    case '?': return "?.";
    case '+': return "=+";
    case '*': return "=*";
    case '/': return "/=";
    case ':': return "=:";
    case '!':
    case '%':
    case '^':
    case '@': return "=";
    default: return {};
  }
}

// Length of the operator that `text` begins with, at least 1.
std::size_t operator_length(std::string_view text, Language language) {
  if (text.starts_with("...")) return 3;
  if (text.size() < 2 || second_characters(text[0]).find(text[1]) == std::string_view::npos) return 1;
  if (text.starts_with("=~")) return language == Language::groovy ? 2 : 1;
  if (text.size() < 3) return 2;
  const bool doubled = text[0] == text[1];
  const bool assigns = text[2] == '=' && (doubled || text[0] == '!') && text[0] != '+' && text[0] != '-' && text[0] != ':';
  const bool compares = text == "<=>" || (text == "==~" && language == Language::groovy);
  return assigns || compares ? 3 : 2;
}

bool is_prefix_of_python_string(std::string_view word) {
  if (word.size() > 2) return false;
  return word.find_first_not_of("rRbBuUfFtT") == std::string_view::npos;
}

}  // namespace

LexedCode lex_code(std::string_view text, Language language) { return CodeLexer(text, language).run(); }

CodeLexer::CodeLexer(std::string_view text, Language language)
    : text_(text.substr(0, kMaxCodeBytes)), language_(language), dialect_(dialect_of(language)) {}

LexedCode CodeLexer::run() {
  LexedCode result;
  if (at(kByteOrderMark)) at_ = kByteOrderMark.size();
  tokens_.reserve(std::min(text_.size() / 6 + 16, kMaxCodeTokens));
  const bool script = at("#!") && language_ != Language::json;
  if (script) comment(line_end_from(at_));
  while (at_ < text_.size() && tokens_.size() < kMaxCodeTokens) {
    if (in(Frame::Kind::string))
      literal_text();
    else if (in(Frame::Kind::format))
      format_text();
    else
      code();
  }
  if (at_ < text_.size()) result.gave_up = GaveUp{at_, "more tokens than one file may have"};
  if (!result.gave_up && text_.size() == kMaxCodeBytes) result.gave_up = GaveUp{at_, "only the first 4 GiB of a file are read"};
  while (!frames_.empty()) end_string(0, true);
  result.tokens = std::move(tokens_);
  return result;
}

CodeToken& CodeLexer::push(TokenKind kind, std::size_t begin, std::size_t end) {
  CodeToken& token = tokens_.emplace_back();
  token.begin = static_cast<std::uint32_t>(begin);
  token.end = static_cast<std::uint32_t>(end);
  token.kind = kind;
  if (kind != TokenKind::comment && kind != TokenKind::line_end)
    last_significant_ = static_cast<std::uint32_t>(tokens_.size() - 1);
  return token;
}

std::size_t CodeLexer::line_end_from(std::size_t position) const {
  while (position < text_.size() && !is_code_byte(text_[position], kLineEndByte)) ++position;
  return position;
}

bool CodeLexer::is_name_byte(char c) const {
  return is_code_byte(c, kNameByte) || (c == '$' && dialect_.dollar_in_names) || (c == '-' && dialect_.dash_in_names);
}

void CodeLexer::code() {
  const char c = text_[at_];
  if (is_code_byte(c, kBlankByte)) {
    ++at_;
    return;
  }
  if (is_code_byte(c, kNameStartByte)) return name();
  if (is_code_byte(c, kDigitByte)) return number();
  if (is_code_byte(c, kLineEndByte)) return line_end();
  switch (c) {
    case '(':
    case '[':
    case '{': return open();
    case ')':
    case ']':
    case '}': return close();
    case '`':
      if (dialect_.templates) return begin_string(at_);
      break;
    case '"':
    case '\'':
      if (closes_tripled()) return end_string(3, false);
      if (!apostrophe_in_prose()) return begin_string(at_);
      break;
    case '#':
      if (dialect_.hash_comments) return comment(line_end_from(at_));
      if (dialect_.hash_in_names) return name();
      break;
    case '$':
      if (dialect_.regexes && dollar_slashy()) return;
      if (dialect_.dollar_in_names) return name();
      break;
    case '/':
      if (comment_or_slash()) return;
      break;
    case '.':
      if (is_code_byte(peek(1), kDigitByte) && !after_operand() && (at_ == 0 || text_[at_ - 1] != '.')) return number();
      break;
    case '<':
      if (dialect_.heredocs && heredoc()) return;
      break;
    case '\\':
      if (is_code_byte(peek(1), kLineEndByte) && !line_bound()) {
        at_ += at("\\\r\n") ? std::size_t{3} : std::size_t{2};
        return;
      }
      break;
    default: break;
  }
  op();
}

void CodeLexer::line_end() {
  if (line_bound()) return end_line_bound_strings();
  const std::size_t length = at("\r\n") ? 2 : 1;
  push(TokenKind::line_end, at_, at_ + length);
  at_ += length;
}

void CodeLexer::comment(std::size_t end) {
  push(TokenKind::comment, at_, end);
  at_ = end;
}

bool CodeLexer::block_comment() {
  const std::string_view scope = line_bound() ? text_.substr(0, line_end_from(at_)) : text_;
  const std::size_t end = scope.find("*/", at_ + 2);
  comment(end == std::string_view::npos ? scope.size() : end + 2);
  return true;
}

// Comments, regular expressions and slashy strings. In JSX text `http://host` is no comment.
bool CodeLexer::comment_or_slash() {
  if (dialect_.slash_comments && peek(1) == '*') return block_comment();
  if (dialect_.slash_comments && peek(1) == '/') {
    const bool url =
        at_ >= 2 && text_[at_ - 1] == ':' && is_code_byte(text_[at_ - 2], kNameStartByte) && language_ == Language::javascript;
    if (url) {
      push(TokenKind::op, at_, at_ + 2);
      at_ += 2;
    } else {
      comment(line_end_from(at_));
    }
    return true;
  }
  if (!dialect_.regexes || at_ < no_regex_before_ || after_operand() || peek(1) == '>') return false;
  if (at_ > 0 && text_[at_ - 1] == '<') return false;  // JSX: </div>
  return slash_string(regex_end(), QuoteKind::slashes, 1);
}

bool CodeLexer::slash_string(std::size_t end, QuoteKind quote, std::uint32_t quote_length) {
  if (end == at_) {
    no_regex_before_ = line_end_from(at_);
    return false;
  }
  std::size_t flags_end = end;
  if (language_ == Language::javascript)
    while (flags_end < text_.size() && is_code_byte(text_[flags_end], kNameStartByte)) ++flags_end;
  CodeToken& token = push(TokenKind::string, at_, flags_end);
  token.quote = quote;
  token.raw = true;
  token.head = quote_length;
  token.tail = static_cast<std::uint32_t>(flags_end - end) + quote_length;
  token.link = static_cast<std::uint32_t>(tokens_.size());
  at_ = flags_end;
  return true;
}

// One past the closing slash of the regular expression that begins here; at_ when there is none on the line.
std::size_t CodeLexer::regex_end() const {
  bool in_class = false;
  for (std::size_t i = at_ + 1; i < text_.size() && !is_code_byte(text_[i], kLineEndByte); ++i) {
    const char c = text_[i];
    if (c == '\\')
      ++i;
    else if (c == '[')
      in_class = true;
    else if (c == ']')
      in_class = false;
    else if (c == '/' && !in_class)
      return i + 1;
  }
  return at_;
}

bool CodeLexer::dollar_slashy() {
  if (language_ != Language::groovy || peek(1) != '/' || no_dollar_slashy_ || after_operand()) return false;
  const std::size_t line_limit = line_bound() ? line_end_from(at_) : text_.size();
  const std::size_t end = text_.substr(0, line_limit).find("/$", at_ + 2);
  no_dollar_slashy_ = end == std::string_view::npos;
  return !no_dollar_slashy_ && slash_string(end + 2, QuoteKind::dollar_slashes, 2);
}

bool CodeLexer::after_operand() const {
  if (last_significant_ == kNoToken) return false;
  const CodeToken& last = tokens_[last_significant_];
  const std::string_view word = text_.substr(last.begin, last.end - last.begin);
  switch (last.kind) {
    case TokenKind::number:
    case TokenKind::string:
    case TokenKind::close: return true;
    case TokenKind::name: return !is_one_of(word, kOperatorWords);
    case TokenKind::op: return word == "++" || word == "--";
    default: return false;
  }
}

// JSX text: in `don't` the quote directly after a word begins no string. No program has that.
bool CodeLexer::apostrophe_in_prose() const {
  if (language_ != Language::javascript || at_ == 0 || last_significant_ == kNoToken) return false;
  const CodeToken& last = tokens_[last_significant_];
  return last.end == at_ && last.kind == TokenKind::name && after_operand();
}

// Before Python 3.12 a field could not hold the quotes around it; since then nobody has three of them there. So they end the
// string, and a brace that was forgotten does not run on through the file.
bool CodeLexer::closes_tripled() const { return in(Frame::Kind::field) && frames_.back().tripled && at_closing_quote(); }

void CodeLexer::name() {
  const std::size_t begin = at_++;
  while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
  const bool quote_follows = at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'');
  if (quote_follows && dialect_.python_prefixes && is_prefix_of_python_string(text_.substr(begin, at_ - begin)))
    return begin_string(begin);
  push(TokenKind::name, begin, at_);
}

void CodeLexer::number() {
  const std::size_t begin = at_++;
  bool fractional = text_[begin] == '.';
  const bool hexadecimal = text_[begin] == '0' && (peek(0) == 'x' || peek(0) == 'X');
  for (; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    const char before = text_[at_ - 1];
    const bool fraction = c == '.' && !fractional && (is_code_byte(peek(1), kDigitByte) || language_ == Language::python);
    const bool exponent =
        (c == '+' || c == '-') && !hexadecimal && (before == 'e' || before == 'E') && is_code_byte(peek(1), kDigitByte);
    if (!is_code_byte(c, kNameByte) && !fraction && !exponent) break;
    fractional = fractional || fraction;
  }
  push(TokenKind::number, begin, at_);
}

void CodeLexer::op() {
  std::size_t length = is_code_byte(text_[at_], kOperatorByte) ? operator_length(text_.substr(at_, 3), language_) : 1;
  if (dialect_.python_prefixes && at("::")) length = 1;  // a slice's
  const bool begins_format = text_[at_] == ':' && dialect_.python_prefixes && in(Frame::Kind::field) &&
                             frames_.back().braces == 0 && frames_.back().brackets == 0;
  if (begins_format) length = 1;
  push(TokenKind::op, at_, at_ + length);
  at_ += length;
  if (begins_format) {
    Frame format = frames_.back();
    format.kind = Frame::Kind::format;
    frames_.push_back(format);
  }
}

void CodeLexer::open() {
  if (in(Frame::Kind::field)) ++(text_[at_] == '{' ? frames_.back().braces : frames_.back().brackets);
  push(TokenKind::open, at_, at_ + 1);
  ++at_;
}

void CodeLexer::close() {
  if (in(Frame::Kind::field)) {
    std::uint32_t& count = text_[at_] == '}' ? frames_.back().braces : frames_.back().brackets;
    if (text_[at_] == '}' && count == 0) return close_field(1);
    if (count > 0) --count;
  }
  push(TokenKind::close, at_, at_ + 1);
  ++at_;
}

}  // namespace hfscan
