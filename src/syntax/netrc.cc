// Tested by tests/unit/syntax/netrc_test.cc.
#include "syntax/netrc.h"

#include <algorithm>

namespace hfscan {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";

struct Token {
  std::string_view text;
  ByteSpan span;  // without quotes
};

class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  // Nothing at the end.
  std::optional<Token> next() {
    while (true) {
      at_ = std::min(text_.find_first_not_of(kBlanks, at_), text_.size());
      if (at_ == text_.size()) return std::nullopt;
      if (text_[at_] != '#') break;
      at_ = std::min(text_.find('\n', at_), text_.size());
    }
    if (text_[at_] == '"') return quoted();
    return take(std::min(text_.find_first_of(kBlanks, at_), text_.size()));
  }

  // A password may begin with '#'.
  std::optional<Token> next_value() {
    at_ = std::min(text_.find_first_not_of(kBlanks, at_), text_.size());
    if (at_ == text_.size()) return std::nullopt;
    return text_[at_] == '"' ? quoted() : take(std::min(text_.find_first_of(kBlanks, at_), text_.size()));
  }

  void skip_macro() {
    while (at_ < text_.size()) {
      const std::size_t line = std::min(text_.find('\n', at_), text_.size());
      at_ = std::min(line + 1, text_.size());
      const std::size_t next = std::min(text_.find('\n', at_), text_.size());
      if (text_.substr(at_, next - at_).find_first_not_of(" \t\r") == std::string_view::npos) return;
    }
  }

 private:
  Token take(std::size_t end) {
    const Token token{text_.substr(at_, end - at_), {at_, end}};
    at_ = end;
    return token;
  }
  // Up to the closing quote in the same line; without one, to its end.
  Token quoted() {
    ++at_;
    std::size_t close = at_;
    while (close < text_.size() && text_[close] != '"' && text_[close] != '\n') {
      const bool escape = text_[close] == '\\' && close + 1 < text_.size() && text_[close + 1] != '\n';
      close += escape ? 2U : 1U;
    }
    const Token token = take(close);
    if (at_ < text_.size() && text_[at_] == '"') ++at_;
    return token;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

void set_field(NetrcEntry& entry, std::string_view keyword, const Token& value) {
  if (keyword == "login" || keyword == "user") entry.login = value.text;
  if (keyword == "account") entry.account = value.text;
  if (keyword == "password") {
    entry.password = value.text;
    entry.password_span = value.span;
  }
  entry.span.end = value.span.end;
}

}  // namespace

NetrcFile read_netrc(std::string_view text) {
  NetrcFile file;
  Tokens tokens(text);
  while (const std::optional<Token> token = tokens.next()) {
    if (file.entries.size() >= kNetrcEntryLimit) {
      file.gave_up = GaveUp{token->span.begin, "more entries than are read"};
      break;
    }
    if (token->text == "macdef") {
      tokens.skip_macro();
    } else if (token->text == "default") {
      file.entries.emplace_back().span = token->span;
    } else if (token->text == "machine") {
      const std::optional<Token> name = tokens.next_value();
      NetrcEntry& entry = file.entries.emplace_back();
      entry.span = {token->span.begin, name ? name->span.end : token->span.end};
      if (name) entry.machine = name->text;
    } else if (token->text == "login" || token->text == "user" || token->text == "password" || token->text == "account") {
      const std::optional<Token> value = tokens.next_value();
      if (value && !file.entries.empty()) set_field(file.entries.back(), token->text, *value);
    }
  }
  return file;
}

}  // namespace hfscan
