// The insides of strings: where a string ends, and where the code in it begins and ends.
// Tested by tests/unit/syntax/code_lexer_test.cc.
#include "syntax/code_lexer.h"

namespace hfscan {
namespace {

QuoteKind quote_kind(char quote, bool tripled) {
  if (quote == '`') return QuoteKind::backtick;
  if (quote == '"') return tripled ? QuoteKind::tripled_double : QuoteKind::double_quote;
  return tripled ? QuoteKind::tripled_single : QuoteKind::single_quote;
}

bool has_any(std::string_view prefix, std::string_view letters) {
  return prefix.find_first_of(letters) != std::string_view::npos;
}

}  // namespace

// `begin` is where the prefix stands, at_ the quote.
void CodeLexer::begin_string(std::size_t begin) {
  const char quote = text_[at_];
  const std::string_view prefix = text_.substr(begin, at_ - begin);
  const bool tripled = dialect_.tripled_quotes && peek(1) == quote && peek(2) == quote;
  at_ += tripled ? 3 : 1;
  CodeToken& token = push(TokenKind::string, begin, at_);
  token.head = static_cast<std::uint32_t>(at_ - begin);
  token.quote = quote_kind(quote, tripled);
  token.raw = has_any(prefix, "rR") || (quote == '\'' && dialect_.single_quotes_raw);
  token.bytes = has_any(prefix, "bB");
  token.interpolated = has_any(prefix, "fFtT") || quote == '`' || (quote == '"' && dialect_.double_quote_fields);
  if (!token.interpolated) return simple_string(quote, tripled);
  Frame frame;
  frame.quote = quote;
  frame.tripled = tripled;
  frame.line_bound = line_bound() || (!tripled && quote != '`');
  frame.token = last_significant_;
  frames_.push_back(frame);
}

// Steps over a backslash and what it escapes; a line end of two bytes is one.
void CodeLexer::skip_escape() {
  ++at_;
  if (at_ < text_.size()) at_ += at("\r\n") ? std::size_t{2} : std::size_t{1};
}

// A string without fields, read in one go: the last token, whose opening quote has been stepped over.
void CodeLexer::simple_string(char quote, bool tripled) {
  CodeToken& token = tokens_.back();
  const bool bound = !tripled || line_bound();
  const bool escapes = !token.raw || dialect_.python_prefixes;  // Python's r"\"" goes on after the quote
  token.unterminated = true;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == quote && (!tripled || (peek(1) == quote && peek(2) == quote))) {
      token.tail = tripled ? 3 : 1;
      token.unterminated = false;
      break;
    }
    if (bound && is_code_byte(c, kLineEndByte)) break;
    if (c == '\\' && escapes)
      skip_escape();
    else
      ++at_;
  }
  at_ += token.tail;
  token.end = static_cast<std::uint32_t>(at_);
  token.link = static_cast<std::uint32_t>(tokens_.size());
}

bool CodeLexer::at_closing_quote() const {
  const Frame& frame = frames_.back();
  if (frame.quote == '\0' || text_[at_] != frame.quote) return false;
  return !frame.tripled || (peek(1) == frame.quote && peek(2) == frame.quote);
}

// The text of a string that may have fields, up to its end or its next field.
void CodeLexer::literal_text() {
  const Frame frame = frames_.back();
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (frame.quote == '\0') {
      if (const std::size_t length = heredoc_end_here(); length > 0) return end_string(length, false);
    }
    if (at_closing_quote()) return end_string(frame.tripled ? 3 : 1, false);
    if (frame.line_bound && is_code_byte(c, kLineEndByte)) return end_line_bound_strings();
    if (c == '{' || c == '$' || c == '%') {
      if (field_start()) return;
    } else if (c == '\\' && frame.quote != '\0') {
      const bool field_next = dialect_.python_prefixes && (peek(1) == '{' || peek(1) == '}');
      if (field_next)
        ++at_;
      else if (at("\\N{") && dialect_.python_prefixes && !tokens_[frame.token].raw)
        at_ += 3;
      else
        skip_escape();
    } else {
      ++at_;
    }
  }
}

// At '{', '$' or '%' in a string: enters the field that begins here; else steps over what is none and says false.
bool CodeLexer::field_start() {
  if (dialect_.python_prefixes) {
    const bool field = text_[at_] == '{' && peek(1) != '{';
    if (field)
      open_field(1);
    else
      at_ += at("{{") ? std::size_t{2} : std::size_t{1};
    return field;
  }
  const bool directive = dialect_.heredocs && text_[at_] == '%';
  if ((text_[at_] == '$' || directive) && peek(1) == '{') {
    open_field(2);
    return true;
  }
  if (dialect_.heredocs && (at("$${") || at("%%{"))) {
    at_ += 3;
    return false;
  }
  if (dialect_.dollar_names && text_[at_] == '$' && dollar_name()) return true;
  ++at_;
  return false;
}

// Groovy's "$name" and "$name.property": a field without an end of its own.
bool CodeLexer::dollar_name() {
  if (!is_code_byte(peek(1), kNameStartByte)) return false;
  open_field(1);
  for (;;) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_code_byte(text_[at_], kNameByte)) ++at_;
    push(TokenKind::name, begin, at_);
    if (peek(0) != '.' || !is_code_byte(peek(1), kNameStartByte)) break;
    push(TokenKind::op, at_, at_ + 1);
    ++at_;
  }
  close_field(0);
  return true;
}

void CodeLexer::open_field(std::size_t length) {
  push(TokenKind::field_open, at_, at_ + length).head = frames_.back().token;
  at_ += length;
  Frame field = frames_.back();
  field.kind = Frame::Kind::field;
  field.braces = field.brackets = 0;
  frames_.push_back(field);
}

void CodeLexer::close_field(std::size_t length) {
  push(TokenKind::field_close, at_, at_ + length).head = frames_.back().token;
  at_ += length;
  frames_.pop_back();
}

// f"{x:>{width}}": text with fields in it, up to the brace that ends the field around it.
void CodeLexer::format_text() {
  while (at_ < text_.size()) {
    if (at_closing_quote()) return end_string(frames_.back().tripled ? 3 : 1, false);
    if (line_bound() && is_code_byte(text_[at_], kLineEndByte)) return end_line_bound_strings();
    if (text_[at_] == '{') return open_field(1);
    if (text_[at_] == '}') {
      frames_.pop_back();
      return close_field(1);
    }
    ++at_;
  }
}

// Ends the innermost string, with every field that is still open in it, `tail` bytes from here.
void CodeLexer::end_string(std::size_t tail, bool unterminated) {
  const std::uint32_t index = frames_.back().token;
  for (bool ended = false; !ended; frames_.pop_back()) {
    if (in(Frame::Kind::field)) push(TokenKind::field_close, at_, at_).head = index;
    ended = in(Frame::Kind::string);
  }
  at_ += tail;
  CodeToken& token = tokens_[index];
  token.end = static_cast<std::uint32_t>(at_);
  token.tail = static_cast<std::uint32_t>(tail);
  token.unterminated = unterminated;
  token.link = static_cast<std::uint32_t>(tokens_.size());
  last_significant_ = index;
}

void CodeLexer::end_line_bound_strings() {
  while (line_bound()) end_string(0, true);
}

// At '<' in HCL: <<NAME or <<-NAME and the line's end begin a here-document. One without an end goes to the end of the text.
bool CodeLexer::heredoc() {
  if (peek(1) != '<' || line_bound()) return false;
  std::size_t i = at_ + (peek(2) == '-' ? 3 : 2);
  const std::size_t begin = i;
  while (i < text_.size() && is_name_byte(text_[i])) ++i;
  if (i == begin || i == text_.size() || !is_code_byte(text_[i], kLineEndByte)) return false;
  const std::string_view delimiter = text_.substr(begin, i - begin);
  i += text_.substr(i, 2) == "\r\n" ? std::size_t{2} : std::size_t{1};
  CodeToken& token = push(TokenKind::string, at_, i);
  token.head = static_cast<std::uint32_t>(i - at_);
  token.quote = QuoteKind::heredoc;
  token.raw = token.interpolated = true;
  at_ = i;
  Frame frame;
  frame.delimiter = delimiter;
  frame.token = last_significant_;
  frames_.push_back(frame);
  return true;
}

// Length of the line that ends the here-document, without its line end, when that line begins here; else 0.
std::size_t CodeLexer::heredoc_end_here() const {
  const bool line_start = is_code_byte(text_[at_ - 1], kLineEndByte);
  if (!line_start) return 0;
  std::size_t i = at_;
  while (i < text_.size() && (text_[i] == ' ' || text_[i] == '\t')) ++i;
  const std::string_view delimiter = frames_.back().delimiter;
  if (text_.substr(i, delimiter.size()) != delimiter) return 0;
  i += delimiter.size();
  return i == text_.size() || is_code_byte(text_[i], kLineEndByte) ? i - at_ : 0;
}

}  // namespace hfscan
