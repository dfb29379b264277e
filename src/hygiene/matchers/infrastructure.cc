// Tokens in Terraform's code and state, also Packer, Nomad and Terragrunt. Tested by
// tests/unit/hygiene/matchers/infrastructure_test.cc.
#include "hygiene/matchers/infrastructure.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/containers_names.h"
#include "hygiene/matchers/families.h"
#include "hygiene/token_names.h"
#include "syntax/code_value.h"
#include "syntax/hcl.h"

namespace hfscan {
namespace {

bool is_env_name(std::string_view name) {
  static const Regex env(
      R"((?i)\A(?:env|environment|envs|env_?vars|environment_?variables|variables|app_settings|container_env|secure_environment_variables)\z)");
  return env.search(name);
}

bool is_value_of_state(std::string_view value) {
  constexpr std::size_t kLongestValue = 2048;
  value = value.substr(0, kLongestValue);  // values may nest
  static const Regex reference(R"(\A(?:"?\$\{)?\s*(?:[a-z]+\(\s*)?(?:var|local|data|module|random_[a-z]+|each)\.)");
  return reference.search(trim(value)) || holds_token_literal(value);
}

class TerraformScan {
 public:
  TerraformScan(const FileCheck& check, const Piece& piece) : check_(check), piece_(piece), code_(check.file().code(piece)) {}

  void run() {
    blocks_ = hcl_blocks(code_);
    if (is_bake()) return;
    literals();
    for (const HclBlock& block : blocks_) {
      if (block.type == "variable" || block.type == "output") hidden(block);
      if (is_env_name(block.type)) environment(block.group);
    }
    values();
  }

 private:
  // Files of docker bake have variables too, and nothing to mark them with.
  [[nodiscard]] bool is_bake() const {
    const auto is = [this](std::string_view type) {
      return std::any_of(blocks_.begin(), blocks_.end(), [type](const HclBlock& block) { return block.type == type; });
    };
    return check_.file().path().find("bake") != std::string_view::npos || (is("target") && !is("resource") && !is("provider"));
  }

  // Tokens in strings, and JSON in a here-document that sets a variable: {"name": "HF_TOKEN", "value": "${var.x}"}.
  void literals() {
    static const Regex pair(R"re("name"\s*:\s*"(?P<secret>[A-Z0-9_]+)"\s*,\s*"value"\s*:\s*"\$\{\s*(?:var|local|data)\.)re");
    for (std::uint32_t i = 0; i < code_.tokens.size(); ++i) {
      const CodeToken& token = code_.tokens[i];
      if (token.kind != TokenKind::string) continue;
      const std::string_view text = code_.spelled(i);
      if (holds_token_literal(text)) report(token.span()).severity = Severity::error;
      if (token.quote != QuoteKind::heredoc) continue;
      for (const Regex::Hit& hit : pair.find_all(text)) {
        if (is_token_name(text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin)))
          report({token.begin + hit.whole.begin, token.begin + hit.whole.end});
      }
    }
  }

  // variable "hf_token" without sensitive = true or ephemeral = true; an output likewise.
  void hidden(const HclBlock& block) {
    if (block.labels.empty() || !is_dashed_token_name(block.labels[0])) return;
    const std::vector<CodeEntry> entries = hcl_attributes(code_, block.group);
    for (const std::string_view name : {"sensitive", "ephemeral"}) {
      const CodeEntry* entry = find_entry(entries, name);
      if (entry != nullptr && code_.spelled(entry->value_span) != "false") return;
    }
    RuleHit& hit = report(block.head);
    if (block.type == "output") hit.message = "Terraform prints an output that holds a Hugging Face token: it is not sensitive";
    if (piece_.map == nullptr) hit.edits.push_back(insertion(block, entries));
  }

  [[nodiscard]] Edit insertion(const HclBlock& block, const std::vector<CodeEntry>& entries) const {
    if (const CodeEntry* entry = find_entry(entries, "sensitive")) return {entry->value_span, "true"};
    const CodeGroup& group = code_.groups[block.group];
    const std::uint64_t after_open = code_.tokens[group.open].end;
    const bool one_line = group.close != kNoToken &&
                          code_.spelled({after_open, code_.tokens[group.close].begin}).find('\n') == std::string_view::npos;
    if (!one_line) return {{after_open, after_open}, "\n  sensitive = true"};
    // A block of one line holds one argument at most.
    return {{after_open, after_open}, entries.empty() ? " sensitive = true " : "\n  sensitive = true\n "};
  }

  // { name = "HF_TOKEN", value = var.x } in a block or an object.
  void values() {
    for (std::uint32_t group = 1; group < code_.groups.size(); ++group) {
      if (code_.opener(group) != '{') continue;
      const std::vector<CodeEntry> entries = hcl_attributes(code_, group);
      named_value(entries);
      for (const CodeEntry& entry : entries) {
        if (!is_env_name(*entry.name)) continue;
        if (const auto inner = group_of_value(code_, entry.value)) environment(*inner);
      }
    }
  }

  void named_value(const std::vector<CodeEntry>& entries) {
    const CodeEntry* name = find_entry(entries, "name");
    const CodeEntry* value = find_entry(entries, "value");
    if (name == nullptr || value == nullptr) return;
    const auto said = string_value(code_, name->value);
    if (!said || !is_token_name(said->text) || said->text != upper(said->text)) return;
    if (is_value_of_state(code_.spelled(value->value_span))) report({name->name_span.begin, value->value_span.end});
  }

  static std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
  }

  // env { HF_TOKEN = var.x }, environment = { HF_TOKEN = var.x }, env = ["HF_TOKEN=${var.x}"]
  void environment(std::uint32_t group) {
    for (const CodeEntry& entry : entries_of(code_, group)) {
      const std::string_view value = code_.spelled(entry.value_span);
      if (entry.name) {
        if (is_token_name(*entry.name) && is_value_of_state(value)) report({entry.name_span.begin, entry.value_span.end});
      } else {
        const std::string_view text = bare(value);
        const std::size_t sign = text.find('=');
        if (sign != std::string_view::npos && is_token_name(text.substr(0, sign)) && is_value_of_state(text.substr(sign + 1)))
          report(entry.value_span);
      }
    }
  }

  // One hit to a place: an environment is met as a block and as a value, a literal inside it as well.
  RuleHit& report(ByteSpan span) {
    const auto seen = std::find_if(seen_.begin(), seen_.end(),
                                   [span](ByteSpan other) { return other.begin < span.end && span.begin < other.end; });
    if (seen != seen_.end()) return ignored_;
    constexpr std::size_t kMostRemembered = 256;
    if (seen_.size() < kMostRemembered) seen_.push_back(span);
    return check_.hit(piece_, span);
  }

  const FileCheck& check_;
  const Piece& piece_;
  const CodeTree& code_;
  std::vector<HclBlock> blocks_;
  std::vector<ByteSpan> seen_;
  RuleHit ignored_;
};

bool is_true(const JsonTree& json, std::uint32_t node) { return node != kNoJson && json.value(node).text == "true"; }

// *.tf.json, *.tfvars.json, and what CDK for Terraform writes.
void in_json(const FileCheck& check, const Piece& piece) {
  const JsonTree& json = check.file().json(piece);
  for (const std::string_view kind : {"variable", "output"}) {
    for (std::uint32_t node = json.first_child(json.member(json.root(), kind)); node != kNoJson; node = json.next(node)) {
      if (!is_dashed_token_name(json.key(node).text)) continue;
      if (is_true(json, json.member(node, "sensitive")) || is_true(json, json.member(node, "ephemeral"))) continue;
      check.hit(piece, json.nodes[node].key_span());
    }
  }
  for (std::uint32_t node = 0; node < json.nodes.size(); ++node) {
    if (json.nodes[node].kind == JsonKind::string && holds_token_literal(json.value(node).text))
      check.hit(piece, json.nodes[node].span()).severity = Severity::error;
  }
}

bool is_terraform_json(std::string_view path) {
  return path.ends_with(".tf.json") || path.ends_with(".tfvars.json") || path.ends_with(".pkr.json");
}

}  // namespace

void terraform_token(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language == Language::hcl) TerraformScan(check, piece).run();
    if (piece.language == Language::json && piece.map == nullptr && is_terraform_json(check.file().path()))
      in_json(check, piece);
  }
}

std::span<const FileMatcher> infrastructure_matchers() {
  static constexpr std::array<FileMatcher, 3> kMatchers = {
      {{"terraform-token", terraform_token}, {"nix-token", nix_token}, {"service-token", service_token}}};
  return kMatchers;
}

}  // namespace hfscan
