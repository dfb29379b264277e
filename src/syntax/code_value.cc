// Tested by tests/unit/syntax/code_value_test.cc.
#include "syntax/code_value.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "syntax/escapes.h"

namespace hfscan {
namespace {

EscapeDialect escapes_of(const CodeTree& tree, const CodeToken& token) {
  if (token.raw) return EscapeDialect::none;
  switch (tree.language) {
    case Language::python: return token.bytes ? EscapeDialect::python_bytes : EscapeDialect::python;
    case Language::javascript: return EscapeDialect::javascript;
    case Language::groovy: return EscapeDialect::groovy;
    case Language::json: return EscapeDialect::json;
    default: return EscapeDialect::hcl;
  }
}

bool opens_parenthesis(const CodeTree& tree, std::uint32_t token) {
  return tree.tokens[token].kind == TokenKind::open && tree.text[tree.tokens[token].begin] == '(';
}

// Appends the strings of the range; false when there is something else.
bool append_strings(const CodeTree& tree, TokenRange range, MappedText& out) {
  bool found = false;
  for (std::uint32_t token = range.begin; token < range.end; token = tree.next(token)) {
    const CodeToken& part = tree.tokens[token];
    switch (part.kind) {
      case TokenKind::string:
        append_unescaped(out, tree.spelled(part.value()), part.value().begin, escapes_of(tree, part));
        found = true;
        break;
      case TokenKind::comment:
      case TokenKind::line_end: break;
      default:
        if (!tree.is(token, "+")) return false;
    }
  }
  return found;
}

class CodeViewWriter {
 public:
  CodeViewWriter(const CodeTree& tree, ByteSpan span) : tree_(tree), span_(span), out_(tree.spelled(span)) {}

  std::string write() {
    const auto count = static_cast<std::uint32_t>(tree_.tokens.size());
    for (std::uint32_t token = first_token(); token < count && tree_.tokens[token].begin < span_.end; ++token) step(token);
    while (!strings_.empty()) end_string();
    return std::move(out_);
  }

 private:
  // The token before the span (it may reach in), or the outermost string in whose field or text the span begins.
  std::uint32_t first_token() const {
    const std::uint32_t after = tree_.token_from(span_.begin);
    if (after == 0) return 0;
    std::uint32_t first = after - 1;
    const CodeToken& token = tree_.tokens[first];
    if (token.kind == TokenKind::field_open || token.kind == TokenKind::field_close) first = token.head;
    for (std::uint32_t group = tree_.group_around(after - 1); group != kRootGroup; group = tree_.groups[group].parent)
      if (tree_.opener(group) == 'f') first = std::min(first, tree_.tokens[tree_.groups[group].open].head);
    return first;
  }

  void step(std::uint32_t index) {
    const CodeToken& token = tree_.tokens[index];
    while (!strings_.empty() && index >= tree_.tokens[strings_.back()].link) end_string();
    switch (token.kind) {
      case TokenKind::comment: blank(token.begin, token.end); break;
      case TokenKind::string:
        strings_.push_back(index);
        text_from_ = token.value().begin;
        break;
      case TokenKind::field_open:
        blank(text_from_, token.begin);
        text_from_ = kNowhere;
        break;
      case TokenKind::field_close: text_from_ = token.end; break;
      default: break;
    }
  }

  void end_string() {
    blank(text_from_, tree_.tokens[strings_.back()].value().end);
    strings_.pop_back();
    text_from_ = kNowhere;
  }

  void blank(std::uint64_t begin, std::uint64_t end) {
    begin = std::max(begin, span_.begin);
    end = std::min(end, span_.end);
    for (std::uint64_t i = begin; i < end; ++i) {
      char& c = out_[static_cast<std::size_t>(i - span_.begin)];
      if (c != '\n' && c != '\r') c = ' ';
    }
  }

  static constexpr std::uint64_t kNowhere = std::numeric_limits<std::uint64_t>::max();

  const CodeTree& tree_;
  ByteSpan span_;
  std::string out_;
  std::vector<std::uint32_t> strings_;  // that we are in
  std::uint64_t text_from_ = kNowhere;  // where the text of the innermost string begins or goes on
};

}  // namespace

MappedText decoded(const CodeTree& tree, std::uint32_t string_token) {
  const CodeToken& token = tree.tokens[string_token];
  MappedText out;
  append_unescaped(out, tree.spelled(token.value()), token.value().begin, escapes_of(tree, token));
  return out;
}

std::optional<MappedText> string_value(const CodeTree& tree, TokenRange range) {
  range = tree.trimmed(range);
  while (!range.empty() && opens_parenthesis(tree, range.begin) && tree.next(range.begin) == range.end)
    range = tree.trimmed(tree.groups[tree.tokens[range.begin].link].inside());
  MappedText out;
  if (!append_strings(tree, range, out)) return std::nullopt;
  return out;
}

std::string code_view(const CodeTree& tree, ByteSpan span) {
  span.end = std::min<std::uint64_t>(span.end, tree.text.size());
  span.begin = std::min(span.begin, span.end);
  return CodeViewWriter(tree, span).write();
}

}  // namespace hfscan
