// Tested by tests/unit/hygiene/matchers/workflows_test.cc.
#include "hygiene/matchers/workflows.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/families.h"
#include "hygiene/matchers/workflows_yaml.h"
#include "hygiene/token_names.h"
#include "rules/builtin_rules.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

// A condition: an expression without its braces, with them, or with both kinds of parts.
std::vector<GhaReference> references_of_condition(std::string_view text) {
  std::vector<GhaReference> inside = find_references(text);
  return text.find("${{") == std::string_view::npos ? references_of_expression(text) : inside;
}

bool is_token_variable(const GhaReference& reference) { return reference.context == "vars" && is_token_name(reference.path); }

// Comments of a YAML file are not evaluated. Those inside a script are, as part of its text.
class YamlComments {
 public:
  YamlComments(FileView& file, const Piece& piece) : text_(piece.text) {
    if (piece.language != Language::yaml) return;
    for (const YamlValue& value : values_of(file.yaml(piece))) scalars_.push_back(value.node.span());
    std::sort(scalars_.begin(), scalars_.end(), [](ByteSpan a, ByteSpan b) { return a.begin < b.begin; });
    reads_ = !scalars_.empty();
  }

  // To be asked in ascending order.
  [[nodiscard]] bool hold(std::uint64_t offset) {
    if (!reads_) return false;
    const auto at = static_cast<std::size_t>(offset);
    const std::size_t line_end = text_.substr(asked_, at - asked_).rfind('\n');
    if (line_end != std::string_view::npos) line_ = asked_ + line_end + 1;
    asked_ = at;
    const std::size_t first = text_.find_first_not_of(" \t", line_);
    if (first >= offset || text_[first] != '#') return false;
    const auto after = std::upper_bound(scalars_.begin(), scalars_.end(), offset,
                                        [](std::uint64_t asked, ByteSpan scalar) { return asked < scalar.begin; });
    return after == scalars_.begin() || std::prev(after)->end <= offset;
  }

 private:
  std::string_view text_;
  std::vector<ByteSpan> scalars_;
  bool reads_ = false;
  std::size_t asked_ = 0;
  std::size_t line_ = 0;
};

void report_variable(const FileCheck& check, const Piece& piece, const GhaReference& reference) {
  RuleHit& hit = check.hit(piece, reference.span);
  const ByteSpan context{reference.span.begin, reference.span.begin + std::string_view("vars").size()};
  hit.edits.push_back({piece.to_file(context), "secrets"});
}

void find_variables_in_text(const FileCheck& check, const Piece& piece) {
  YamlComments comments(check.file(), piece);
  for (const GhaReference& reference : find_references(piece.text)) {
    if (is_token_variable(reference) && !comments.hold(reference.span.begin)) report_variable(check, piece, reference);
  }
}

// `if: vars.HF_TOKEN`: no edit, because secrets cannot be read there.
void find_variables_in_conditions(const FileCheck& check, const Piece& piece) {
  for (const YamlValue& value : values_of(check.file().yaml(piece))) {
    if (value.key != "if") continue;
    const MappedText text = value.node.mapped();
    if (text.text.find("${{") != std::string::npos) continue;
    for (const GhaReference& reference : references_of_expression(text.text)) {
      if (is_token_variable(reference)) check.hit(piece, text.map.to_parent(reference.span));
    }
  }
}

// gh variable set NAME --body VALUE
void find_variable_commands(const FileCheck& check, const Piece& piece) {
  static constexpr std::array<std::string_view, 12> kWithValue = {"--body",       "-b", "--env", "-e", "--env-file", "-f",
                                                                  "--visibility", "-v", "--org", "-o", "--repos",    "-r"};
  const ShellScript& script = check.file().shell(piece);
  for (const ShellCommand& command : script.commands) {
    const std::span<const ShellWord> words = effective_words(script, command).words;
    if (words.size() < 4 || command_name(words[0]) != "gh" || words[1].text != "variable" || words[2].text != "set") continue;
    const ParsedOptions parsed = parse_options(words.subspan(3), {kWithValue});
    for (const ShellWord* word : parsed.positionals) {
      if (is_token_name(word->text)) check.hit(piece, {words.front().span.begin, word->span.end});
    }
  }
}

// The command where no shell reads it: in a list of arguments, in a task of a TOML file.
void find_spelled_commands(const FileCheck& check, const Piece& piece) {
  static const Regex command(cat(R"re(\bgh["']?,?\s+["']?variable["']?,?\s+["']?set["']?,?\s+["']?)re",
                                 std::string(builtin_macro("TOKEN_NAME")), R"re((?:["'\s]|$))re"));
  if (piece.map != nullptr) return;
  const bool quoted_list = piece.language == Language::python || piece.language == Language::javascript;
  if (!quoted_list && piece.language != Language::toml && piece.language != Language::ini) return;
  for (const Regex::Hit& hit : command.find_all(piece.text)) {
    const std::string_view text = piece.text.substr(hit.whole.begin, hit.whole.end - hit.whole.begin);
    if (!quoted_list || text.find(',') != std::string_view::npos) check.hit(piece, {hit.whole.begin, hit.whole.end});
  }
}

bool is_shell(const Piece& piece) {
  return piece.language == Language::shell || piece.language == Language::powershell || piece.language == Language::batch ||
         piece.language == Language::makefile;
}

// A mapping that can have a condition in a workflow.
bool is_step_or_job(const YamlNode& mapping) {
  constexpr std::array<std::string_view, 7> kMarks = {"run", "uses", "steps", "runs-on", "with", "needs", "env"};
  return std::any_of(kMarks.begin(), kMarks.end(), [&mapping](std::string_view key) { return bool(mapping.find(key)); });
}

void find_secret_in_condition(const FileCheck& check, const Piece& piece, const YamlNode& condition) {
  const MappedText text = condition.mapped();
  for (const GhaReference& reference : references_of_condition(text.text)) {
    if (reference.context != "secrets") continue;
    check.hit(piece, text.map.to_parent(reference.span));
    return;
  }
}

void find_inherited_secrets(const FileCheck& check, const Piece& piece) {
  for (const YamlNode& mapping : check.file().yaml(piece).mappings()) {
    for (const YamlPair& pair : mapping.pairs()) {
      if (!pair.key.is("secrets") || !pair.value.is("inherit")) continue;
      check.hit(piece, {pair.key.span().begin, pair.value.place().end});
    }
  }
}

}  // namespace

void token_from_vars(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.map == nullptr) find_variables_in_text(check, piece);
    if (piece.language == Language::yaml) find_variables_in_conditions(check, piece);
    if (is_shell(piece)) find_variable_commands(check, piece);
    find_spelled_commands(check, piece);
  }
}

void secret_in_condition(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language != Language::yaml) continue;
    for (const YamlNode& mapping : check.file().yaml(piece).mappings()) {
      const YamlNode condition = mapping.find("if");
      if (condition.is_scalar() && is_step_or_job(mapping)) find_secret_in_condition(check, piece, condition);
    }
  }
}

void all_secrets_exposed(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language == Language::yaml) find_inherited_secrets(check, piece);
    if (piece.map != nullptr) continue;
    YamlComments comments(check.file(), piece);
    for (const GhaReference& reference : find_references(piece.text)) {
      const bool every = reference.context == "secrets" && reference.is_whole_context();
      if (every && !comments.hold(reference.span.begin)) check.hit(piece, reference.span);
    }
  }
}

std::span<const FileMatcher> workflow_matchers() {
  static constexpr std::array<FileMatcher, 13> kMatchers = {{
      {"token-from-vars", token_from_vars},
      {"secret-in-run", secret_in_run},
      {"token-in-broad-env", token_in_broad_env},
      {"token-for-untrusted-code", token_for_untrusted_code},
      {"missing-permissions", missing_permissions},
      {"token-to-step-environment", token_to_step_environment},
      {"secret-in-condition", secret_in_condition},
      {"artifact-leaks-token", artifact_leaks_token},
      {"cache-leaks-token", cache_leaks_token},
      {"all-secrets-exposed", all_secrets_exposed},
      {"debug-logging", debug_logging},
      {"token-to-file", token_to_file},
      {"publishes-with-secret", publishes_with_secret},
  }};
  return kMatchers;
}

}  // namespace hfscan
