// Source text as a tree of bracket groups over its tokens, and the questions that rules ask of it: which calls are there, what
// are their arguments, what is that argument's value. One tree for all bracketed languages; what only some of them have stands
// in bindings.h (assignments, loops, functions, imports) and hcl.h (blocks). Values of strings: code_value.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/code_token.h"

namespace hfscan {

// Tokens [begin, end) of a tree.
struct TokenRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] bool empty() const { return begin >= end; }
};

constexpr std::uint32_t kRootGroup = 0;

// What stands between an opening bracket and its closing one; group 0 is the whole text. A field of a string is a group too.
struct CodeGroup {
  std::uint32_t open = kNoToken;   // kNoToken for the whole text
  std::uint32_t close = kNoToken;  // kNoToken when it is never closed
  std::uint32_t end = 0;           // one past the last token inside
  std::uint32_t parent = kRootGroup;

  [[nodiscard]] TokenRange inside() const { return {open == kNoToken ? 0 : open + 1, end}; }
  [[nodiscard]] std::uint32_t after() const { return close == kNoToken ? end : close + 1; }
};

struct CodeTree {
  std::string_view text;  // must outlive the tree
  Language language = Language::text;
  std::vector<CodeToken> tokens;
  std::vector<CodeGroup> groups;  // in the order of their opening brackets: a parent before its children
  std::optional<GaveUp> gave_up;

  [[nodiscard]] std::string_view spelled(std::uint32_t token) const;
  [[nodiscard]] std::string_view spelled(ByteSpan span) const;
  [[nodiscard]] bool is(std::uint32_t token, std::string_view spelling) const;
  // '(', '[', '{'; 'f' for a field of a string; '\0' for the whole text.
  [[nodiscard]] char opener(std::uint32_t group) const;
  // From the first byte of the first token to the last byte of the last one, without comments and line ends at both ends.
  [[nodiscard]] ByteSpan span(TokenRange range) const;
  // With its brackets.
  [[nodiscard]] ByteSpan span_of_group(std::uint32_t group) const;
  // The next token of the same level: steps over the inside of a group and over the fields of a string.
  [[nodiscard]] std::uint32_t next(std::uint32_t token) const;
  // The range without the comments and line ends at both ends.
  [[nodiscard]] TokenRange trimmed(TokenRange range) const;
  // Whether a string token holds code: f"{x}", but not f"x".
  [[nodiscard]] bool has_fields(std::uint32_t token) const {
    return tokens[token].kind == TokenKind::string && tokens[token].link > token + 1;
  }
  // The innermost group around a token (around the group, for an opening bracket). Costs the depth of nesting.
  [[nodiscard]] std::uint32_t group_around(std::uint32_t token) const;
  // The first token that begins at or after the offset; tokens.size() if none does.
  [[nodiscard]] std::uint32_t token_from(std::uint64_t offset) const;
};

// Never fails: what is wrong in the text is closed off as near as can be told, so that one stray bracket does not swallow the
// file.
//  - A closing bracket closes the nearest open one of its kind in the same string field; those opened in between end there,
//    unclosed. One that fits no open bracket is ignored.
//  - Python: a line that begins with a keyword which no expression holds (def, class, import, return, with, ...) ends every
//  bracket.
//  - JavaScript: a line that begins with const, let, var or export ends the ( and [ around it, up to the nearest {.
//  - HCL: a line that begins in column 0 with a top-level block's name (resource, variable, ...) ends every bracket.
//  - Others end with the text. A block comment, a template literal's field or a here-document without an end takes the rest of
//  the text.
CodeTree read_code(std::string_view text, Language language);

// What is called, or what is subscripted: the dotted name directly before a bracket.
struct Callee {
  std::string name;          // "api.run_job"; "HfApi().run_job"; of os.environ["X"]: "os.environ"; `?.`, `!.` and `::` as "."
  ByteSpan span;             // with the `new` before it
  bool constructed = false;  // new Name(...)
  bool defined = false;      // def name(...), function name(...): no call

  [[nodiscard]] std::string_view last() const;  // "run_job"
  // Whether these are its last components: "Sandbox.create" is named by "Sandbox.create" and "create".
  [[nodiscard]] bool is_named(std::string_view name_or_tail) const;
};

// Components beyond this many, counted from the bracket, are left out.
constexpr std::size_t kMaxCalleeComponents = 16;

// Nothing for a bracket without a name before it, and for `if (`, `for (` and the like. JavaScript's generics are stepped over.
std::optional<Callee> callee_of(const CodeTree& tree, std::uint32_t group);

struct CodeCall {
  Callee callee;
  std::optional<std::uint32_t> group;  // none for Groovy's calls without parentheses: sh "..."
  TokenRange arguments;
  ByteSpan span;  // callee and arguments
};

// Every call of one of the names (each a whole dotted name or its tail), in the order of the text. Definitions are no calls.
std::vector<CodeCall> calls_named(const CodeTree& tree, std::span<const std::string_view> names);

// One of the comma-separated items of a group.
struct CodeEntry {
  std::optional<std::string> name;  // env= env: "env": ["env"]: decoded
  ByteSpan name_span;               // as written, with quotes
  TokenRange annotation;            // Python parameters: what stands between ':' and '='
  TokenRange value;                 // empty when there is none
  ByteSpan value_span;
  bool spread = false;  // *args, **kwargs, ...rest
};

// Items end at commas; in `{` of JavaScript at semicolons, in `{` of HCL at line ends too. Groups within are not looked into: a
// whole tree costs linear time.
std::vector<CodeEntry> entries_of(const CodeTree& tree, std::uint32_t group);
std::vector<CodeEntry> entries_of(const CodeTree& tree, const CodeCall& call);
// Of a range within one level, read as if it stood after the bracket `opener`.
std::vector<CodeEntry> entries_in(const CodeTree& tree, TokenRange range, char opener);

const CodeEntry* find_entry(std::span<const CodeEntry> entries, std::string_view name);

// The group that a value is, when it is nothing else: {...}, [...], (...), dict(...), new Map(...), await f(...); also behind
// TypeScript's `as T` and `satisfies T`.
std::optional<std::uint32_t> group_of_value(const CodeTree& tree, TokenRange value);

// The `{` directly after the `)` of a call: Groovy's withCredentials([...]) { ... }.
std::optional<std::uint32_t> block_after(const CodeTree& tree, std::uint32_t group);

}  // namespace hfscan
