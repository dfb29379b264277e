// HF3002: a secret pasted into the text of a script. Tested by tests/unit/hygiene/matchers/workflows_test.cc.
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/workflows.h"
#include "hygiene/matchers/workflows_yaml.h"
#include "hygiene/token_names.h"
#include "syntax/shell.h"

namespace hfscan {
namespace {

bool calls_hugging_face(std::string_view script) {
  static const Regex calls(R"((?i:hugging)|\bhf\b|\bHF_|push_to_hub)");
  return calls.search(script);
}

// One secret of one script, and the step it stands in.
struct PastedSecret {
  const Piece& piece;
  const YamlNode& step;
  const MappedText& script;
  GhaExpression expression;
  std::string name;
};

// How the shell spells the variable where the expression stands; nothing where it would not be replaced.
std::optional<std::string> variable_at(const PastedSecret& secret, std::string_view name) {
  const ShellScript script = read_shell(secret.script.text);
  for (const ShellPart& part : script.parts) {
    if (part.kind != ShellPartKind::github_expression || part.span.begin != secret.expression.span.begin) continue;
    if (part.quote == ShellQuote::double_quoted) return cat("${", name, "}");
    if (part.quote == ShellQuote::none) return cat("\"${", name, "}\"");
  }
  return std::nullopt;
}

// Blanks up to the column where the key of a block mapping stands, behind a line break.
std::string line_break_before(std::string_view text, std::uint64_t offset) {
  const auto at = static_cast<std::size_t>(offset);
  const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  return "\n" + std::string(at - line, ' ');
}

// The variable as a new entry of the step's `env`; nothing when it has one that says otherwise.
std::optional<Edit> environment_entry(const PastedSecret& secret, std::string_view name) {
  const std::string entry = cat(name, ": ${{ secrets.", secret.name, " }}");
  const std::string_view text = secret.piece.text;
  const YamlNode env = secret.step.find("env");
  if (env.find(name) || (env && env.pairs().empty())) return std::nullopt;
  const YamlNode& holder = env ? env : secret.step;
  if (holder.style() != YamlStyle::block) return std::nullopt;
  const std::uint64_t at = holder.pairs().front().key.place().begin;
  const std::string line = line_break_before(text, at);
  return Edit{{at, at}, env ? cat(entry, line) : cat("env:", line, "  ", entry, line)};
}

std::vector<Edit> move_to_environment(const PastedSecret& secret) {
  const YamlNode run = secret.step.find("run");
  const bool quoted = run.style() == YamlStyle::double_quoted || run.style() == YamlStyle::single_quoted;
  if (secret.piece.map != nullptr || quoted || run.is_alias() || secret.step.find("shell")) return {};
  const std::string name = is_token_name(secret.name) ? secret.name : "HF_TOKEN";
  const std::optional<std::string> variable = variable_at(secret, name);
  std::optional<Edit> entry = environment_entry(secret, name);
  const ByteSpan place = secret.script.map.to_parent(secret.expression.span);
  if (!variable || !entry || place.begin == run.span().begin) return {};
  return {std::move(*entry), {place, *variable}};
}

void find_in_script(const FileCheck& check, const Piece& piece, const YamlNode& step) {
  const MappedText script = step.find("run").mapped();
  if (script.text.find("secrets") == std::string::npos) return;
  const bool any_name = calls_hugging_face(script.text);
  std::vector<GhaReference> found;
  for (GhaReference& secret : pasted_secrets(script.text)) {
    if (any_name || names_hugging_face(secret.path)) found.push_back(std::move(secret));
  }
  const std::vector<GhaExpression> expressions = find_expressions(script.text);
  for (const GhaReference& secret : found) {
    const auto around = std::upper_bound(expressions.begin(), expressions.end(), secret.span.begin,
                                         [](std::uint64_t at, const GhaExpression& one) { return at < one.span.end; });
    RuleHit& hit = check.hit(piece, script.map.to_parent(around->span));
    const bool alone = trim(std::string_view(script.text)
                                .substr(static_cast<std::size_t>(around->body.begin),
                                        static_cast<std::size_t>(around->body.size()))) == cat("secrets.", secret.path);
    if (found.size() == 1 && alone) hit.edits = move_to_environment({piece, step, script, *around, secret.path});
  }
}

// A line `run: ...` of a text that YAML readers refuse, mostly because of a colon in the script.
void find_in_broken_lines(const FileCheck& check, const Piece& piece, std::uint64_t from) {
  static const Regex script(R"((?m)^[ \t]*(?:-[ \t]+)?run:[^\n]*\bsecrets\b[^\n]*)");
  const std::size_t line_end = piece.text.rfind('\n', static_cast<std::size_t>(from));
  const std::size_t begin = line_end == std::string_view::npos ? 0 : line_end + 1;
  const std::string_view rest = piece.text.substr(begin);
  for (const Regex::Hit& line : script.find_all(rest)) {
    const std::string_view text = rest.substr(line.whole.begin, line.whole.end - line.whole.begin);
    for (const GhaReference& secret : pasted_secrets(text)) {
      const std::uint64_t offset = begin + line.whole.begin;
      if (calls_hugging_face(text) || names_hugging_face(secret.path))
        check.hit(piece, {offset + secret.span.begin, offset + secret.span.end});
    }
  }
}

}  // namespace

void secret_in_run(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language != Language::yaml) continue;
    const YamlTree& tree = check.file().yaml(piece);
    if (tree.gave_up()) find_in_broken_lines(check, piece, std::min<std::uint64_t>(tree.gave_up()->offset, piece.text.size()));
    for (const YamlNode& step : steps_of(tree)) {
      if (step.find("run").is_scalar()) find_in_script(check, piece, step);
    }
  }
}

}  // namespace hfscan
