// Tested by tests/unit/syntax/windows_shell_test.cc.
#include <algorithm>

#include "base/text.h"
#include "syntax/windows_reader.h"
#include "syntax/windows_shell.h"

namespace hfscan {
namespace {

// cmd.exe takes lines of 8191 characters; a percent sign whose twin is further away stands for itself.
constexpr std::size_t kLongestVariable = 260;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

class BatchReader : private WindowsReader {
 public:
  using WindowsReader::WindowsReader;

  ShellScript read() {
    while (!at_end()) step();
    end_command();
    return std::move(script_);
  }

 private:
  void step() {
    const char c = peek();
    if (is_blank(c) || (c == '@' && word_count() == 0)) {
      ++at_;
    } else if (is_at("^\n") || is_at("^\r\n")) {
      at_ += peek(1) == '\n' ? 2U : 3U;
    } else if (word_count() == 0 && is_comment()) {
      comment(find("\n", at_));
    } else if (c == '|' && peek(1) != '|') {
      ++at_;
      pipe();
    } else if (std::string_view("\n&()|").find(c) != std::string_view::npos) {
      end_command();
      ++at_;
    } else if (c == '>' || c == '<') {
      begin_redirection(peek(1) == '>' ? 2U : 1U);
    } else {
      word(" \t\r\n&|()<>");
    }
  }

  [[nodiscard]] bool is_comment() const {
    if (is_at("::")) return true;
    const std::string_view word = text_.substr(at_, 3);
    return word.size() == 3 && to_lower_ascii(word) == "rem" && (is_blank(peek(3)) || peek(3) == '\n' || peek(3) == '\0');
  }

  void word(std::string_view ends) {
    begin_word();
    bool quoted = false;
    while (!at_end() && peek() != '\n' && (quoted || ends.find(peek()) == std::string_view::npos)) word_character(quoted);
    const ShellWord found = end_word();
    const bool is_set = word_count() == 0 && to_lower_ascii(found.text) == "set";
    place(found);
    if (is_set) set_value();
  }

  void word_character(bool& quoted) {
    const char c = peek();
    if (c == '"') {
      quoted = !quoted;
      quote(1, quoted ? ShellQuote::double_quoted : ShellQuote::none);
    } else if (c == '^' && !quoted && at_ + 1 < text_.size() && peek(1) != '\n' && peek(1) != '\r') {
      skip(1);
      ++at_;
    } else if (c == '%' || c == '!') {
      variable_reference(c);
    } else {
      ++at_;
    }
  }

  // %NAME% %NAME:~0,4% !NAME!
  void variable_reference(char mark) {
    const std::string_view rest = text_.substr(at_ + 1, kLongestVariable);
    const std::size_t close = rest.find_first_of(mark == '%' ? "%\n" : "!\n");
    const std::string_view inner = rest.substr(0, close);
    const std::string_view name = inner.substr(0, inner.find(':'));
    const bool is_name = !name.empty() && name.find_first_of(" \t\"\\/%!") == std::string_view::npos;
    if (close == std::string_view::npos || rest[close] != mark || !is_name) {
      ++at_;
      return;
    }
    variable(at_ + close + 2, name, inner.substr(name.size()));
  }

  // Behind `set`: options, then NAME=value to the end of the command.
  void set_value() {
    while (is_blank(peek())) ++at_;
    while (peek() == '/') {
      word(" \t\r\n&|()<>");
      while (is_blank(peek())) ++at_;
    }
    if (at_end() || std::string_view("\n&|()<>").find(peek()) != std::string_view::npos) return;
    const std::size_t begin = at_;
    begin_word();
    bool quoted = false;
    while (!at_end() && peek() != '\n' && (quoted || std::string_view("\r&|<>").find(peek()) == std::string_view::npos)) {
      if (text_[begin] == '"' && at_ > begin && !quoted) break;
      word_character(quoted);
    }
    const ShellWord found = end_word();
    const std::size_t sign = found.text.find('=');
    if (sign == std::string_view::npos || sign == 0) return place(found);
    const ByteSpan name = found.place_of({0, sign});
    script_.assignments.push_back({found, trim(text_.substr(name.begin, name.size())), sign + 1});
    command().span.end = found.span.end;
  }
};

}  // namespace

ShellScript read_batch(std::string_view text) { return BatchReader(text).read(); }

}  // namespace hfscan
