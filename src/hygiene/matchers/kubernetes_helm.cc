// Tokens given to Helm: on its command line, and in files of values. Tested by
// tests/unit/hygiene/matchers/kubernetes_helm_test.cc.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/containers_names.h"
#include "hygiene/matchers/kubernetes.h"
#include "hygiene/token_names.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

// Commas part assignments; those after a backslash, in braces or in brackets do not.
std::vector<std::string_view> assignments_of(std::string_view list) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == '{' || list[i] == '(') ++depth;
    if (list[i] == '}' || list[i] == ')') --depth;
    if (list[i] != ',' || depth > 0 || (i > 0 && list[i - 1] == '\\')) continue;
    parts.push_back(list.substr(begin, i - begin));
    begin = i + 1;
  }
  parts.push_back(list.substr(begin));
  return parts;
}

// A path in the values that ends at a token, and not at what says where the token is.
bool is_token_path(std::string_view path) {
  const std::string_view last = path.substr(path.rfind('.') + 1);
  if (is_dashed_token_name(last.substr(0, last.find('[')))) return true;
  static const Regex hub(R"((?i)(?:^|[._-])(?:hf|hugging_?-?face(?:hub)?)(?:[._-]|[A-Z]|$))");
  return is_generic_token_name(last) && last != "key" && hub.search(path);
}

bool names_a_secret(std::string_view path) {
  static const Regex secret(R"((?i)(?:secret(?:name|ref|keyref|key)?|existingsecret[a-z]*|\.name|\.key|enabled|\.create)$)");
  return secret.search(path);
}

bool is_setting(std::string_view value) {
  static const Regex setting(R"((?i)\A(?:true|false|null|none|~|[0-9]{1,6}|<[^<>]*>|)\z)");
  return setting.search(bare(value));
}

bool sets_token(std::string_view assignment) {
  assignment = bare(assignment);
  const std::size_t sign = assignment.find('=');
  if (sign == std::string_view::npos) return false;
  const std::string_view path = bare(assignment.substr(0, sign));
  const std::string_view value = assignment.substr(sign + 1);
  if (names_a_secret(path) || is_setting(value)) return false;
  return is_token_path(path) ? !is_placeholder_value(bare(value)) || is_reference(value) : is_token_value(value);
}

void in_command(const FileCheck& check, const Piece& piece, std::span<const ShellWord> words) {
  static constexpr std::array<std::string_view, 4> kPrograms = {"helm", "helmfile", "helm3", "werf"};
  static constexpr std::array<std::string_view, 4> kSetting = {"--set", "--set-string", "--set-literal", "--set-json"};
  static constexpr std::array<std::string_view, 9> kWithValue = {
      "--set", "--set-string", "--set-literal", "--set-json", "-f", "-n", "--namespace", "--values", "--state-values-set"};
  if (words.empty()) return;
  const std::string_view name = command_name(words[0]);
  if (std::find(kPrograms.begin(), kPrograms.end(), name) == kPrograms.end()) return;
  for (const ShellOption& option : parse_options(words.subspan(1), {.with_value = kWithValue}).options) {
    const bool sets =
        std::find(kSetting.begin(), kSetting.end(), option.name) != kSetting.end() || option.name == "--state-values-set";
    if (!sets || option.value_word == nullptr) continue;
    const std::vector<std::string_view> assignments = assignments_of(option.value());
    if (std::none_of(assignments.begin(), assignments.end(), sets_token)) continue;
    check.hit(piece, {words[0].span.begin, option.value_word->span.end});
    return;
  }
}

bool is_values_file(std::string_view path) {
  static const Regex values(R"((?i)(?:values[^/]*\.ya?ml[^/]*|(?:^|/)(?:charts?|helm)/[^/]*\.ya?ml)$)");
  return values.search(path);
}

// Values given where the chart is named: Flux's HelmRelease, the Application of Argo CD, helmfile.
bool holds_values(const YamlNode& mapping) {
  return mapping.find("kind").is("HelmRelease") || mapping.find("kind").is("HelmChart") || mapping.find("chart") ||
         mapping.find("helm");
}

void report_literals(const FileCheck& check, const Piece& piece, const YamlNode& mapping) {
  for (const YamlPair& pair : mapping.pairs()) {
    const std::string key = pair.key.text();
    if (!pair.value.is_scalar() || !(is_dashed_token_name(key) || is_generic_token_name(key))) continue;
    if (holds_token_literal(pair.value.text())) check.hit(piece, {pair.key.place().begin, pair.value.place().end});
  }
}

void in_values(const FileCheck& check, const Piece& piece) {
  static const Regex shown(R"((?i)\A\s*#[^\n]*values[^\n]*\.ya?ml)");
  const bool values = is_values_file(check.file().path()) || shown.search(piece.text.substr(0, 300));
  std::uint64_t inside_until = 0;
  for (const YamlNode& mapping : check.file().yaml(piece).mappings()) {
    if (!values && holds_values(mapping)) inside_until = std::max(inside_until, mapping.span().end);
    if (values || mapping.span().begin < inside_until) report_literals(check, piece, mapping);
    // - name: hf_token, value: x below `parameters` or `set`
    for (const std::string_view list : {"parameters", "set"}) {
      for (const YamlNode& item : mapping.find(list).items()) {
        if (is_token_path(item.find("name").text()) && holds_token_literal(item.find("value").text()))
          check.hit(piece, {item.span().begin, item.span().end});
      }
    }
  }
}

}  // namespace

void helm_values(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language == Language::yaml) in_values(check, piece);
    if (piece.language != Language::shell) continue;
    const ShellScript& script = check.file().shell(piece);
    for (const ShellCommand& command : script.commands) in_command(check, piece, effective_words(script, command).words);
  }
}

}  // namespace hfscan
