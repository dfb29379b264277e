// Tested by tests/unit/hygiene/matchers/containers_test.cc.
#include "hygiene/matchers/containers_names.h"

#include <algorithm>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/token_names.h"
#include "rules/builtin_rules.h"

namespace hfscan {

std::string_view bare(std::string_view value) {
  value = trim(value);
  while (value.size() > 1 && value.front() == value.back() &&
         std::string_view("\"'`").find(value.front()) != std::string_view::npos)
    value = trim(value.substr(1, value.size() - 2));
  return value == "\"" || value == "'" ? std::string_view() : value;
}

bool is_dashed_token_name(std::string_view name) {
  std::string with_underscores(name.substr(0, 128));
  std::replace(with_underscores.begin(), with_underscores.end(), '-', '_');
  return name.size() <= with_underscores.size() && is_token_name(with_underscores);
}

bool mentions_token_name(std::string_view text) {
  static const Regex name(cat("(?:^|[^A-Za-z0-9_])", builtin_macro("TOKEN_NAME"), "(?:$|[^A-Za-z0-9_])"));
  return name.search(text);
}

bool is_reference(std::string_view value) {
  static const Regex reference(R"(\A(?:\$[A-Za-z_({]|%[A-Za-z_({]|\{\{|<%|@|\$\$|`|ENV\[|secretref:|op://|vault:))");
  return reference.search(bare(value));
}

bool is_token_value(std::string_view value) {
  if (holds_token_literal(value)) return true;
  const bool refers = value.find_first_of("$%{") != std::string_view::npos;
  return refers && mentions_token_name(value);
}

bool assigns_token(std::string_view assignment) {
  assignment = bare(assignment);
  const std::size_t sign = std::min(assignment.find('='), assignment.size());
  if (is_token_name(bare(assignment.substr(0, sign)))) return true;
  return sign < assignment.size() && is_token_value(assignment.substr(sign + 1));
}

std::optional<Severity> severity_of_value(std::string_view value) {
  return is_placeholder_value(bare(value)) && !is_reference(value) ? std::optional(Severity::note) : std::nullopt;
}

void for_each_docker_instruction(const FileCheck& check,
                                 const std::function<void(const Piece&, const DockerInstruction&)>& visit) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language != Language::dockerfile) continue;
    for (const DockerInstruction& instruction : check.file().dockerfile(piece).instructions) visit(piece, instruction);
  }
}

}  // namespace hfscan
