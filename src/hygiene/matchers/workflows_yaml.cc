// Tested by tests/unit/hygiene/matchers/workflows_test.cc.
#include "hygiene/matchers/workflows_yaml.h"

#include <algorithm>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// Of `secrets.X != ''`, `!secrets.X` and `secrets.X && 'a' || 'b'` only a truth value or other text is left.
bool is_only_tested(std::string_view body, const GhaReference& reference) {
  const auto begin = static_cast<std::size_t>(reference.span.begin);
  const std::size_t next = body.find_first_not_of(kBlanks, static_cast<std::size_t>(reference.span.end));
  const std::string_view after = next == std::string_view::npos ? std::string_view() : body.substr(next, 2);
  if (after == "==" || after == "!=" || after == "&&") return true;
  const std::size_t last = begin == 0 ? std::string_view::npos : body.find_last_not_of(kBlanks, begin - 1);
  if (last == std::string_view::npos) return false;
  if (body[last] == '!') return true;
  return last > 0 && body[last] == '=' && (body[last - 1] == '=' || body[last - 1] == '!');
}

void append_value(std::vector<YamlValue>& values, const std::string& key, const YamlNode& node) {
  if (node.is_scalar() && !node.is_alias()) values.push_back({key, node});
}

}  // namespace

std::vector<YamlValue> values_of(const YamlTree& tree) {
  std::vector<YamlValue> values;
  for (const YamlNode& mapping : tree.mappings()) {
    for (const YamlPair& pair : mapping.pairs()) {
      if (pair.value.is_alias()) continue;
      const std::string key = pair.key.text();
      append_value(values, key, pair.value);
      for (const YamlNode& item : pair.value.items()) append_value(values, key, item);
    }
  }
  return values;
}

std::vector<YamlNode> steps_of(const YamlTree& tree) {
  std::vector<YamlNode> steps;
  for (const YamlNode& mapping : tree.mappings()) {
    if (mapping.find("uses").is_scalar() || mapping.find("run").is_scalar()) steps.push_back(mapping);
  }
  return steps;
}

std::vector<YamlLine> lines_of(const YamlNode& scalar) {
  std::vector<YamlLine> lines;
  const MappedText whole = scalar.mapped();
  const std::string_view text = whole.text;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trim(text.substr(at, end - at));
    if (!line.empty()) {
      const auto begin = static_cast<std::size_t>(line.data() - text.data());
      lines.push_back({std::string(line), whole.map.to_parent({begin, begin + line.size()})});
    }
    at = end + 1;
  }
  return lines;
}

bool names_hugging_face(std::string_view name) {
  static const Regex said(R"((?i:hugging)|(?:^|[^A-Za-z])(?i:hf)|(?i:hf)(?:[^A-Za-z]|$)|[a-z]H[Ff]|hf[A-Z])");
  return said.search(name);
}

std::vector<GhaReference> pasted_secrets(std::string_view text) {
  std::vector<GhaReference> pasted;
  for (const GhaExpression& expression : find_expressions(text)) {
    const auto begin = static_cast<std::size_t>(expression.body.begin);
    const std::string_view body = text.substr(begin, static_cast<std::size_t>(expression.body.size()));
    for (GhaReference& reference : references_of_expression(body)) {
      if (reference.context != "secrets" || is_only_tested(body, reference)) continue;
      reference.span = {reference.span.begin + begin, reference.span.end + begin};
      pasted.push_back(std::move(reference));
    }
  }
  return pasted;
}

bool hands_on_token(std::string_view key, std::string_view value) {
  if (value.find("${{") == std::string_view::npos) return false;
  const bool named = is_token_name(key);
  const std::vector<GhaReference> secrets = pasted_secrets(value);
  return std::any_of(secrets.begin(), secrets.end(),
                     [named](const GhaReference& secret) { return named || names_hugging_face(secret.path); });
}

TokenUses::TokenUses(const YamlTree& tree) {
  for (const YamlValue& value : values_of(tree)) {
    if (value.key != "if" && hands_on_token(value.key, value.node.text())) places_.push_back(value.node.span().begin);
  }
  std::sort(places_.begin(), places_.end());
}

bool TokenUses::within(ByteSpan span) const {
  const auto first = std::lower_bound(places_.begin(), places_.end(), span.begin);
  return first != places_.end() && *first < span.end;
}

}  // namespace hfscan
