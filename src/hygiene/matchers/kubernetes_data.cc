// Tokens in ConfigMaps and Secrets, and in what makes them: kustomize's generators, kubectl, Terraform's resources. Tested by
// tests/unit/hygiene/matchers/kubernetes_test.cc.
#include <algorithm>
#include <array>
#include <vector>

#include "base/encoding.h"
#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/containers_names.h"
#include "hygiene/matchers/kubernetes.h"
#include "hygiene/token_names.h"
#include "rules/builtin_rules.h"
#include "syntax/hcl.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

// A dotenv, JSON, INI or YAML text with an entry of such a name and a value.
std::optional<Regex::Span> token_entry(std::string_view text) {
  static const Regex entry(cat(R"((?m)(?:^|[{,])\s*(?:export\s+)?["']?(?P<secret>)", builtin_macro("TOKEN_NAME"),
                               R"(["']?[ \t]*[:=][ \t]*["']?[^\s"',}#][^\s"',}]*))"));
  for (const Regex::Hit& hit : entry.find_all(text)) {
    const std::string_view found = text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin);
    if (!trim(found.substr(found.find_first_of(":=") + 1)).starts_with("null")) return hit.secret;
  }
  return std::nullopt;
}

void in_config_data(const FileCheck& check, const Piece& piece, const YamlNode& data) {
  for (const YamlPair& pair : data.merged_pairs()) {
    if (!pair.value.is_scalar() || pair.value.is_null()) continue;
    const MappedText value = pair.value.mapped();
    if (is_token_name(pair.key.text())) {
      if (!trim(value.text).empty())
        check.hit(piece, {pair.key.place().begin, std::max(pair.key.place().end, pair.value.place().end)}).severity =
            severity_of_value(value.text);
    } else if (const std::optional<Regex::Span> entry = token_entry(value.text)) {
      check.hit(piece, value.map.to_parent({entry->begin, entry->end}));
    }
  }
}

// kustomize: configMapGenerator: [{literals: [HF_TOKEN=x]}]
void in_generators(const FileCheck& check, const Piece& piece, const YamlNode& generators) {
  for (const YamlNode& generator : generators.items()) {
    for (const YamlNode& literal : generator.find("literals").items()) {
      const std::string text = literal.text();
      const std::size_t sign = std::min(text.find('='), text.size());
      const bool named = is_token_name(text.substr(0, sign)) && sign + 1 < text.size() &&
                         !bare(std::string_view(text).substr(sign + 1)).empty();
      if (named || (sign < text.size() && holds_token_literal(text))) check.hit(piece, literal.place());
    }
    for (const YamlNode& file : generator.find("files").items()) {
      const std::string text = file.text();
      if (is_token_name(text.substr(0, text.find('=')))) check.hit(piece, file.place());
    }
  }
}

// kubectl create configmap c --from-literal=HF_TOKEN=x
void in_command(const FileCheck& check, const Piece& piece, std::span<const ShellWord> words) {
  static constexpr std::array<std::string_view, 5> kWithValue = {"--from-literal", "--from-file", "--from-env-file", "-n",
                                                                 "--namespace"};
  static constexpr std::array<std::string_view, 5> kPrograms = {"kubectl", "oc", "k", "k3s", "microk8s"};
  if (words.size() < 4 || std::find(kPrograms.begin(), kPrograms.end(), command_name(words[0])) == kPrograms.end()) return;
  const ParsedOptions parsed = parse_options(words.subspan(1), {.with_value = kWithValue});
  const auto& named = parsed.positionals;
  const auto is_kind = [](const ShellWord* word) {
    return word->text == "configmap" || word->text == "cm" || word->text == "configmaps";
  };
  if (std::none_of(named.begin(), named.end(), is_kind)) return;
  if (std::none_of(named.begin(), named.end(), [](const ShellWord* word) { return word->text == "create"; })) return;
  for (const ShellOption& option : parsed.options) {
    if (!option.name.starts_with("--from-") || option.value_word == nullptr) continue;
    const std::string_view value = bare(option.value());
    const std::size_t sign = value.find('=');
    const std::string_view key = value.substr(0, sign);
    const std::string_view file = key.substr(key.rfind('/') + 1);
    const bool literal = option.name == "--from-literal" && sign != std::string_view::npos &&
                         (is_token_name(key) || is_token_value(value.substr(sign + 1))) && sign + 1 < value.size();
    const bool taken = option.name != "--from-literal" && is_dashed_token_name(file.substr(0, file.rfind('.')));
    if (!literal && !taken) continue;
    check.hit(piece, {words[0].span.begin, option.value_word->span.end});
    return;
  }
}

// resource "kubernetes_config_map" "x" { data = { HF_TOKEN = var.hf_token } }
void in_terraform(const FileCheck& check, const Piece& piece) {
  const CodeTree& code = check.file().code(piece);
  for (const HclBlock& block : hcl_blocks(code)) {
    if (block.type != "resource" || block.labels.empty() || !block.labels[0].starts_with("kubernetes_config_map")) continue;
    for (const CodeEntry& entry : hcl_attributes(code, block.group)) {
      const auto group = entry.name == "data" ? group_of_value(code, entry.value) : std::nullopt;
      if (!group) continue;
      for (const CodeEntry& item : hcl_attributes(code, *group)) {
        if (is_token_name(*item.name) && !bare(code.spelled(item.value_span)).empty())
          check.hit(piece, {item.name_span.begin, item.value_span.end});
      }
    }
  }
}

std::string without_blanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return text;
}

void in_secret(const FileCheck& check, const Piece& piece, const YamlNode& secret) {
  constexpr std::size_t kLargestValue = std::size_t{1} << 20U;
  for (const std::string_view part : {"stringData", "data"}) {
    for (const YamlPair& pair : secret.find(part).merged_pairs()) {
      const std::string text = pair.value.text();
      if (text.size() > kLargestValue) continue;
      const bool plain = holds_token_literal(text);
      if (plain || holds_token_literal(base64_decode_lenient(without_blanks(text))))
        check.hit(piece, {pair.key.place().begin, std::max(pair.key.place().end, pair.value.place().end)});
    }
  }
}

}  // namespace

void kubernetes_configmap(const FileCheck& check) {
  for_each_manifest_mapping(check, [&](const Piece& piece, const YamlNode& mapping) {
    if (mapping.find("kind").is("ConfigMap")) in_config_data(check, piece, mapping.find("data"));
    if (const YamlNode generators = mapping.find("configMapGenerator")) in_generators(check, piece, generators);
  });
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language == Language::hcl) in_terraform(check, piece);
    if (piece.language != Language::shell) continue;
    const ShellScript& script = check.file().shell(piece);
    for (const ShellCommand& command : script.commands) in_command(check, piece, effective_words(script, command).words);
  }
}

void kubernetes_secret(const FileCheck& check) {
  for_each_manifest_mapping(check, [&](const Piece& piece, const YamlNode& mapping) {
    if (mapping.find("kind").is("Secret")) in_secret(check, piece, mapping);
    for (const YamlNode& generator : mapping.find("secretGenerator").items()) {
      for (const YamlNode& literal : generator.find("literals").items()) {
        if (holds_token_literal(literal.text())) check.hit(piece, literal.place());
      }
    }
  });
}

}  // namespace hfscan
