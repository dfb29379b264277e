// The tree: one pass over the tokens with a stack of open groups. Everything on the stack is popped once, so it is linear.
// Tested by tests/unit/syntax/code_test.cc.
#include "syntax/code.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace hfscan {
namespace {

// Hard keywords that stand in no expression; `class` and `import` are taken as such too.
constexpr std::string_view kPythonStatements[] = {"def", "class",  "import", "return", "raise",  "while",    "with",    "try",
                                                  "del", "assert", "pass",   "break",  "global", "nonlocal", "continue"};
constexpr std::string_view kScriptStatements[] = {"const", "let", "var", "export"};
constexpr std::string_view kHclBlocks[] = {"resource", "variable", "data",   "module",
                                           "provider", "output",   "locals", "terraform"};

enum BracketKind : std::size_t { kParenthesis, kSquare, kBrace, kBracketKinds };

BracketKind bracket_kind(char bracket) {
  if (bracket == '(' || bracket == ')') return kParenthesis;
  return bracket == '[' || bracket == ']' ? kSquare : kBrace;
}

class TreeBuilder {
 public:
  explicit TreeBuilder(CodeTree& tree) : tree_(tree) {}

  void run() {
    tree_.groups.emplace_back();
    const auto count = static_cast<std::uint32_t>(tree_.tokens.size());
    for (std::uint32_t i = 0; i < count; ++i) step(i);
    while (!open_.empty()) end_top(count);
    tree_.groups[kRootGroup].end = count;
  }

 private:
  using Counts = std::array<std::uint32_t, kBracketKinds>;  // of the brackets open since the field around began

  void step(std::uint32_t i) {
    CodeToken& token = tree_.tokens[i];
    switch (token.kind) {
      case TokenKind::open:
        push(i);
        ++counts_[bracket_kind(tree_.text[token.begin])];
        break;
      case TokenKind::field_open:
        outer_counts_.push_back(counts_);
        counts_ = {};
        push(i);
        break;
      case TokenKind::close: close(i); break;
      case TokenKind::field_close: close_field(i); break;
      case TokenKind::name:
        if (!open_.empty() && outer_counts_.empty() && begins_line(i)) end_for_statement(i);
        break;
      default: break;
    }
  }

  void push(std::uint32_t token) {
    const auto group = static_cast<std::uint32_t>(tree_.groups.size());
    CodeGroup& added = tree_.groups.emplace_back();
    added.open = token;
    added.parent = open_.empty() ? kRootGroup : open_.back();
    tree_.tokens[token].link = group;
    open_.push_back(group);
  }

  char top_bracket() const { return tree_.opener(open_.back()); }

  // The innermost group ends before the token `end`, unclosed.
  void end_top(std::uint32_t end) {
    if (top_bracket() != 'f') --counts_[bracket_kind(top_bracket())];
    tree_.groups[open_.back()].end = end;
    open_.pop_back();
  }

  void close_top(std::uint32_t token) {
    CodeGroup& group = tree_.groups[open_.back()];
    group.end = group.close = token;
    tree_.tokens[token].link = open_.back();
    open_.pop_back();
  }

  void close(std::uint32_t token) {
    const BracketKind kind = bracket_kind(tree_.text[tree_.tokens[token].begin]);
    tree_.tokens[token].link = kNoToken;
    if (counts_[kind] == 0) return;
    while (bracket_kind(top_bracket()) != kind) end_top(token);
    --counts_[kind];
    close_top(token);
  }

  void close_field(std::uint32_t token) {
    while (top_bracket() != 'f') end_top(token);
    close_top(token);
    counts_ = outer_counts_.back();
    outer_counts_.pop_back();
  }

  bool begins_line(std::uint32_t token) const { return token == 0 || tree_.tokens[token - 1].kind == TokenKind::line_end; }

  void end_for_statement(std::uint32_t token) {
    const std::string_view word = tree_.spelled(token);
    if (tree_.language == Language::python) {
      const bool async = word == "async" && token + 1 < tree_.tokens.size() && tree_.is(token + 1, "def");
      if (async || is_one_of(word, kPythonStatements)) end_all(token);
    } else if (tree_.language == Language::javascript) {
      if (is_one_of(word, kScriptStatements) && begins_declaration(token))
        while (!open_.empty() && top_bracket() != '{') end_top(token);
    } else if (tree_.language == Language::hcl) {
      const std::uint32_t begin = tree_.tokens[token].begin;
      if ((begin == 0 || tree_.tokens[token - 1].end == begin) && is_one_of(word, kHclBlocks)) end_all(token);
    }
  }

  // Not in `for (\n const x of xs\n)`, nor `let` as a word of JSX text or a property.
  bool begins_declaration(std::uint32_t token) const {
    if (token + 1 >= tree_.tokens.size()) return false;
    const CodeGroup& around = tree_.groups[open_.back()];
    if (around.open > 0 && (tree_.is(around.open - 1, "for") || tree_.is(around.open - 1, "await"))) return false;
    const CodeToken& after = tree_.tokens[token + 1];
    return after.kind == TokenKind::name || after.kind == TokenKind::open;
  }

  void end_all(std::uint32_t token) {
    while (!open_.empty()) end_top(token);
  }

  CodeTree& tree_;
  std::vector<std::uint32_t> open_;
  Counts counts_{};
  std::vector<Counts> outer_counts_;  // one per field around
};

bool is_trivia(const CodeToken& token) { return token.kind == TokenKind::comment || token.kind == TokenKind::line_end; }

}  // namespace

std::string_view CodeTree::spelled(std::uint32_t token) const {
  const CodeToken& found = tokens[token];
  return text.substr(found.begin, found.end - found.begin);
}

std::string_view CodeTree::spelled(ByteSpan span) const {
  return text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
}

bool CodeTree::is(std::uint32_t token, std::string_view spelling) const {
  return token < tokens.size() && tokens[token].kind != TokenKind::string && spelled(token) == spelling;
}

char CodeTree::opener(std::uint32_t group) const {
  if (group == kRootGroup) return '\0';
  const CodeToken& open = tokens[groups[group].open];
  return open.kind == TokenKind::field_open ? 'f' : text[open.begin];
}

TokenRange CodeTree::trimmed(TokenRange range) const {
  while (!range.empty() && is_trivia(tokens[range.begin])) ++range.begin;
  while (!range.empty() && is_trivia(tokens[range.end - 1])) --range.end;
  return range;
}

ByteSpan CodeTree::span(TokenRange range) const {
  const TokenRange inner = trimmed(range);
  if (inner.empty()) {
    const std::uint64_t at = range.begin < tokens.size() ? tokens[range.begin].begin : text.size();
    return {at, at};
  }
  const CodeToken& last = tokens[inner.end - 1];
  // The last token may be that of a field: then the string around it ends later.
  std::uint64_t end = last.end;
  if (last.kind == TokenKind::field_close) end = tokens[last.head].end;
  return {tokens[inner.begin].begin, end};
}

ByteSpan CodeTree::span_of_group(std::uint32_t group) const {
  const CodeGroup& found = groups[group];
  if (found.open == kNoToken) return {0, text.size()};
  const std::uint64_t begin = tokens[found.open].begin;
  if (found.close != kNoToken) return {begin, tokens[found.close].end};
  return {begin, std::max<std::uint64_t>(span(found.inside()).end, tokens[found.open].end)};
}

std::uint32_t CodeTree::next(std::uint32_t token) const {
  const CodeToken& found = tokens[token];
  if (found.kind == TokenKind::string) return found.link;
  if (found.kind == TokenKind::open || found.kind == TokenKind::field_open) return groups[found.link].after();
  return token + 1;
}

std::uint32_t CodeTree::group_around(std::uint32_t token) const {
  // The last group that opened before the token, or one of those around it.
  const auto after = std::partition_point(groups.begin() + 1, groups.end(), [&](const CodeGroup& g) { return g.open < token; });
  auto group = static_cast<std::uint32_t>(after - groups.begin() - 1);
  while (group != kRootGroup && groups[group].end <= token) group = groups[group].parent;
  return group;
}

std::uint32_t CodeTree::token_from(std::uint64_t offset) const {
  const auto found = std::partition_point(tokens.begin(), tokens.end(), [&](const CodeToken& t) { return t.begin < offset; });
  return static_cast<std::uint32_t>(found - tokens.begin());
}

CodeTree read_code(std::string_view text, Language language) {
  LexedCode lexed = lex_code(text, language);
  CodeTree tree;
  tree.text = text;
  tree.language = language;
  tree.tokens = std::move(lexed.tokens);
  tree.gave_up = std::move(lexed.gave_up);
  TreeBuilder(tree).run();
  return tree;
}

}  // namespace hfscan
