#include "syntax/yaml.h"

#include "check.h"
#include "syntax/yaml_template.h"
#include "targets.h"

namespace hfscan::fuzz {
namespace {

void check_node(const YamlNode& node, std::string_view text) {
  check_span(node.span(), text.size());
  check_span(node.place(), text.size());
  if (node.kind() != YamlKind::none)
    require(node.written() == slice(text, node.span()), "what is written is the text of the span");
  if (!node.is_scalar()) return;
  const MappedText said = node.mapped();
  check_mapped(said, text);
  if (!node.is_alias() && !said.text.empty())
    require(node.span().contains(said.map.to_parent({0, said.text.size()})), "a scalar says what it holds");
}

void check_pairs(const YamlNode& mapping, std::string_view text) {
  std::uint64_t last = mapping.span().begin;
  for (const YamlPair& pair : mapping.pairs()) {
    check_node(pair.key, text);
    check_node(pair.value, text);
    require(pair.key.place().begin >= last, "keys stand in the order of the text");
    last = pair.key.place().begin;
  }
  for (const YamlPair& pair : mapping.merged_pairs()) require(static_cast<bool>(pair.key), "a merged pair has a key");
}

}  // namespace

void fuzz_yaml(std::string_view input) {
  const YamlTree tree = parse_yaml(input);
  check_gave_up(tree.gave_up(), input.size());
  require(tree.node_count() <= kMaxYamlNodes, "nodes are bounded");
  for (const YamlNode& document : tree.documents()) {
    check_node(document, input);
    for (const YamlNode& item : document.items_or_self()) check_node(item, input);
  }
  std::uint64_t last = 0;
  for (const YamlNode& mapping : tree.mappings()) {
    require(mapping.is_mapping() && !mapping.is_alias(), "mappings are mappings where they are written");
    require(mapping.span().begin >= last, "outer mappings come first");
    last = mapping.span().begin;
    check_pairs(mapping, input);
  }
}

void fuzz_yaml_template(std::string_view input) {
  const std::string text = without_template_tags(input);
  require(text.size() == input.size(), "templates are taken out byte for byte");
  if (!has_template_tags(input)) require(text == input, "a text without tags stays as it is");
  for (std::size_t i = 0; i < text.size(); ++i) {
    require((text[i] == '\n') == (input[i] == '\n') && (text[i] == '\r') == (input[i] == '\r'), "line ends stay");
  }
}

}  // namespace hfscan::fuzz
