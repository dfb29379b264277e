#include "syntax/json.h"

#include "check.h"
#include "targets.h"

namespace hfscan::fuzz {
namespace {

void check_node(const JsonTree& tree, std::uint32_t index) {
  const JsonNode& node = tree.nodes[index];
  check_span(node.span(), tree.text.size());
  check_span(node.key_span(), tree.text.size());
  require(node.key_end <= node.begin || node.key_end == node.key_begin, "a key stands before its value");
  require(node.parent == kNoJson || node.parent < index, "a parent comes before its children");
  require(node.next == kNoJson || node.next > index, "a sibling comes later");
  require(node.first_child == kNoJson || node.first_child == index + 1, "the first child comes next");
  if (node.parent != kNoJson) require(tree.nodes[node.parent].span().contains(node.span()), "a value lies in its parent");
  check_mapped(tree.key(index), tree.text);
  if (node.kind == JsonKind::object || node.kind == JsonKind::array) return;
  const MappedText value = tree.value(index);
  check_mapped(value, tree.text);
  if (!value.text.empty())
    require(node.span().contains(value.map.to_parent({0, value.text.size()})), "a value says what it holds");
}

}  // namespace

void fuzz_json(std::string_view input) {
  const JsonTree tree = read_json(input);
  check_gave_up(tree.gave_up, input.size());
  require(tree.nodes.size() <= kMaxJsonNodes, "nodes are bounded");
  for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) check_node(tree, i);
}

}  // namespace hfscan::fuzz
