// Tested by tests/unit/syntax/gha_expression_test.cc.
#include "syntax/gha_expression.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"

namespace hfscan {
namespace {

bool is_name_start(char c) { return c == '_' || (is_alnum_ascii(c) && (c < '0' || c > '9')); }
bool is_name(char c) { return is_alnum_ascii(c) || c == '_' || c == '-'; }

// Behind the closing quote of the string that opens at `at`; a doubled quote is one of its characters. npos: it is not closed.
std::size_t string_end(std::string_view text, std::size_t at) {
  for (std::size_t quote = text.find('\'', at + 1); quote != std::string_view::npos; quote = text.find('\'', quote + 2)) {
    if (text.substr(quote + 1, 1) != "'") return quote + 1;
  }
  return std::string_view::npos;
}

// Where the `}}` of an expression stands whose body begins at `at`, or npos.
std::size_t expression_close(std::string_view text, std::size_t at) {
  for (at = text.find_first_of("'}", at); at < text.size(); at = text.find_first_of("'}", at)) {
    if (text.substr(at, 2) == "}}") return at;
    at = text[at] == '\'' ? string_end(text, at) : at + 1;
  }
  return std::string_view::npos;
}

class ReferenceReader {
 public:
  ReferenceReader(std::string_view body, std::uint64_t offset) : body_(body), offset_(offset) {}

  std::vector<GhaReference> read() {
    char before = ' ';  // the last character that is no blank
    while (at_ < body_.size()) {
      const char c = body_[at_];
      if (c == '\'') {
        at_ = std::min(string_end(body_, at_), body_.size());
      } else if (is_name_start(c) && before != '.') {
        read_name();
      } else if (is_name(c)) {
        skip_name();
      } else {
        ++at_;
      }
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r') before = c;
    }
    return std::move(references_);
  }

 private:
  void skip_name() {
    while (at_ < body_.size() && is_name(body_[at_])) ++at_;
  }
  void skip_blanks() { at_ = std::min(body_.find_first_not_of(" \t\r\n", at_), body_.size()); }
  [[nodiscard]] bool at(char c) const { return at_ < body_.size() && body_[at_] == c; }

  // A name that begins a chain: a context, a function or a literal.
  void read_name() {
    const std::size_t begin = at_;
    skip_name();
    GhaReference reference;
    reference.context = to_lower_ascii(body_.substr(begin, at_ - begin));
    std::size_t end = at_;
    skip_blanks();
    const bool literal = reference.context == "true" || reference.context == "false" || reference.context == "null";
    if (at('(') || literal) return;
    while (read_member(reference.path)) {
      end = at_;
      skip_blanks();
    }
    reference.span = {offset_ + begin, offset_ + std::max(end, member_end_)};
    references_.push_back(std::move(reference));
  }

  // `.name`, `.*`, `['name']`, `[*]`; whether more may follow. What computes an index is left to be read on its own.
  bool read_member(std::string& path) {
    if (at('.')) {
      ++at_;
      skip_blanks();
      const std::size_t begin = at_;
      at('*') ? static_cast<void>(++at_) : skip_name();
      append(path, body_.substr(begin, at_ - begin));
      return at_ != begin;
    }
    if (!at('[')) return false;
    ++at_;
    skip_blanks();
    if (!at('\'')) return read_computed(path);
    return read_quoted_member(path);
  }

  bool read_quoted_member(std::string& path) {
    const std::size_t begin = at_;
    const std::size_t end = string_end(body_, begin);
    if (end == std::string_view::npos) return false;
    at_ = end;
    skip_blanks();
    if (!at(']')) {  // an operator follows: the index is computed
      at_ = begin;
      return read_computed(path);
    }
    ++at_;
    append(path, body_.substr(begin + 1, end - begin - 2));
    return true;
  }

  bool read_computed(std::string& path) {
    append(path, "*");
    if (!at('*')) {
      member_end_ = at_;
      return false;
    }
    ++at_;
    skip_blanks();
    if (at(']')) ++at_;
    return true;
  }

  static void append(std::string& path, std::string_view name) {
    if (!path.empty() && !name.empty()) path += '.';
    path += name;
  }

  std::string_view body_;
  std::uint64_t offset_;
  std::size_t at_ = 0;
  std::size_t member_end_ = 0;  // behind the bracket that opens a computed index
  std::vector<GhaReference> references_;
};

}  // namespace

std::vector<GhaExpression> find_expressions(std::string_view text) {
  std::vector<GhaExpression> found;
  constexpr std::string_view kOpen = "${{";
  bool quotes_count = true;
  for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, at)) {
    const std::size_t body = at + kOpen.size();
    std::size_t close = quotes_count ? expression_close(text, body) : std::string_view::npos;
    if (close == std::string_view::npos) {  // looked through to the end: do that once, and mistrust the quotes from here on
      quotes_count = false;
      close = text.find("}}", body);
    }
    if (close == std::string_view::npos) break;
    found.push_back({{at, close + 2}, {body, close}});
    at = close + 2;
  }
  return found;
}

std::vector<GhaReference> references_of_expression(std::string_view body, std::uint64_t offset) {
  return ReferenceReader(body, offset).read();
}

std::vector<GhaReference> find_references(std::string_view text) {
  std::vector<GhaReference> all;
  for (const GhaExpression& expression : find_expressions(text)) {
    const std::string_view body =
        text.substr(static_cast<std::size_t>(expression.body.begin), static_cast<std::size_t>(expression.body.size()));
    std::vector<GhaReference> references = references_of_expression(body, expression.body.begin);
    std::move(references.begin(), references.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace hfscan
