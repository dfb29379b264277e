// Calls and mappings as the rules about jobs, Spaces, Endpoints and other platforms see them: arguments of calls, the keys of
// a mapping behind names and spreads, what is a token. Separate from the rules, which differ in callees and channels only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "hygiene/matcher.h"
#include "syntax/bindings.h"
#include "syntax/code.h"
#include "syntax/code_value.h"

namespace hfscan {

using Words = std::span<const std::string_view>;

class CodeValues;

// A text read as source text: a piece, or a string inside one that holds code of its own.
struct CodeText {
  const Piece* piece = nullptr;
  const CodeTree* tree = nullptr;
  const OffsetMap* map = nullptr;  // to the piece; null: the tree's text is the piece's
  const CodeValues* values = nullptr;

  [[nodiscard]] ByteSpan in_piece(ByteSpan span) const { return map == nullptr ? span : map->to_parent(span); }
};

// Every such text in which one of the words stands. Programs and JSON are read as what they are; prose, commands and strings
// of programs as Python, which is near enough to see calls and mappings of any language.
void for_each_code(const FileCheck& check, Words words, const std::function<void(const CodeText&)>& visit);

// Reports each place once, however many calls lead to it.
class CodeReport {
 public:
  explicit CodeReport(const FileCheck& check) : check_(check) {}

  // Null where the place has been reported.
  RuleHit* hit(const CodeText& text, ByteSpan in_text) { return hit(*text.piece, text.in_piece(in_text)); }
  RuleHit* hit(const Piece& piece, ByteSpan in_piece);
  // An edit of what stands at the span as it is; left out where the text is not copied 1:1 from the file.
  void edit(RuleHit& hit, const CodeText& text, ByteSpan in_text, std::string replacement) const;
  void edit(RuleHit& hit, const Piece& piece, ByteSpan in_piece, std::string replacement) const;

  [[nodiscard]] const FileCheck& check() const { return check_; }

 private:
  const FileCheck& check_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> reported_;
};

// What names stand for in one tree. Every question is answered within a budget for the whole tree, so that a hostile text
// costs linear time; beyond it names stand for nothing, and the file says so.
class CodeValues {
 public:
  CodeValues(const CodeTree& tree, FileView& file);

  [[nodiscard]] const CodeTree& tree() const { return tree_; }

  // The entries of a value that is a mapping, or a list of mappings: {...}, dict(...), a | b, [{...}]; behind `**` and behind
  // names, with what is put into a named mapping before token `at`.
  [[nodiscard]] std::vector<CodeEntry> mapping(TokenRange value, std::uint32_t at) const;
  // All entries of a call's arguments, those of mappings in it too, outer ones first.
  [[nodiscard]] std::vector<CodeEntry> arguments(TokenRange inside, char opener) const;
  // The value itself, or what a name stands for before token `at`: of `x` its last assignment.
  [[nodiscard]] TokenRange resolved(TokenRange value, std::uint32_t at) const;
  // What the value says, when it is a string or stands for one.
  [[nodiscard]] std::optional<std::string> text_of(TokenRange value, std::uint32_t at) const;

 private:
  friend class MappingReader;
  struct Change {
    std::uint32_t token = 0;
    const CodeAssignment* assignment = nullptr;  // null: a call of update() or setdefault()
    std::uint32_t group = 0;
  };
  [[nodiscard]] bool is_visible(const CodeAssignment& assignment, std::uint32_t at) const;
  [[nodiscard]] bool spend(std::size_t tokens) const;
  void add_calls();

  const CodeTree& tree_;
  FileView& file_;
  std::vector<CodeAssignment> assignments_;
  std::vector<CodeFunction> functions_;
  std::unordered_map<std::string, std::vector<Change>> changes_;  // by target, in the order of the text
  mutable std::size_t budget_;
};

// A token put into words: get_token(), os.environ["HF_TOKEN"], a variable hf_token or token, an f-string with one of them, a
// token itself. Text of plain strings is no expression. `token` is where it stands.
struct TokenExpression {
  ByteSpan span;
};
std::optional<TokenExpression> token_expression(const CodeTree& tree, TokenRange range);

// Whether the value is exactly the user's Hugging Face token: get_token(), os.environ["HF_TOKEN"], os.getenv("HF_TOKEN"),
// hf_token, "$HF_TOKEN", "${HF_TOKEN}".
bool is_hf_token_value(const CodeValues& values, TokenRange value, std::uint32_t at);

// "$HF_TOKEN" or "${HF_TOKEN}".
bool is_token_placeholder(std::string_view text);

// A variable that holds a token and no count or vocabulary entry: hf_token, token, access_token.
bool is_token_variable(std::string_view name);

// Strings of the value that hold a plausible token; the spans of the whole literals.
std::vector<ByteSpan> token_literals(const CodeTree& tree, TokenRange value);

// From the key to the end of the value.
ByteSpan span_of_entry(const CodeEntry& entry);

}  // namespace hfscan
