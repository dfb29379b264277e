// Loop variables and functions. Tested by tests/unit/syntax/bindings_test.cc.
#include <algorithm>
#include <utility>

#include "syntax/bindings.h"

namespace hfscan {
namespace {

constexpr std::uint32_t kMaxLoopTokens = 64;  // between `for` and `in`; bounds the look ahead

bool is_declaring(std::string_view word) { return word == "const" || word == "let" || word == "var" || word == "def"; }

class LoopReader {
 public:
  explicit LoopReader(const CodeTree& tree) : tree_(tree) {}

  std::vector<LoopVariable> run() {
    const auto count = static_cast<std::uint32_t>(tree_.tokens.size());
    for (std::uint32_t token = 0; token + 1 < count; ++token) {
      if (tree_.tokens[token].kind != TokenKind::name || !tree_.is(token, "for")) continue;
      if (tree_.language == Language::python)
        python_loop(token + 1, count);
      else
        loop_in_parentheses(token + (tree_.is(token + 1, "await") ? 2 : 1));
    }
    return std::move(found_);
  }

 private:
  void python_loop(std::uint32_t begin, std::uint32_t count) {
    const std::uint32_t limit = std::min(count, begin + kMaxLoopTokens);
    std::uint32_t in = begin;
    while (in < limit && !tree_.is(in, "in") && !tree_.is(in, "for")) ++in;
    if (in >= limit || !tree_.is(in, "in")) return;
    std::uint32_t end = in + 1;
    while (end < count && !ends_iterable(end)) end = tree_.next(end);
    end = std::min(end, count);
    const bool statement = end < count && tree_.is(end, ":");
    for (std::uint32_t token = begin; token < in; ++token) add(token, {in + 1, end}, !statement);
  }

  bool ends_iterable(std::uint32_t token) const {
    switch (tree_.tokens[token].kind) {
      case TokenKind::close:
      case TokenKind::field_close: return true;
      case TokenKind::name: return tree_.is(token, "if") || tree_.is(token, "for") || tree_.is(token, "async");
      case TokenKind::op: return tree_.is(token, ":");
      default: return false;
    }
  }

  // for (const x of xs), for (x in xs), Groovy's for (String x : xs).
  void loop_in_parentheses(std::uint32_t open) {
    if (open >= tree_.tokens.size() || tree_.tokens[open].kind != TokenKind::open) return;
    const TokenRange inside = tree_.groups[tree_.tokens[open].link].inside();
    std::uint32_t sign = inside.begin;
    while (sign < inside.end && !tree_.is(sign, "of") && !tree_.is(sign, "in") && !tree_.is(sign, ":")) {
      if (tree_.is(sign, ";") || tree_.is(sign, "=")) return;
      sign = tree_.next(sign);
    }
    if (sign >= inside.end) return;
    for (std::uint32_t token = inside.begin; token < sign; ++token) {
      const bool type = token + 1 < sign && tree_.tokens[token + 1].kind == TokenKind::name;
      if (!type && !is_declaring(tree_.spelled(token))) add(token, {sign + 1, inside.end}, false);
    }
  }

  void add(std::uint32_t token, TokenRange iterable, bool comprehension) {
    if (tree_.tokens[token].kind != TokenKind::name) return;
    found_.push_back({tree_.spelled(token), tree_.tokens[token].span(), tree_.trimmed(iterable), comprehension});
  }

  const CodeTree& tree_;
  std::vector<LoopVariable> found_;
};

class FunctionReader {
 public:
  explicit FunctionReader(const CodeTree& tree) : tree_(tree), count_(static_cast<std::uint32_t>(tree.tokens.size())) {}

  std::vector<CodeFunction> run() {
    for (token_ = 0; token_ < count_; ++token_) {
      const CodeToken& found = tree_.tokens[token_];
      if (found.kind == TokenKind::line_end)
        line_ = token_ + 1;
      else if (tree_.language == Language::python)
        python();
      else if (found.kind == TokenKind::open && tree_.text[found.begin] == '(')
        parenthesis(found.link);
      else if (tree_.is(token_, "=>") && token_ > 0 && tree_.tokens[token_ - 1].kind == TokenKind::name)
        arrow_of_one(token_ - 1);
    }
    return std::move(found_);
  }

 private:
  void python() {
    if (tree_.tokens[token_].kind != TokenKind::name) return;
    if (tree_.is(token_, "lambda")) return lambda();
    const std::uint32_t open = token_ + 2;
    if (!tree_.is(token_, "def") || open >= count_ || tree_.tokens[open].kind != TokenKind::open) return;
    add(token_, tree_.spelled(token_ + 1), tree_.tokens[open].link);
  }

  void lambda() {
    std::uint32_t colon = token_ + 1;
    while (colon < count_ && !tree_.is(colon, ":")) {
      const TokenKind kind = tree_.tokens[colon].kind;
      if (kind == TokenKind::close || kind == TokenKind::field_close || tree_.is(colon, "lambda")) return;
      if (kind == TokenKind::line_end) return;
      colon = tree_.next(colon);
    }
    CodeFunction& added = start(token_, {});
    added.span.end = tree_.tokens[token_].end;
    if (colon >= count_) return;
    added.span.end = tree_.tokens[colon].begin;
    added.parameters = entries_in(tree_, {token_ + 1, colon}, '(');
  }

  // A parenthesis that holds parameters: a block or `=>` follows, or `function` or `def` stands before its name.
  void parenthesis(std::uint32_t group) {
    const std::uint32_t open = tree_.groups[group].open;
    if (is_before_arrow(group)) return add(open, {}, group);
    if (open == 0) return;
    if (tree_.is(open - 1, "function")) return add(open - 1, {}, group);
    if (tree_.tokens[open - 1].kind != TokenKind::name) return;
    const std::optional<Callee> callee = callee_of(tree_, group);
    if (!callee || callee->name.find('.') != std::string::npos || callee->constructed) return;
    const bool typed = open >= 2 && tree_.tokens[open - 2].kind == TokenKind::name;
    const bool method = block_after(tree_, group).has_value() && (tree_.language == Language::javascript || typed);
    if (callee->defined || method) add(open - 1, tree_.spelled(open - 1), group);
  }

  // (a, b) => and (a, b): T =>
  bool is_before_arrow(std::uint32_t group) const {
    std::uint32_t after = tree_.groups[group].after();
    if (after + 2 < count_ && tree_.is(after, ":") && tree_.tokens[after + 1].kind == TokenKind::name) after += 2;
    return after < count_ && tree_.is(after, "=>");
  }

  void arrow_of_one(std::uint32_t name) {
    if (name >= 2 && tree_.is(name - 1, ":") && tree_.tokens[name - 2].kind == TokenKind::close) return;  // a return type
    CodeFunction& added = start(name, {});
    added.span.end = tree_.tokens[name].end;
    added.parameters = entries_in(tree_, {name, name + 1}, '(');
  }

  CodeFunction& start(std::uint32_t token, std::string_view name) {
    CodeFunction& added = found_.emplace_back();
    added.name = name;
    added.span.begin = tree_.tokens[token].begin;
    added.indentation = tree_.tokens[line_].begin - (line_ == 0 ? 0 : tree_.tokens[line_ - 1].end);
    return added;
  }

  void add(std::uint32_t token, std::string_view name, std::uint32_t group) {
    CodeFunction& added = start(token, name);
    added.span.end = tree_.span_of_group(group).end;
    added.parameters = entries_of(tree_, group);
    // Python's bare `*` and `/` are none.
    std::erase_if(added.parameters, [this](const CodeEntry& entry) {
      return !entry.name && (entry.value.empty() || tree_.tokens[entry.value.begin].kind == TokenKind::op);
    });
  }

  const CodeTree& tree_;
  std::uint32_t count_;
  std::uint32_t token_ = 0;
  std::uint32_t line_ = 0;  // first token of the line
  std::vector<CodeFunction> found_;
};

}  // namespace

std::vector<LoopVariable> loop_variables_of(const CodeTree& tree) { return LoopReader(tree).run(); }

std::vector<CodeFunction> functions_of(const CodeTree& tree) { return FunctionReader(tree).run(); }

std::string_view parameter_name(const CodeTree& tree, const CodeEntry& parameter) {
  if (parameter.name) return *parameter.name;
  if (parameter.value.empty()) return {};
  const std::uint32_t first = parameter.value.begin;
  const std::uint32_t last = tree.trimmed(parameter.value).end - 1;
  const bool typed = tree.language == Language::groovy && tree.tokens[last].kind == TokenKind::name;  // `String name`
  const std::uint32_t name = typed ? last : first;
  return tree.tokens[name].kind == TokenKind::name ? tree.spelled(name) : std::string_view();
}

}  // namespace hfscan
