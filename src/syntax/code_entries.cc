// The comma-separated items of a group, and their names. Tested by tests/unit/syntax/code_test.cc.
#include <algorithm>
#include <utility>

#include "syntax/code.h"
#include "syntax/code_value.h"

namespace hfscan {
namespace {

class EntryReader {
 public:
  EntryReader(const CodeTree& tree, char opener) : tree_(tree), opener_(opener) {}

  std::vector<CodeEntry> read(TokenRange inside) {
    std::uint32_t begin = inside.begin;
    bool in_lambda = false;  // before the colon: its commas separate its parameters
    for (std::uint32_t token = inside.begin; token < inside.end; token = tree_.next(token)) {
      if (tree_.language == Language::python) in_lambda = tree_.is(token, "lambda") || (in_lambda && !tree_.is(token, ":"));
      if (in_lambda || !separates(token)) continue;
      add({begin, token});
      begin = token + 1;
    }
    add({begin, inside.end});
    return std::move(entries_);
  }

 private:
  bool in_braces_of(Language language) const { return opener_ == '{' && tree_.language == language; }

  bool separates(std::uint32_t token) const {
    const CodeToken& found = tree_.tokens[token];
    if (found.kind == TokenKind::line_end) return in_braces_of(Language::hcl);
    if (found.kind != TokenKind::op) return false;
    return tree_.is(token, ",") || (in_braces_of(Language::javascript) && tree_.is(token, ";"));
  }

  void add(TokenRange range) {
    range = tree_.trimmed(range);
    if (range.empty()) return;
    CodeEntry entry;
    entry.spread = skip_spread(range);
    if (!entry.spread && !range.empty()) take_name(entry, range);
    entry.value = tree_.trimmed(range);
    entry.value_span = tree_.span(range);
    entries_.push_back(std::move(entry));
  }

  bool skip_spread(TokenRange& range) const {
    const bool spread = tree_.is(range.begin, "*") || tree_.is(range.begin, "**") || tree_.is(range.begin, "...");
    if (spread) ++range.begin;
    return spread;
  }

  // The significant token at or after this one, in the range; range.end if none.
  std::uint32_t significant(std::uint32_t token, TokenRange range) const {
    return std::min(tree_.trimmed({std::min(token, range.end), range.end}).begin, range.end);
  }

  void take_name(CodeEntry& entry, TokenRange& range) {
    const std::uint32_t after = tree_.next(range.begin);
    std::uint32_t sign = significant(after, range);
    const bool optional = tree_.language == Language::javascript && sign < range.end && tree_.is(sign, "?");
    if (optional) sign = significant(sign + 1, range);
    if (sign >= range.end) return;
    const bool colon = tree_.is(sign, ":");
    const bool equals = tree_.is(sign, "=");
    if ((!colon && !equals) || (colon && !colon_names(range.begin))) return;
    std::optional<std::string> name = name_at(range.begin);
    if (!name) return;
    entry.name = std::move(name);
    entry.name_span = tree_.span({range.begin, after});
    range.begin = sign + 1;
    if (colon && opener_ == '(') take_annotation(entry, range);
  }

  // A colon in Python's [ ] makes a slice, after `lambda` a function; in a `case` or a ternary it never follows the first
  // token.
  bool colon_names(std::uint32_t first) const {
    if (tree_.language != Language::python) return true;
    return opener_ != '[' && !tree_.is(first, "lambda");
  }

  std::optional<std::string> name_at(std::uint32_t token) const {
    const CodeToken& found = tree_.tokens[token];
    switch (found.kind) {
      case TokenKind::name:
      case TokenKind::number: return std::string(tree_.spelled(token));
      case TokenKind::string: return decoded(tree_, token).text;
      case TokenKind::open: return computed_name(found.link);
      default: return std::nullopt;
    }
  }

  // JavaScript's ["name"]: and Groovy's (name):
  std::optional<std::string> computed_name(std::uint32_t group) const {
    const TokenRange inside = tree_.trimmed(tree_.groups[group].inside());
    if (inside.empty() || tree_.next(inside.begin) != inside.end) return std::nullopt;
    const CodeToken& only = tree_.tokens[inside.begin];
    if (only.kind == TokenKind::string) return decoded(tree_, inside.begin).text;
    if (only.kind == TokenKind::name) return std::string(tree_.spelled(inside.begin));
    return std::nullopt;
  }

  // Python's and TypeScript's parameters, `name: type = default`; not Groovy's and others' `(name: value)`.
  void take_annotation(CodeEntry& entry, TokenRange& range) {
    if (tree_.language != Language::python && tree_.language != Language::javascript) return;
    std::uint32_t token = range.begin;
    while (token < range.end && !tree_.is(token, "=")) token = tree_.next(token);
    entry.annotation = tree_.trimmed({range.begin, std::min(token, range.end)});
    range.begin = std::min(token + 1, range.end);
  }

  const CodeTree& tree_;
  char opener_;
  std::vector<CodeEntry> entries_;
};

}  // namespace

std::vector<CodeEntry> entries_in(const CodeTree& tree, TokenRange range, char opener) {
  return EntryReader(tree, opener).read(range);
}

std::vector<CodeEntry> entries_of(const CodeTree& tree, std::uint32_t group) {
  return entries_in(tree, tree.groups[group].inside(), tree.opener(group));
}

std::vector<CodeEntry> entries_of(const CodeTree& tree, const CodeCall& call) { return entries_in(tree, call.arguments, '('); }

const CodeEntry* find_entry(std::span<const CodeEntry> entries, std::string_view name) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const CodeEntry& entry) { return entry.name == name; });
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace hfscan
