// Tested by tests/unit/syntax/key_values_test.cc.
#include <algorithm>

#include "base/text.h"
#include "syntax/key_values.h"

namespace hfscan {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_name_char(char c) { return is_alnum_ascii(c) || c == '_' || c == '.' || c == '-'; }

class DotenvReader {
 public:
  explicit DotenvReader(std::string_view text) : text_(text) {}

  AssignmentFile read() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (at_ < text_.size()) {
      if (file_.assignments.size() >= kAssignmentLimit) {
        file_.gave_up = GaveUp{at_, "more entries than are read"};
        break;
      }
      entry();
      at_ = std::min(line_end() + 1, text_.size());
    }
    return std::move(file_);
  }

 private:
  [[nodiscard]] std::size_t line_end() const { return std::min(text_.find('\n', at_), text_.size()); }
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  // Leaves `at_` in the line where the entry ends.
  void entry() {
    Assignment entry;
    skip_blanks();
    entry.commented_out = peek() == '#';
    while (peek() == '#' || is_blank(peek())) ++at_;
    if (text_.substr(at_, 7) == "export " || text_.substr(at_, 7) == "export\t") {
      entry.exported = true;
      at_ += 7;
      skip_blanks();
    }
    const std::size_t begin = at_;
    while (is_name_char(peek())) ++at_;
    entry.name = text_.substr(begin, at_ - begin);
    entry.name_span = {begin, at_};
    skip_blanks();
    // In a comment `word: ...` is prose more often than an entry.
    const bool sign = peek() == '=' || (peek() == ':' && !entry.commented_out);
    if (entry.name.empty()) return;
    if (!sign) {
      if (!entry.exported || entry.commented_out || at_ < line_end()) return;
      entry.has_value = false;  // `export NAME`
    } else {
      ++at_;
      value(entry);
    }
    file_.assignments.push_back(std::move(entry));
  }

  void value(Assignment& entry) {
    skip_blanks();
    const char mark = peek();
    entry.quote = mark == '\''  ? AssignmentQuote::single_quoted
                  : mark == '"' ? AssignmentQuote::double_quoted
                  : mark == '`' ? AssignmentQuote::backtick
                                : AssignmentQuote::none;
    if (entry.quote == AssignmentQuote::none) return unquoted(entry);
    const std::size_t limit = entry.commented_out ? line_end() : std::min(text_.size(), at_ + kAssignmentQuoteLimit);
    std::size_t close = at_ + 1;
    while (close < limit && text_[close] != mark) close += text_[close] == '\\' && mark == '"' ? 2U : 1U;
    const bool closed = close < limit;
    const std::size_t end = closed ? close : line_end();
    entry.value_span = {at_, closed ? end + 1 : end};
    quoted(entry.value, at_ + 1, end, mark);
    at_ = closed ? end + 1 : end;
  }

  void quoted(MappedText& value, std::size_t begin, std::size_t end, char mark) {
    constexpr std::string_view kLetters = "nrt\"\\$";
    constexpr std::string_view kMeanings = "\n\r\t\"\\$";
    while (begin < end) {
      const std::size_t next = mark == '"' ? text_.substr(begin, end - begin).find('\\') : std::string_view::npos;
      const std::size_t escape = begin + std::min(next, end - begin);
      value.append_copied(text_.substr(begin, escape - begin), begin);
      begin = escape;
      if (begin + 1 >= end) {
        value.append_copied(text_.substr(begin, end - begin), begin);
        return;
      }
      const std::size_t letter = kLetters.find(text_[begin + 1]);
      if (letter != std::string_view::npos)
        value.append_spelled(kMeanings.substr(letter, 1), {begin, begin + 2});
      else
        value.append_copied(text_.substr(begin, 2), begin);
      begin += 2;
    }
  }

  // To the line end or a comment, which begins after a blank.
  void unquoted(Assignment& entry) {
    const std::size_t begin = at_;
    std::size_t end = begin;
    const std::size_t line = line_end();
    while (end < line && !(text_[end] == '#' && (end == begin || is_blank(text_[end - 1])))) ++end;
    at_ = end;
    while (end > begin && is_blank(text_[end - 1])) --end;
    entry.value.append_copied(text_.substr(begin, end - begin), begin);
    entry.value_span = {begin, end};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  AssignmentFile file_;
};

}  // namespace

AssignmentFile read_dotenv(std::string_view text) { return DotenvReader(text).read(); }

}  // namespace hfscan
