// Imports of Python, JavaScript and Groovy. Tested by tests/unit/syntax/bindings_test.cc.
#include <algorithm>
#include <utility>

#include "syntax/bindings.h"
#include "syntax/code_value.h"

namespace hfscan {
namespace {

class ImportReader {
 public:
  explicit ImportReader(const CodeTree& tree) : tree_(tree), count_(static_cast<std::uint32_t>(tree.tokens.size())) {}

  std::vector<CodeImport> run() {
    for (std::uint32_t token = 0; token < count_; token = std::max(token + 1, after_)) {
      if (tree_.tokens[token].kind != TokenKind::name) continue;
      if (tree_.language == Language::javascript) {
        if (tree_.is(token, "import")) script_import(token);
      } else if (tree_.is(token, "from")) {
        from_import(token);
      } else if (tree_.is(token, "import")) {
        plain_import(token);
      }
    }
    if (tree_.language == Language::javascript) required();
    return std::move(found_);
  }

 private:
  std::uint32_t line_end(std::uint32_t token) const {
    while (token < count_ && tree_.tokens[token].kind != TokenKind::line_end && !tree_.is(token, ";"))
      token = tree_.next(token);
    return std::min(token, count_);
  }

  bool begins_line(std::uint32_t token) const { return token == 0 || tree_.tokens[token - 1].kind == TokenKind::line_end; }

  // import a.b as c, d
  void plain_import(std::uint32_t token) {
    if (!begins_line(token)) return;
    after_ = line_end(token);
    for (const CodeEntry& entry : entries_in(tree_, {token + 1, after_}, '\0')) {
      auto [name, alias] = name_and_alias(entry.value);
      if (!name.empty()) found_.push_back({name, {}, alias.empty() ? name.substr(0, name.find('.')) : alias, entry.value_span});
    }
  }

  // from m import a as b, c; from m import (a, b)
  void from_import(std::uint32_t token) {
    if (!begins_line(token)) return;
    after_ = line_end(token);
    std::uint32_t import = token + 1;
    while (import < after_ && !tree_.is(import, "import")) ++import;
    if (import >= after_) return;
    const std::string module = spelled_together({token + 1, import});
    TokenRange names{import + 1, after_};
    if (names.begin < names.end && tree_.tokens[names.begin].kind == TokenKind::open)
      names = tree_.groups[tree_.tokens[names.begin].link].inside();
    add_names(module, names);
  }

  void add_names(const std::string& module, TokenRange names) {
    for (const CodeEntry& entry : entries_in(tree_, names, '\0')) {
      auto [name, alias] = name_and_alias(entry.value);
      if (entry.spread && name.empty()) name = "*";
      if (!name.empty()) found_.push_back({module, name, alias.empty() ? name : alias, entry.value_span});
    }
  }

  // import D, { A as B } from "m"; import * as N from "m"; import "m"
  void script_import(std::uint32_t token) {
    std::uint32_t end = token + 1;
    for (std::size_t steps = 0; end < count_ && tree_.tokens[end].kind != TokenKind::string; ++steps) {
      if (steps == kMaxImportTokens || tree_.is(end, ";") || tree_.is(end, "(")) return;
      end = tree_.next(end);
    }
    if (end >= count_) return;
    after_ = end;
    const std::string module = decoded(tree_, end).text;
    TokenRange names{token + 1, end};
    if (!names.empty() && tree_.is(names.end - 1, "from")) --names.end;
    if (names.empty()) return found_.push_back({module, {}, {}, tree_.tokens[end].span()});
    if (tree_.is(names.begin, "type")) ++names.begin;
    for (const CodeEntry& entry : entries_in(tree_, names, '\0')) script_name(module, entry);
  }

  void script_name(const std::string& module, const CodeEntry& entry) {
    const CodeToken& first = tree_.tokens[entry.value.begin];
    if (first.kind == TokenKind::open) return add_names(module, tree_.groups[first.link].inside());
    auto [name, alias] = name_and_alias(entry.value);
    if (entry.spread)
      found_.push_back({module, {}, alias.empty() ? name : alias, entry.value_span});
    else
      found_.push_back({module, "default", name, entry.value_span});
  }

  // const { A, B: C } = require("m"), const m = require("m")
  void required() {
    for (const CodeAssignment& assignment : assignments_of(tree_)) {
      const std::uint32_t first = assignment.value.begin;
      const bool call = first + 1 < assignment.value.end && tree_.is(first, "require") &&
                        tree_.tokens[first + 1].kind == TokenKind::open && tree_.next(first + 1) >= assignment.value.end;
      if (!call) continue;
      const std::optional<MappedText> module = string_value(tree_, tree_.groups[tree_.tokens[first + 1].link].inside());
      if (!module) continue;
      const bool taken_out = tree_.tokens[assignment.token].kind == TokenKind::open;
      found_.push_back(
          {module->text, taken_out ? assignment.target : std::string(), assignment.target, assignment.target_span});
    }
  }

  // "a.b" and "c" of `a.b as c`; for `* as c` (whose star is off already) and `as c` the alias alone.
  std::pair<std::string, std::string> name_and_alias(TokenRange range) const {
    std::uint32_t as = range.begin;
    while (as < range.end && !tree_.is(as, "as")) ++as;
    return {spelled_together({range.begin, as}), spelled_together({std::min(as + 1, range.end), range.end})};
  }

  std::string spelled_together(TokenRange range) const {
    std::string text;
    for (std::uint32_t token = range.begin; token < range.end; ++token) {
      const TokenKind kind = tree_.tokens[token].kind;
      if (kind == TokenKind::name || kind == TokenKind::op) text.append(tree_.spelled(token));
    }
    return text;
  }

  static constexpr std::size_t kMaxImportTokens = 16;  // the braces count as one; bounds the look ahead

  const CodeTree& tree_;
  std::uint32_t count_;
  std::uint32_t after_ = 0;  // what has been read
  std::vector<CodeImport> found_;
};

}  // namespace

std::vector<CodeImport> imports_of(const CodeTree& tree) { return ImportReader(tree).run(); }

}  // namespace hfscan
