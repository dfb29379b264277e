// The state of lex_code (code_token.h). In a header of its own because its two halves stand in two files: code_lexer.cc steps
// through code, code_strings.cc through the insides of strings.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax/code_dialect.h"
#include "syntax/code_token.h"

namespace hfscan {

class CodeLexer {
 public:
  CodeLexer(std::string_view text, Language language);
  LexedCode run();

 private:
  // What the lexer stands in, outermost first; empty in plain code. A field lies in a string or in a format, a format (the part
  // after the colon in f"{x:>8}") in a field.
  struct Frame {
    enum class Kind : std::uint8_t { string, field, format };
    Kind kind = Kind::string;
    char quote = 0;              // of the innermost string
    bool tripled = false;        // of the innermost string
    bool line_bound = false;     // ends with the line: a string of one line lies around
    std::uint32_t token = 0;     // of the innermost string
    std::uint32_t braces = 0;    // open in this field
    std::uint32_t brackets = 0;  // ( and [ open in this field
    std::string_view delimiter;  // of a here-document
  };

  // code_lexer.cc
  void code();
  void line_end();
  void comment(std::size_t end);
  bool comment_or_slash();
  bool block_comment();
  bool slash_string(std::size_t end, QuoteKind quote, std::uint32_t quote_length);
  void name();
  void number();
  void op();
  void open();
  void close();
  [[nodiscard]] bool closes_tripled() const;
  [[nodiscard]] bool after_operand() const;
  [[nodiscard]] bool apostrophe_in_prose() const;
  [[nodiscard]] std::size_t regex_end() const;
  bool dollar_slashy();

  // code_strings.cc
  void begin_string(std::size_t begin);
  void simple_string(char quote, bool tripled);
  void skip_escape();
  void literal_text();
  bool field_start();
  bool dollar_name();
  void open_field(std::size_t length);
  void close_field(std::size_t length);
  void format_text();
  bool heredoc();
  void end_string(std::size_t tail, bool unterminated);
  void end_line_bound_strings();

  CodeToken& push(TokenKind kind, std::size_t begin, std::size_t end);
  [[nodiscard]] bool at(std::string_view wanted) const { return text_.substr(at_, wanted.size()) == wanted; }
  [[nodiscard]] char peek(std::size_t ahead) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  [[nodiscard]] bool in(Frame::Kind kind) const { return !frames_.empty() && frames_.back().kind == kind; }
  [[nodiscard]] bool at_closing_quote() const;
  [[nodiscard]] std::size_t heredoc_end_here() const;
  [[nodiscard]] bool line_bound() const { return !frames_.empty() && frames_.back().line_bound; }
  [[nodiscard]] bool is_name_byte(char c) const;
  [[nodiscard]] std::size_t line_end_from(std::size_t position) const;

  std::string_view text_;
  Language language_;
  CodeDialect dialect_;
  std::size_t at_ = 0;
  std::vector<CodeToken> tokens_;
  std::vector<Frame> frames_;
  std::uint32_t last_significant_ = kNoToken;  // neither comment nor line end
  std::size_t no_regex_before_ = 0;            // a search up to here has failed: keeps a line of slashes linear
  bool no_dollar_slashy_ = false;              // a search up to the end has failed
};

}  // namespace hfscan
