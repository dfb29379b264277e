// Tested by tests/unit/hygiene/matchers/ci_test.cc.
#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/families.h"
#include "hygiene/token_names.h"
#include "syntax/bindings.h"
#include "syntax/code.h"
#include "syntax/code_value.h"

namespace hfscan {
namespace {

using Names = std::set<std::string, std::less<>>;

// Names that hold the token: by what they are called, or by the credential that is bound to them.
class TokenVariables {
 public:
  explicit TokenVariables(const CodeTree& tree) {
    static constexpr std::array<std::string_view, 3> kBindings = {"string", "usernamePassword", "file"};
    for (const CodeCall& call : calls_named(tree, kBindings)) add_binding(tree, call);
  }

  [[nodiscard]] bool contain(std::string_view name) const { return is_token_name(name) || bound_.contains(name); }

 private:
  // string(credentialsId: 'hf-token', variable: 'T')
  void add_binding(const CodeTree& tree, const CodeCall& call) {
    static const Regex hugging_face(R"((?i)(?:^|[^a-z])hf(?:[^a-z]|$)|hugging)");
    const std::vector<CodeEntry> entries = entries_of(tree, call);
    const CodeEntry* id = find_entry(entries, "credentialsId");
    if (id == nullptr || !hugging_face.search(tree.spelled(id->value_span))) return;
    for (const std::string_view argument : {"variable", "passwordVariable"}) {
      const CodeEntry* variable = find_entry(entries, argument);
      const std::optional<MappedText> name = variable == nullptr ? std::nullopt : string_value(tree, variable->value);
      if (name) bound_.insert(name->text);
    }
  }

  Names bound_;
};

// The first name in the range that holds the token: in a field of a string, or between strings.
std::uint32_t token_in(const CodeTree& tree, TokenRange range, const TokenVariables& variables) {
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const CodeToken& token = tree.tokens[i];
    if (token.kind == TokenKind::name && variables.contain(tree.spelled(i)) && !tree.is(i + 1, ":")) return i;
  }
  return kNoToken;
}

// Variables of the script that were given a text with the token in it.
Names tainted_names(const CodeTree& tree, const TokenVariables& variables) {
  Names names;
  for (const CodeAssignment& assignment : assignments_of(tree)) {
    const bool string =
        assignment.value.begin < assignment.value.end && tree.tokens[assignment.value.begin].kind == TokenKind::string;
    if (string && token_in(tree, assignment.value, variables) != kNoToken) names.insert(assignment.target);
  }
  return names;
}

// The string that a name stands in as a field, or kNoToken.
std::uint32_t string_around(const CodeTree& tree, TokenRange range, std::uint32_t name) {
  for (std::uint32_t i = range.begin; i < name; ++i) {
    if (tree.tokens[i].kind == TokenKind::string && tree.tokens[i].link > name) return i;
  }
  return kNoToken;
}

// Single quotes, when nothing but variables of the environment is interpolated and nothing would change its meaning.
std::vector<Edit> single_quotes(const CodeTree& tree, const Piece& piece, std::uint32_t string,
                                const TokenVariables& variables) {
  const CodeToken& token = tree.tokens[string];
  const std::string_view value = tree.spelled(token.value());
  const bool tripled = token.quote == QuoteKind::tripled_double;
  if ((!tripled && token.quote != QuoteKind::double_quote) || value.find_first_of("'\\") != std::string_view::npos) return {};
  std::vector<Edit> edits = {{piece.to_file({token.begin, std::uint64_t{token.begin} + token.head}), tripled ? "'''" : "'"}};
  for (std::uint32_t i = string + 1; i < token.link; ++i) {
    if (tree.tokens[i].kind == TokenKind::name && !variables.contain(tree.spelled(i)) && !tree.is(i, "env")) return {};
    if (tree.is(i, "env") && tree.is(i + 1, "."))
      edits.push_back({piece.to_file({tree.tokens[i].begin, tree.tokens[i + 1].end}), ""});
    if (tree.tokens[i].kind == TokenKind::op && !tree.is(i, ".")) return {};
  }
  edits.push_back({piece.to_file({std::uint64_t{token.end} - token.tail, token.end}), tripled ? "'''" : "'"});
  return edits;
}

void find_in_step(const FileCheck& check, const Piece& piece, const CodeCall& call, const TokenVariables& variables,
                  const Names& tainted) {
  const CodeTree& tree = check.file().code(piece);
  std::uint32_t name = token_in(tree, call.arguments, variables);
  for (std::uint32_t i = call.arguments.begin; name == kNoToken && i < call.arguments.end; ++i) {
    if (tree.tokens[i].kind == TokenKind::name && tainted.contains(tree.spelled(i)) && !tree.is(i + 1, ":")) name = i;
  }
  if (name == kNoToken) return;
  const std::uint32_t string = string_around(tree, call.arguments, name);
  RuleHit& hit = check.hit(piece, {call.span.begin, tree.tokens[name].end});
  if (string != kNoToken) hit.edits = single_quotes(tree, piece, string, variables);
}

// sh cmd, where cmd was given a text with the token in it.
void find_in_bare_step(const FileCheck& check, const Piece& piece, std::uint32_t step, const Names& tainted) {
  const CodeTree& tree = check.file().code(piece);
  const std::uint32_t argument = step + 1;
  if (argument >= tree.tokens.size() || tree.tokens[argument].kind != TokenKind::name) return;
  if (tainted.contains(tree.spelled(argument))) check.hit(piece, {tree.tokens[step].begin, tree.tokens[argument].end});
}

void interpolated_by_groovy(const FileCheck& check) {
  static constexpr std::array<std::string_view, 4> kSteps = {"sh", "bat", "powershell", "pwsh"};
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language != Language::groovy) continue;
    const CodeTree& tree = check.file().code(piece);
    const TokenVariables variables(tree);
    const Names tainted = tainted_names(tree, variables);
    std::uint32_t done = 0;  // a step inside the arguments of another one was looked at with it
    for (const CodeCall& call : calls_named(tree, kSteps)) {
      if (call.arguments.begin < done) continue;
      done = call.arguments.end;
      find_in_step(check, piece, call, variables, tainted);
    }
    for (std::uint32_t i = 0; !tainted.empty() && i < tree.tokens.size(); ++i) {
      const bool step =
          tree.tokens[i].kind == TokenKind::name && std::find(kSteps.begin(), kSteps.end(), tree.spelled(i)) != kSteps.end();
      if (step) find_in_bare_step(check, piece, i, tainted);
    }
  }
}

}  // namespace

std::span<const FileMatcher> ci_matchers() {
  static constexpr std::array<FileMatcher, 1> kMatchers = {{{"interpolated-by-groovy", interpolated_by_groovy}}};
  return kMatchers;
}

}  // namespace hfscan
