// Calls, their names, arguments and values. Tested by tests/unit/syntax/code_test.cc.
#include <algorithm>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "syntax/code.h"
#include "syntax/code_value.h"

namespace hfscan {
namespace {

// Names before a bracket that make it no call: of all languages, and of those that are not Python.
constexpr std::string_view kNoCallees[] = {"if",     "for",   "while", "return", "in",    "not",   "and",
                                           "or",     "is",    "elif",  "else",   "await", "async", "assert",
                                           "lambda", "yield", "with",  "except", "raise", "from"};
constexpr std::string_view kScriptNoCallees[] = {"switch", "catch",  "typeof",     "function", "of",    "case",
                                                 "new",    "delete", "instanceof", "void",     "throw", "do"};

// What tells a comparison from generics, looking back from `>`.
constexpr std::string_view kNotInGenerics[] = {"&&", "||", "==", "===", "!=", "!==", "+", "-", "*", "/", "=", ";", "(", ")"};

constexpr std::uint32_t kMaxGenericTokens = 32;  // of Map<string, Array<number>>; bounds the look back

// Reads a dotted name backwards, from the token after it.
class CalleeReader {
 public:
  explicit CalleeReader(const CodeTree& tree) : tree_(tree) {}

  std::optional<Callee> read(std::uint32_t after) {
    at_ = after;
    if (!step_back() || (tree_.language == Language::javascript && !skip_generics())) return std::nullopt;
    const std::uint32_t last = at_;
    if (token().kind != TokenKind::name || is_keyword(at_)) return std::nullopt;
    components();
    Callee callee;
    std::for_each(parts_.rbegin(), parts_.rend(), [&callee](std::string_view part) { callee.name.append(part); });
    callee.span = {tree_.tokens[at_].begin, tree_.tokens[last].end};
    if (at_ > 0) look_before(callee);
    return callee;
  }

 private:
  const CodeToken& token() const { return tree_.tokens[at_]; }

  // In `Image.new(...)` it is a name.
  bool is_keyword(std::uint32_t name) const {
    const std::string_view word = tree_.spelled(name);
    const bool script_word = tree_.language != Language::python && is_one_of(word, kScriptNoCallees);
    if (!script_word && !is_one_of(word, kNoCallees)) return false;
    return name == 0 || (!tree_.is(name - 1, ".") && !tree_.is(name - 1, "?."));
  }

  bool step_back() {
    if (at_ == 0) return false;
    --at_;
    return true;
  }

  // From `>` back to before its `<`. False when it is not one that closes generics.
  bool skip_generics() {
    if (token().kind != TokenKind::op || tree_.spelled(at_).find_first_not_of('>') != std::string_view::npos) return true;
    std::size_t depth = 0;
    for (std::uint32_t used = 0; used < kMaxGenericTokens; ++used) {
      const std::string_view word = tree_.spelled(at_);
      if (token().kind == TokenKind::op && word.find_first_not_of('>') == std::string_view::npos) depth += word.size();
      if (word == "<" && --depth == 0) return step_back();
      if (is_one_of(word, kNotInGenerics) || !step_back()) return false;
    }
    return false;
  }

  // The name at at_ and what stands before it, dot by dot. at_ is left at the first token of the whole.
  void components() {
    parts_.push_back(tree_.spelled(at_));
    while (parts_.size() < 2 * kMaxCalleeComponents) {
      const std::uint32_t first = at_;
      if (!step_back_over_dot()) {
        at_ = first;
        break;
      }
      parts_.emplace_back(".");
      if (!receiver()) {
        at_ = first;
        parts_.pop_back();
        break;
      }
    }
  }

  bool step_back_over_dot() {
    if (!step_back()) return false;
    while (token().kind == TokenKind::line_end || token().kind == TokenKind::comment)
      if (!step_back()) return false;
    const std::string_view dot = tree_.spelled(at_);
    if (token().kind != TokenKind::op || (dot != "." && dot != "?." && dot != "::")) return false;
    if (!step_back()) return false;
    while (token().kind == TokenKind::line_end || tree_.is(at_, "!"))
      if (!step_back()) return false;
    return true;
  }

  // A name, or a call or subscript of one; of an expression in parentheses only "()".
  bool receiver() {
    bool called = false;
    while (token().kind == TokenKind::close && token().link != kNoToken && parts_.size() < 2 * kMaxCalleeComponents) {
      const std::uint32_t open = tree_.groups[token().link].open;
      parts_.emplace_back(tree_.text[tree_.tokens[open].begin] == '[' ? "[]" : "()");
      called = true;
      at_ = open;
      if (open == 0) return true;
      const CodeToken& before = tree_.tokens[open - 1];
      const bool goes_on = before.kind == TokenKind::close || before.kind == TokenKind::name;
      if (!goes_on || is_keyword(open - 1)) return true;
      --at_;
    }
    const bool named = token().kind == TokenKind::name;
    if (named) parts_.push_back(tree_.spelled(at_));
    return named || called;
  }

  void look_before(Callee& callee) const {
    const std::string_view before = tree_.spelled(at_ - 1);
    if (tree_.tokens[at_ - 1].kind != TokenKind::name) return;
    callee.defined = before == "def" || before == "function" || before == "class";
    callee.constructed = before == "new";
    if (callee.constructed) callee.span.begin = tree_.tokens[at_ - 1].begin;
  }

  const CodeTree& tree_;
  std::uint32_t at_ = 0;
  std::vector<std::string_view> parts_;  // last one first
};

std::string_view last_component(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

// Finds calls by the set of the wanted names' last components, so that most brackets cost one look-up.
class CallFinder {
 public:
  CallFinder(const CodeTree& tree, std::span<const std::string_view> names) : tree_(tree), names_(names) {
    for (const std::string_view name : names) lasts_.insert(last_component(name));
  }

  std::vector<CodeCall> run() {
    for (std::uint32_t group = 1; group < tree_.groups.size(); ++group) {
      if (tree_.opener(group) == '(') add_call(group);
    }
    if (tree_.language != Language::groovy) return std::move(calls_);
    const auto count = static_cast<std::uint32_t>(tree_.tokens.size());
    for (std::uint32_t token = 0; token + 1 < count; ++token) {
      if (tree_.tokens[token].kind == TokenKind::name) add_command(token);
    }
    std::stable_sort(calls_.begin(), calls_.end(), [](const CodeCall& a, const CodeCall& b) { return a.span < b.span; });
    return std::move(calls_);
  }

 private:
  void add_call(std::uint32_t group) {
    const std::uint32_t open = tree_.groups[group].open;
    if (open == 0) return;
    const CodeToken& before = tree_.tokens[open - 1];
    const bool wanted =
        before.kind == TokenKind::name ? lasts_.contains(tree_.spelled(open - 1)) : before.kind == TokenKind::op;
    if (!wanted) return;
    std::optional<Callee> callee = callee_of(tree_, group);
    if (!callee || callee->defined || !is_wanted(*callee)) return;
    const ByteSpan span{callee->span.begin, tree_.span_of_group(group).end};
    calls_.push_back({std::move(*callee), group, tree_.groups[group].inside(), span});
  }

  // sh "...", sh script: "...": a name at the start of a statement, and on the same line a string or a named argument.
  void add_command(std::uint32_t name) {
    if (!lasts_.contains(tree_.spelled(name))) return;
    const bool string_follows = tree_.tokens[name + 1].kind == TokenKind::string;
    const bool named_follows = tree_.tokens[name + 1].kind == TokenKind::name && tree_.is(name + 2, ":");
    if ((!string_follows && !named_follows) || !begins_statement(name)) return;
    std::optional<Callee> callee = CalleeReader(tree_).read(name + 1);
    if (!callee || !is_wanted(*callee)) return;
    const TokenRange arguments = tree_.trimmed({name + 1, statement_end(name + 1)});
    const ByteSpan span{callee->span.begin, tree_.span(arguments).end};
    calls_.push_back({std::move(*callee), std::nullopt, arguments, span});
  }

  bool begins_statement(std::uint32_t name) const {
    if (name == 0) return true;
    const CodeToken& before = tree_.tokens[name - 1];
    switch (before.kind) {
      case TokenKind::line_end:
      case TokenKind::comment: return true;
      case TokenKind::open: return tree_.text[before.begin] == '{';
      default: return ends_statement(name - 1) || before.kind == TokenKind::close;
    }
  }

  // What a command's arguments do not go beyond; what may stand before a command.
  bool ends_statement(std::uint32_t token) const {
    return tree_.is(token, ";") || tree_.is(token, "=") || tree_.is(token, "->") || tree_.is(token, "return");
  }

  // Arguments go on over a line end after a comma. They end at a bound, so that many commands on one line cost linear time.
  std::uint32_t statement_end(std::uint32_t token) const {
    constexpr std::size_t kMostTokens = 1000;
    bool after_comma = false;
    const auto count = static_cast<std::uint32_t>(tree_.tokens.size());
    for (std::size_t seen = 0; token < count && seen < kMostTokens; ++seen) {
      const TokenKind kind = tree_.tokens[token].kind;
      if (kind == TokenKind::close || kind == TokenKind::field_close || ends_statement(token)) break;
      if (kind == TokenKind::line_end && !after_comma) break;
      if (kind != TokenKind::line_end && kind != TokenKind::comment) after_comma = tree_.is(token, ",");
      token = tree_.next(token);
    }
    return std::min(token, count);
  }

  bool is_wanted(const Callee& callee) const {
    return std::any_of(names_.begin(), names_.end(), [&](std::string_view name) { return callee.is_named(name); });
  }

  const CodeTree& tree_;
  std::span<const std::string_view> names_;
  std::unordered_set<std::string_view> lasts_;
  std::vector<CodeCall> calls_;
};

}  // namespace

std::string_view Callee::last() const { return last_component(name); }

bool Callee::is_named(std::string_view name_or_tail) const {
  const std::string_view whole = name;
  if (name_or_tail.empty() || !whole.ends_with(name_or_tail)) return false;
  return whole.size() == name_or_tail.size() || whole[whole.size() - name_or_tail.size() - 1] == '.';
}

std::optional<Callee> callee_of(const CodeTree& tree, std::uint32_t group) {
  const std::uint32_t open = tree.groups[group].open;
  if (open == kNoToken || tree.opener(group) == 'f') return std::nullopt;
  return CalleeReader(tree).read(open);
}

std::vector<CodeCall> calls_named(const CodeTree& tree, std::span<const std::string_view> names) {
  return CallFinder(tree, names).run();
}

std::optional<std::uint32_t> group_of_value(const CodeTree& tree, TokenRange value) {
  TokenRange range = tree.trimmed(value);
  if (!range.empty() && tree.is(range.begin, "await")) ++range.begin;
  if (range.empty()) return std::nullopt;
  std::uint32_t last = range.begin;
  for (std::uint32_t token = range.begin; token < range.end; token = tree.next(token)) {
    if (token > range.begin && (tree.is(token, "as") || tree.is(token, "satisfies"))) break;
    last = token;
  }
  if (tree.tokens[last].kind != TokenKind::open) return std::nullopt;
  const std::uint32_t group = tree.tokens[last].link;
  if (last == range.begin) return group;
  const std::optional<Callee> callee = callee_of(tree, group);
  const bool whole = callee && callee->span.begin == tree.tokens[range.begin].begin;
  return whole ? std::optional(group) : std::nullopt;
}

std::optional<std::uint32_t> block_after(const CodeTree& tree, std::uint32_t group) {
  const std::uint32_t after = tree.groups[group].after();
  if (after >= tree.tokens.size() || tree.tokens[after].kind != TokenKind::open) return std::nullopt;
  const std::uint32_t block = tree.tokens[after].link;
  return tree.opener(block) == '{' ? std::optional(block) : std::nullopt;
}

}  // namespace hfscan
