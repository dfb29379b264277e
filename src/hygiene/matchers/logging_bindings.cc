// Tested by tests/unit/hygiene/matchers/logging_test.cc.
#include <algorithm>
#include <iterator>

#include "detect/regex.h"
#include "hygiene/matchers/logging_flow.h"
#include "hygiene/token_names.h"
#include "syntax/bindings.h"

namespace hfscan {
namespace {

std::string_view last_name(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

// A right side that gives a token, whoever it belongs to: the name on the left says that it is one.
bool comes_from_environment(std::string_view value) {
  static const Regex source(R"(os\.environ|getenv|get_token\(|userdata\.get|getpass|process\.env|(?i:hf_|hugging))");
  return source.search(value);
}

}  // namespace

TokenBindings::TokenBindings(FileView& file) : of_hub_(file.text().find("huggingface_hub") != std::string_view::npos) {
  for (const Piece& piece : file.pieces()) {
    if (is_program(piece.language)) add(piece, file.code(piece));
  }
  for (auto& [name, bound] : names_) std::sort(bound.bindings.begin(), bound.bindings.end());
}

const TokenBindings& token_bindings(FileView& file) {
  return file.derived<TokenBindings>([&file] { return std::make_shared<TokenBindings>(file); });
}

void TokenBindings::add(const Piece& piece, const CodeTree& tree) {
  for (const CodeAssignment& assignment : assignments_of(tree)) {
    if (assignment.key || assignment.value.empty()) continue;
    const auto values = carried_values(tree, assignment.value, Carried::token);
    const auto is_token = [this](const CarriedValue& value) { return !value.generic || (of_hub_ && value.name == kHubToken); };
    const bool token =
        std::any_of(values.begin(), values.end(), is_token) ||
        (is_generic_token_name(last_name(assignment.target)) && comes_from_environment(tree.spelled(assignment.value_span)));
    bind(assignment.target, {&piece, assignment.target_span.begin, token});
  }
  for (const LoopVariable& loop : loop_variables_of(tree)) loop_variables_.emplace(loop.name);
  for (const CodeFunction& function : functions_of(tree)) {
    for (const CodeEntry& parameter : function.parameters)
      bind(std::string(parameter_name(tree, parameter)), {&piece, function.span.begin, false});
  }
}

void TokenBindings::bind(const std::string& name, const Binding& binding) {
  Name& bound = names_[name];
  bound.bindings.push_back(binding);
  bound.any_token = bound.any_token || binding.token;
}

bool TokenBindings::is_loop_variable(std::string_view name) const { return loop_variables_.contains(std::string(name)); }

bool TokenBindings::holds_token(const Piece& piece, const CarriedValue& value) const {
  if (value.name == kHubToken) return of_hub_;
  const auto found = names_.find(value.name);
  if (found == names_.end() || is_loop_variable(value.name)) return false;
  const std::vector<Binding>& bindings = found->second.bindings;
  const auto after = std::lower_bound(bindings.begin(), bindings.end(), Binding{&piece, value.span.begin, false});
  const bool has_one_before = after != bindings.begin() && std::prev(after)->piece == &piece;
  return has_one_before ? std::prev(after)->token : found->second.any_token;
}

}  // namespace hfscan
