// Tested by tests/unit/syntax/key_values_test.cc.
#include <algorithm>

#include "base/text.h"
#include "syntax/key_values.h"

namespace hfscan {
namespace {

constexpr std::string_view kBlanks = " \t\r\f";

bool is_blank(char c) { return kBlanks.find(c) != std::string_view::npos; }

class IniReader {
 public:
  IniReader(std::string_view text, IniFlavour flavour) : text_(text), flavour_(flavour) {}

  AssignmentFile read() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size()) {
      if (file_.assignments.size() + file_.sections.size() >= kAssignmentLimit) {
        file_.gave_up = GaveUp{at_, "more entries than are read"};
        break;
      }
      line();
      at_ = std::min(line_end() + 1, text_.size());
    }
    return std::move(file_);
  }

 private:
  [[nodiscard]] std::size_t line_end() const { return std::min(text_.find('\n', at_), text_.size()); }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skip_blanks() {
    while (is_blank(peek())) ++at_;
  }

  // Every branch leaves `at_` in the last line that it took.
  void line() {
    const std::size_t begin = at_;
    skip_blanks();
    const char first = peek();
    if (first == '\n' || first == '\0') {
      can_go_on_ = can_go_on_ && first == '\0';
      return;
    }
    if (first == '#' || (first == ';' && flavour_ != IniFlavour::properties) ||
        (first == '!' && flavour_ == IniFlavour::properties))
      return;
    if (first == '[' && flavour_ != IniFlavour::properties) return section();
    if (flavour_ == IniFlavour::plain && at_ > begin && can_go_on_) return indented_line();
    key();
  }

  // git allows a key behind the bracket, in the same line.
  void section() {
    const std::size_t begin = at_++;
    AssignmentSection section;
    std::size_t end = at_;
    const std::size_t line = line_end();
    char quote = '\0';
    while (end < line && (text_[end] != ']' || quote != '\0')) {
      const bool escape = quote != '\0' && text_[end] == '\\' && end + 1 < line;
      if (escape) ++end;
      if (!escape && text_[end] == '"' && flavour_ == IniFlavour::git) {
        quote = quote == '\0' ? '"' : '\0';
      } else {
        (quote == '\0' ? section.name : section.subsection).push_back(text_[end]);
      }
      ++end;
    }
    section.name = trim(section.name);
    at_ = std::min(end + 1, line);
    section.span = {begin, at_};
    file_.sections.push_back(std::move(section));
    can_go_on_ = false;
    skip_blanks();
    if (flavour_ == IniFlavour::git && std::string_view("\n#;").find(peek()) == std::string_view::npos && at_ < text_.size())
      key();
  }

  void key() {
    const bool properties = flavour_ == IniFlavour::properties;
    const std::string_view signs = properties ? "=: \t" : flavour_ == IniFlavour::plain ? "=:" : "=";
    Assignment entry;
    const std::size_t begin = at_;
    const std::size_t line = line_end();
    while (at_ < line && signs.find(text_[at_]) == std::string_view::npos) at_ += properties && text_[at_] == '\\' ? 2U : 1U;
    at_ = std::min(at_, line);
    std::size_t end = at_;
    while (end > begin && is_blank(text_[end - 1])) --end;
    entry.name = text_.substr(begin, end - begin);
    entry.name_span = {begin, end};
    if (!file_.sections.empty()) entry.section = static_cast<std::uint32_t>(file_.sections.size() - 1);
    skip_blanks();
    const bool sign = peek() == '=' || (peek() == ':' && signs.size() > 1);
    if (sign) ++at_;
    skip_blanks();
    entry.has_value = sign || (properties && peek() != '\n' && peek() != '\0');
    entry.value_span = {at_, at_};
    if (entry.has_value) value(entry);
    can_go_on_ = entry.has_value;
    file_.assignments.push_back(std::move(entry));
  }

  void value(Assignment& entry) {
    switch (flavour_) {
      case IniFlavour::plain: return plain_value(entry);
      case IniFlavour::git: return git_value(entry);
      default: return continued_value(entry);
    }
  }

  // End of the current line without the blanks before its end.
  [[nodiscard]] std::size_t content_end() const {
    std::size_t end = line_end();
    while (end > at_ && is_blank(text_[end - 1])) --end;
    return end;
  }

  void plain_value(Assignment& entry) {
    const std::size_t end = content_end();
    const char mark = peek();
    const bool quoted = (mark == '"' || mark == '\'') && end > at_ + 1 && text_[end - 1] == mark;
    if (quoted) entry.quote = mark == '"' ? AssignmentQuote::double_quoted : AssignmentQuote::single_quoted;
    const std::size_t inset = quoted ? 1 : 0;
    entry.value.append_copied(text_.substr(at_ + inset, end - at_ - 2 * inset), at_ + inset);
    entry.value_span = {at_, end};
    at_ = end;
  }

  // configparser: belongs to the value of the line before.
  void indented_line() {
    Assignment& entry = file_.assignments.back();
    const std::size_t end = content_end();
    entry.value.append_spelled("\n", {entry.value_span.end, at_});
    entry.value.append_copied(text_.substr(at_, end - at_), at_);
    entry.value_span.end = end;
    at_ = end;
  }

  void git_value(Assignment& entry) {
    constexpr std::string_view kLetters = "nbt\"\\";
    constexpr std::string_view kMeanings = "\n\b\t\"\\";
    entry.value_span.begin = at_;
    bool in_quotes = false;
    std::size_t end = at_;  // of what counts: blanks before the line end do not
    std::size_t pending = at_;
    for (; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      const char c = text_[at_];
      if (!in_quotes && (c == '#' || c == ';')) break;
      if (!in_quotes && is_blank(c)) continue;
      if (pending < at_) entry.value.append_copied(text_.substr(pending, at_ - pending), pending);
      if (c == '"') {
        in_quotes = !in_quotes;
      } else if (c != '\\') {
        entry.value.append_copied(text_.substr(at_, 1), at_);
      } else if (at_ + 1 < text_.size()) {
        at_ += text_.substr(at_ + 1).starts_with("\r\n") ? 2U : 1U;
        const std::size_t letter = kLetters.find(text_[at_]);
        if (letter != std::string_view::npos) entry.value.append_spelled(kMeanings.substr(letter, 1), {at_ - 1, at_ + 1});
      }
      pending = at_ + 1;
      end = at_ + 1;
    }
    entry.value_span.end = end;
  }

  // systemd and .properties: a backslash at the line end goes on.
  void continued_value(Assignment& entry) {
    const bool properties = flavour_ == IniFlavour::properties;
    entry.value_span.begin = at_;
    while (true) {
      std::size_t end = line_end();
      if (end > at_ && text_[end - 1] == '\r') --end;
      std::size_t slashes = 0;
      while (slashes < end - at_ && text_[end - 1 - slashes] == '\\') ++slashes;
      const bool goes_on = slashes % 2 == 1 && line_end() < text_.size();
      const std::size_t content = goes_on ? end - 1 : properties ? end : content_end();
      append_content(entry.value, at_, content);
      entry.value_span.end = std::max(content, at_);
      if (!goes_on) break;
      const std::size_t mark = content;
      at_ = line_end() + 1;
      if (!properties) skip_comments();
      skip_blanks();
      if (!properties) entry.value.append_spelled(" ", {mark, mark + 1});
    }
    at_ = std::max(at_, static_cast<std::size_t>(entry.value_span.end));
  }

  void skip_comments() {
    while (peek() == '#' || peek() == ';') at_ = std::min(line_end() + 1, text_.size());
  }

  void append_content(MappedText& value, std::size_t begin, std::size_t end) {
    constexpr std::string_view kLetters = "nrtf";
    constexpr std::string_view kMeanings = "\n\r\t\f";
    while (begin < end) {
      const bool escapes = flavour_ == IniFlavour::properties;
      const std::size_t next = escapes ? text_.substr(begin, end - begin).find('\\') : std::string_view::npos;
      const std::size_t escape = begin + std::min(next, end - begin);
      value.append_copied(text_.substr(begin, escape - begin), begin);
      begin = escape;
      if (begin + 1 >= end) return;
      const std::size_t letter = kLetters.find(text_[begin + 1]);
      if (letter != std::string_view::npos)
        value.append_spelled(kMeanings.substr(letter, 1), {begin, begin + 2});
      else
        value.append_spelled(text_.substr(begin + 1, 1), {begin, begin + 2});
      begin += 2;
    }
  }

  std::string_view text_;
  IniFlavour flavour_;
  std::size_t at_ = 0;
  bool can_go_on_ = false;  // an indented line belongs to the last entry
  AssignmentFile file_;
};

}  // namespace

AssignmentFile read_ini(std::string_view text, IniFlavour flavour) { return IniReader(text, flavour).read(); }

std::vector<Assignment> systemd_environment(const MappedText& value) {
  std::vector<Assignment> entries;
  const std::string_view text = value.text;
  for (std::size_t at = text.find_first_not_of(kBlanks); at < text.size() && entries.size() < kAssignmentLimit;
       at = text.find_first_not_of(kBlanks, at)) {
    const std::size_t begin = at;
    MappedText item;
    char quote = '\0';
    for (; at < text.size() && (quote != '\0' || !is_blank(text[at])); ++at) {
      const char c = text[at];
      if (c == quote || (quote == '\0' && (c == '"' || c == '\''))) {
        quote = quote == '\0' ? c : '\0';
      } else {
        if (c == '\\' && at + 1 < text.size()) ++at;
        item.append_copied(text.substr(at, 1), at);
      }
    }
    const std::size_t sign = item.text.find('=');
    if (sign == std::string::npos) continue;
    Assignment entry;
    const ByteSpan name = item.map.to_parent({0, sign});
    const ByteSpan content = item.map.to_parent({sign + 1, item.text.size()});
    entry.name = text.substr(name.begin, name.size());
    entry.name_span = value.map.to_parent(name);
    entry.value_span = value.map.to_parent({content.begin, at});
    if (text[begin] == '"' || text[begin] == '\'')
      entry.quote = text[begin] == '"' ? AssignmentQuote::double_quoted : AssignmentQuote::single_quoted;
    for (std::size_t i = sign + 1; i < item.text.size(); ++i)
      entry.value.append_copied(std::string_view(item.text).substr(i, 1), item.map.to_parent({i, i + 1}).begin);
    entry.value.map = entry.value.map.through(value.map);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace hfscan
