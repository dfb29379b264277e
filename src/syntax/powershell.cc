// Tested by tests/unit/syntax/windows_shell_test.cc.
#include <algorithm>

#include "base/text.h"
#include "syntax/windows_reader.h"
#include "syntax/windows_shell.h"

namespace hfscan {
namespace {

bool is_name(char c) { return is_alnum_ascii(c) || c == '_' || c == ':'; }

class PowershellReader : private WindowsReader {
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
    if (c == '`' && (peek(1) == '\n' || is_at("`\r\n"))) {
      at_ += peek(1) == '\n' ? 2U : 3U;
    } else if (c == '#') {
      comment(find("\n", at_));
    } else if (is_at("<#")) {
      comment(std::min(find("#>", at_) + 2, text_.size()));
    } else if (c == '|' && peek(1) != '|') {
      ++at_;
      pipe();
    } else if (std::string_view("\n;(){}|").find(c) != std::string_view::npos || is_at("&&")) {
      end_command();
      at_ += is_at("&&") || is_at("||") ? 2U : 1U;
    } else if (std::string_view(" \t\r&,").find(c) != std::string_view::npos) {
      ++at_;  // blanks, the call operator, the separator of lists
    } else if (c == '>') {
      begin_redirection(peek(1) == '>' ? 2U : 1U);
    } else {
      word();
    }
  }

  void word() {
    begin_word();
    const std::size_t begin = at_;
    while (!at_end() && std::string_view(" \t\r\n;|(){},>").find(peek()) == std::string_view::npos) {
      if (peek() == '=' && at_ > begin && text_[begin] == '$') break;
      word_character(begin);
    }
    const ShellWord found = end_word();
    if (at_ == begin) ++at_;
    if (!pending_name_.empty()) {
      script_.assignments.push_back({found, std::exchange(pending_name_, {}), 0});
      command().span.end = found.span.end;
    } else if (!begins_assignment(found)) {
      place(found);
    }
  }

  void word_character(std::size_t begin) {
    const char c = peek();
    const bool here_string = c == '@' && at_ == begin && (peek(1) == '"' || peek(1) == '\'');
    if (here_string) return read_here_string();
    if (c == '\'') return single_quote();
    if (c == '"') return double_quote();
    if (c == '$') return dollar(text_.size());
    if (c == '`' && at_ + 1 < text_.size()) {
      skip(1);
      if (peek() == '\n' || peek() == '\r') return;
    }
    ++at_;
  }

  // A word `$name` before `=` is the target of an assignment.
  bool begins_assignment(const ShellWord& target) {
    const std::string_view name = target.text;
    if (word_count() > 0 || !name.starts_with('$') || target.part_count != 1) return false;
    std::size_t sign = at_;
    while (sign < text_.size() && (text_[sign] == ' ' || text_[sign] == '\t')) ++sign;
    if (sign >= text_.size() || text_[sign] != '=' || text_.substr(sign, 2) == "==") return false;
    pending_name_ = script_.parts.back().name;
    at_ = sign + 1;
    while (peek() == ' ' || peek() == '\t') ++at_;
    if (peek() == '\n' || peek() == '\r' || at_end() || peek() == '(') pending_name_ = {};
    return true;
  }

  void single_quote() {
    quote(1, ShellQuote::single_quoted);
    while (!at_end()) {
      at_ = find("'", at_);
      if (peek(1) != '\'' || at_end()) break;
      ++at_;
      skip(1);
    }
    close_quote(1);
  }

  void double_quote() {
    quote(1, ShellQuote::double_quoted);
    while (!at_end() && peek() != '"') string_character(text_.size());
    close_quote(1);
  }

  void string_character(std::size_t end) {
    if (peek() == '$') return dollar(end);
    const bool doubled = is_at("`") && at_ + 1 < end;
    if (doubled) skip(1);
    ++at_;
  }

  void close_quote(std::size_t length) { quote(std::min(length, text_.size() - at_), ShellQuote::none); }

  // @" and @' at a line end, to "@ and '@ at the start of a line.
  void read_here_string() {
    const bool expanded = peek(1) == '"';
    const std::size_t line = std::min(text_.find_first_not_of(" \t\r", at_ + 2), text_.size());
    if (line < text_.size() && text_[line] != '\n') {
      ++at_;
      return;
    }
    const std::size_t close = find(expanded ? "\n\"@" : "\n'@", std::min(line, text_.size()));
    quote(std::min(line + 1, text_.size()) - at_, expanded ? ShellQuote::double_quoted : ShellQuote::single_quoted);
    while (at_ < close && expanded) string_character(close);
    at_ = std::max(at_, close);
    close_quote(3);
  }

  // $name $env:NAME ${env:NAME}
  void dollar(std::size_t limit) {
    const bool braces = peek(1) == '{';
    const std::size_t begin = at_ + (braces ? 2 : 1);
    std::size_t end = begin;
    while (end < limit && is_name(text_[end])) ++end;
    if (!braces && end > begin && text_[end - 1] == ':') --end;
    if (end == begin || (braces && (end >= limit || text_[end] != '}'))) {
      ++at_;
      return;
    }
    variable(braces ? end + 1 : end, text_.substr(begin, end - begin), {});
  }

  std::string_view pending_name_;
};

}  // namespace

ShellScript read_powershell(std::string_view text) { return PowershellReader(text).read(); }

}  // namespace hfscan
