#include "syntax/code.h"

#include <array>

#include "check.h"
#include "syntax/bindings.h"
#include "syntax/code_value.h"
#include "syntax/hcl.h"
#include "targets.h"

namespace hfscan::fuzz {
namespace {

void check_range(const CodeTree& tree, TokenRange range) {
  require(range.empty() || range.end <= tree.tokens.size(), "a range lies among the tokens");
  if (!range.empty()) check_span(tree.span(range), tree.text.size());
}

void check_tokens(const CodeTree& tree) {
  std::uint32_t begin = 0;
  for (std::uint32_t i = 0; i < tree.tokens.size(); ++i) {
    const CodeToken& token = tree.tokens[i];
    require(token.begin >= begin, "tokens are in order");
    begin = token.begin;
    check_span(token.span(), tree.text.size());
    require(tree.next(i) > i, "the next token comes later");
    if (token.kind != TokenKind::string) continue;
    check_span(token.value(), token.end);
    require(token.link > i && token.link <= tree.tokens.size(), "the fields of a string end");
    check_mapped(decoded(tree, i), tree.text);
  }
}

void check_entries(const CodeTree& tree, const std::vector<CodeEntry>& entries) {
  for (const CodeEntry& entry : entries) {
    check_span(entry.name_span, tree.text.size());
    check_span(entry.value_span, tree.text.size());
    check_range(tree, entry.value);
    check_range(tree, entry.annotation);
  }
}

void check_groups(const CodeTree& tree) {
  for (std::uint32_t i = 0; i < tree.groups.size(); ++i) {
    const CodeGroup& group = tree.groups[i];
    require(i == kRootGroup || group.parent < i, "a parent comes before its children");
    check_range(tree, group.inside());
    check_span(tree.span_of_group(i), tree.text.size());
    if (i != kRootGroup) require(tree.span_of_group(i).size() > 0, "a group has a bracket");
    check_entries(tree, entries_of(tree, i));
    if (const std::optional<Callee> callee = callee_of(tree, i)) check_span(callee->span, tree.text.size());
  }
}

void check_calls(const CodeTree& tree) {
  static constexpr std::array<std::string_view, 6> kNames = {"print", "login", "run", "a", "sh", "require"};
  for (const CodeCall& call : calls_named(tree, kNames)) {
    check_span(call.span, tree.text.size());
    require(call.span.contains(call.callee.span), "a call holds its callee");
    check_range(tree, call.arguments);
    check_entries(tree, entries_of(tree, call));
  }
}

void check_bindings(const CodeTree& tree) {
  for (const CodeAssignment& assignment : assignments_of(tree)) {
    check_span(assignment.target_span, tree.text.size());
    check_span(assignment.value_span, tree.text.size());
    check_range(tree, assignment.value);
    if (const auto value = string_value(tree, assignment.value)) check_mapped(*value, tree.text);
  }
  for (const LoopVariable& variable : loop_variables_of(tree))
    require(slice(tree.text, variable.name_span) == variable.name, "a loop's variable is where it is said to be");
  for (const CodeFunction& function : functions_of(tree)) {
    check_span(function.span, tree.text.size());
    require(is_piece_of(function.name, tree.text), "a function's name is a piece of the text");
    check_entries(tree, function.parameters);
  }
  for (const CodeImport& import : imports_of(tree)) check_span(import.span, tree.text.size());
}

}  // namespace

void fuzz_code(std::string_view input) {
  static constexpr std::array<Language, 8> kLanguages = {Language::python, Language::javascript, Language::json,
                                                         Language::hcl,    Language::groovy,     Language::toml,
                                                         Language::nix,    Language::text};
  const Choice choice = take_choice(input, kLanguages.size());
  const CodeTree tree = read_code(choice.text, kLanguages[choice.value]);
  check_gave_up(tree.gave_up, choice.text.size());
  check_tokens(tree);
  check_groups(tree);
  check_calls(tree);
  check_bindings(tree);
  require(code_view(tree, {0, choice.text.size()}).size() == choice.text.size(), "a view of code has the size of the text");
  for (const HclBlock& block : hcl_blocks(tree)) {
    check_span(block.head, choice.text.size());
    check_entries(tree, hcl_attributes(tree, block.group));
  }
}

}  // namespace hfscan::fuzz
