// Assignments. Each level of statements is walked once, groups within are stepped over and walked on their own: linear.
// Tested by tests/unit/syntax/bindings_test.cc.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "syntax/bindings.h"
#include "syntax/code_value.h"

namespace hfscan {
namespace {

// Python: what may stand before a colon that begins a statement on the same line.
constexpr std::string_view kCompoundWords[] = {"if",  "elif",   "else",    "for",   "while", "with",
                                               "try", "except", "finally", "class", "def"};

// These end nothing when they begin or end a line in JavaScript and Groovy.
constexpr std::string_view kNoContinuation[] = {"++", "--", "!", "~", ";", "@", "->"};

constexpr std::string_view kAssignmentSigns[] = {"=", "+=", "|=", "||=", "?\?=", "&&="};

class AssignmentReader {
 public:
  explicit AssignmentReader(const CodeTree& tree) : tree_(tree) {}

  std::vector<CodeAssignment> run() {
    for (std::uint32_t group = 0; group < tree_.groups.size(); ++group) {
      if (holds_statements(group))
        statements(tree_.groups[group].inside());
      else if (tree_.language == Language::python && tree_.opener(group) != 'f')
        walrus(tree_.groups[group].inside());
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const CodeAssignment& a, const CodeAssignment& b) { return a.target_span < b.target_span; });
    set_indentations();
    return std::move(found_);
  }

 private:
  bool holds_statements(std::uint32_t group) const {
    if (group == kRootGroup) return true;
    if (tree_.opener(group) != '{' || tree_.language == Language::python) return false;
    return tree_.language != Language::javascript || !is_object(group);
  }

  // A pattern before `=`, or what stands among arguments or items: `=` in it gives a default.
  bool is_object(std::uint32_t group) const {
    const CodeGroup& found = tree_.groups[group];
    if (tree_.is(found.after(), "=")) return true;
    if (found.open == 0) return false;
    const CodeToken& before = tree_.tokens[found.open - 1];
    const bool bracket = before.kind == TokenKind::open && tree_.text[before.begin] != '{';
    return bracket || tree_.is(found.open - 1, ",");
  }

  bool is_script() const { return tree_.language == Language::javascript || tree_.language == Language::groovy; }

  void statements(TokenRange range) {
    std::uint32_t begin = range.begin;
    std::uint32_t before = kNoToken;  // the last token of this statement that is no comment
    for (std::uint32_t token = range.begin; token < range.end; token = tree_.next(token)) {
      const CodeToken& found = tree_.tokens[token];
      const bool ends =
          found.kind == TokenKind::line_end ? !is_script() || !goes_on(before, token, range.end) : tree_.is(token, ";");
      if (ends) {
        statement({begin, token});
        begin = token + 1;
        before = kNoToken;
      } else if (found.kind != TokenKind::comment && found.kind != TokenKind::line_end) {
        before = token;
      }
    }
    statement({begin, range.end});
  }

  // Whether an operator stands directly before or after the line end. A `>` before it ends generics.
  bool goes_on(std::uint32_t before, std::uint32_t line_end, std::uint32_t limit) {
    if (before != kNoToken && continues(before) && !tree_.is(before, ">")) return true;
    after_line_ = std::max(after_line_, line_end);
    while (after_line_ < limit && is_trivia(after_line_)) ++after_line_;
    return after_line_ < limit && continues(after_line_);
  }

  bool is_trivia(std::uint32_t token) const {
    return tree_.tokens[token].kind == TokenKind::line_end || tree_.tokens[token].kind == TokenKind::comment;
  }

  bool continues(std::uint32_t token) const {
    return tree_.tokens[token].kind == TokenKind::op && !is_one_of(tree_.spelled(token), kNoContinuation);
  }

  void statement(TokenRange range) {
    range = tree_.trimmed(range);
    if (range.empty()) return;
    if (const std::uint32_t body = after_compound_head(range); body > range.begin) {
      walrus({range.begin, body - 1});
      range.begin = body;
    }
    declared_ = false;
    const std::size_t first_found = found_.size();
    std::uint32_t begin = range.begin;
    for (std::uint32_t token = range.begin; token < range.end; token = tree_.next(token)) {
      if (tree_.tokens[token].kind != TokenKind::op) continue;
      const bool next_declarator = declared_ && tree_.is(token, ",");
      if (next_declarator) finish(first_found, token);
      if (is_one_of(tree_.spelled(token), kAssignmentSigns))
        targets({begin, token}, token);
      else if (tree_.is(token, ":=") && token > range.begin)
        one_target({token - 1, token}, token, {});
      else if (!next_declarator && !tree_.is(token, "=>") && !tree_.is(token, "->"))
        continue;
      begin = token + 1;
    }
    if (found_.size() == first_found) declaration(range);
    finish(first_found, range.end);
  }

  // Python's `name: type` without a value: a field of a data class.
  void declaration(TokenRange range) {
    const bool annotated = tree_.language == Language::python && range.begin + 2 < range.end &&
                           tree_.is(range.begin + 1, ":") && tree_.tokens[range.begin].kind == TokenKind::name &&
                           !tree_.is(range.begin, "lambda");
    if (annotated) one_target({range.begin, range.begin + 1}, range.end, {range.begin + 2, range.end});
  }

  // Gives a value to the assignments since `first` that have none yet. In `a, b = c = v` the value of all three is v.
  void finish(std::size_t first, std::uint32_t end) {
    std::uint32_t sign_end = kNoToken;      // of the sign that came last, going backwards
    std::uint32_t first_target = kNoToken;  // after that sign's predecessor
    std::uint32_t value_begin = end;
    for (std::size_t i = found_.size(); i > first && found_[i - 1].value.end == kNoToken; --i) {
      CodeAssignment& open = found_[i - 1];
      const bool chained = open.value.begin == sign_end || open.value.begin == first_target;
      if (!chained) value_begin = std::min(open.value.begin, end);
      sign_end = open.value.begin;
      first_target = open.token;
      open.value = tree_.trimmed({value_begin, end});
      open.value_span = tree_.span(open.value);
    }
    pending_ = 0;
  }

  // Python: `if x: token = y` begins after the colon, `token: str = y` does not.
  std::uint32_t after_compound_head(TokenRange range) const {
    if (tree_.language != Language::python || !is_one_of(tree_.spelled(range.begin), kCompoundWords)) return range.begin;
    for (std::uint32_t token = range.begin; token < range.end; token = tree_.next(token))
      if (tree_.is(token, ":")) return token + 1;
    return range.begin;
  }

  // What stands before the sign `=`, from the statement's or the previous sign's end on.
  void targets(TokenRange left, std::uint32_t sign) {
    left = skip_declaration(tree_.trimmed(left));
    if (left.empty()) return;
    const TokenRange annotation = take_annotation(left);
    std::uint32_t begin = left.begin;
    for (std::uint32_t token = left.begin; token < left.end; token = tree_.next(token)) {
      if (!tree_.is(token, ",")) continue;
      if (!is_script()) one_target({begin, token}, sign, annotation);
      begin = token + 1;
    }
    one_target({begin, left.end}, sign, annotation);
  }

  // JavaScript and Groovy: steps over const, let, var, export, types, `else`, and the condition of `if (...) x = 1`.
  TokenRange skip_declaration(TokenRange left) {
    if (!is_script()) return left;
    std::uint32_t before = kNoToken;
    for (std::uint32_t token = left.begin; token < left.end; before = token, token = tree_.next(token)) {
      if (before == kNoToken) continue;
      const CodeToken& previous = tree_.tokens[before];
      const CodeToken& found = tree_.tokens[token];
      const bool pattern = found.kind == TokenKind::open && declares(before);
      const bool after_word = previous.kind == TokenKind::name && (found.kind == TokenKind::name || pattern);
      const bool after_type = tree_.is(before, ">") && found.kind == TokenKind::name;
      const bool after_condition =
          previous.kind == TokenKind::open && tree_.text[previous.begin] == '(' && found.kind == TokenKind::name;
      if (!after_word && !after_condition && !after_type) continue;
      declared_ = declared_ || !after_condition;
      left.begin = token;
    }
    return left;
  }

  bool declares(std::uint32_t token) const {
    return tree_.is(token, "const") || tree_.is(token, "let") || tree_.is(token, "var") || tree_.is(token, "def");
  }

  TokenRange take_annotation(TokenRange& left) const {
    for (std::uint32_t token = left.begin; token < left.end; token = tree_.next(token)) {
      if (!tree_.is(token, ":")) continue;
      const TokenRange annotation = tree_.trimmed({token + 1, left.end});
      left.end = token;
      return annotation;
    }
    return {};
  }

  void one_target(TokenRange range, std::uint32_t sign, TokenRange annotation) {
    range = tree_.trimmed(range);
    if (!range.empty() && tree_.is(range.begin, "*")) ++range.begin;
    if (range.empty()) return;
    const CodeToken& first = tree_.tokens[range.begin];
    if (first.kind == TokenKind::string) return quoted_key(range, sign);
    if (first.kind == TokenKind::open && tree_.next(range.begin) >= range.end) return pattern(first.link, sign);
    plain_target(range, sign, annotation);
  }

  void plain_target(TokenRange range, std::uint32_t sign, TokenRange annotation) {
    CodeAssignment found;
    if (range.empty() || !name_target(range, found)) return;
    found.annotation = annotation;
    found.token = range.begin;
    add(std::move(found), sign);
  }

  // HCL's and TOML's "key" = value.
  void quoted_key(TokenRange range, std::uint32_t sign) {
    const bool keys = tree_.language == Language::hcl || tree_.language == Language::toml;
    if (!keys || tree_.next(range.begin) < range.end) return;
    CodeAssignment found;
    found.target = decoded(tree_, range.begin).text;
    found.target_span = tree_.span(range);
    found.token = range.begin;
    add(std::move(found), sign);
  }

  // (a, b) = ..., [a, b] = ..., { a, b: c } = ...; patterns in patterns are left out.
  void pattern(std::uint32_t group, std::uint32_t sign) {
    pattern_ = tree_.groups[group].open;
    for (const CodeEntry& entry : entries_of(tree_, group)) {
      const bool with_default = entry.name && entry.value.begin > 0 && tree_.is(entry.value.begin - 1, "=");
      if (!with_default) {
        plain_target(entry.value, sign, {});
        continue;
      }
      CodeAssignment found;
      found.target = *entry.name;
      found.target_span = entry.name_span;
      add(std::move(found), sign);
    }
    pattern_ = kNoToken;
  }

  // a.b.c or a.b["key"]; false for anything else.
  bool name_target(TokenRange range, CodeAssignment& found) const {
    found.target_span = tree_.span(range);
    bool name_next = true;
    for (std::uint32_t token = range.begin; token < range.end; token = tree_.next(token)) {
      const CodeToken& part = tree_.tokens[token];
      if (part.kind == TokenKind::open && tree_.next(token) >= range.end) return subscript(part.link, range, found);
      const bool wanted = name_next ? part.kind == TokenKind::name : tree_.is(token, ".") || part.kind == TokenKind::open;
      if (!wanted) return false;
      if (part.kind == TokenKind::open) {
        found.target.append(tree_.opener(part.link) == '[' ? "[]" : "()");
        continue;
      }
      found.target.append(tree_.spelled(token));
      name_next = !name_next;
    }
    return !name_next;
  }

  bool subscript(std::uint32_t group, TokenRange range, CodeAssignment& found) const {
    const std::optional<Callee> base = callee_of(tree_, group);
    if (tree_.opener(group) != '[' || !base || base->span.begin != tree_.tokens[range.begin].begin) return false;
    found.target = base->name;
    const TokenRange inside = tree_.trimmed(tree_.groups[group].inside());
    const std::optional<MappedText> key = string_value(tree_, inside);
    if (key && !tree_.has_fields(inside.begin)) found.key = key->text;
    return true;
  }

  void add(CodeAssignment found, std::uint32_t sign) {
    if (++pending_ > kMaxTargets) return;
    if (pattern_ != kNoToken) found.token = pattern_;
    found.value = {sign + 1, kNoToken};
    found_.push_back(std::move(found));
  }

  // In one pass over the tokens, however long the lines are.
  void set_indentations() {
    std::uint32_t line = 0;  // the first token of the line
    std::uint32_t token = 0;
    for (CodeAssignment& assignment : found_) {
      for (; token < assignment.token; ++token)
        if (tree_.tokens[token].kind == TokenKind::line_end) line = token + 1;
      const std::uint32_t line_begin = line == 0 ? 0 : tree_.tokens[line - 1].end;
      assignment.indentation = tree_.tokens[line].begin - line_begin;
    }
  }

  // (x := v) in brackets: up to the bracket's end.
  void walrus(TokenRange range) {
    for (std::uint32_t token = range.begin; token < range.end; token = tree_.next(token)) {
      if (!tree_.is(token, ":=") || token == range.begin) continue;
      const std::size_t first = found_.size();
      one_target({token - 1, token}, token, {});
      finish(first, range.end);
    }
  }

  const CodeTree& tree_;
  std::vector<CodeAssignment> found_;
  std::uint32_t pattern_ = kNoToken;  // the bracket of the pattern whose names are added
  std::size_t pending_ = 0;           // targets without a value as yet
  bool declared_ = false;             // this statement began with const, let, var or a type
  std::uint32_t after_line_ = 0;      // the first token at or after a line end that is neither comment nor line end
};

}  // namespace

std::vector<CodeAssignment> assignments_of(const CodeTree& tree) { return AssignmentReader(tree).run(); }

}  // namespace hfscan
