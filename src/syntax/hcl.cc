// Tested by tests/unit/syntax/hcl_test.cc.
#include "syntax/hcl.h"

#include <algorithm>

#include "syntax/code_value.h"

namespace hfscan {
namespace {

constexpr std::uint32_t kMaxLabels = 8;  // Terraform has two; bounds the look back

}  // namespace

std::vector<HclBlock> hcl_blocks(const CodeTree& tree) {
  std::vector<HclBlock> blocks;
  for (std::uint32_t group = 1; group < tree.groups.size(); ++group) {
    const std::uint32_t open = tree.groups[group].open;
    if (tree.opener(group) != '{') continue;
    std::uint32_t first = open;
    while (first > 0 && open - first <= kMaxLabels) {
      const TokenKind kind = tree.tokens[first - 1].kind;
      if (kind != TokenKind::name && kind != TokenKind::string) break;
      --first;
    }
    const bool at_line_start = first == 0 || tree.tokens[first - 1].kind == TokenKind::line_end ||
                               tree.tokens[first - 1].kind == TokenKind::comment || tree.is(first - 1, "{");
    if (first == open || !at_line_start || tree.tokens[first].kind != TokenKind::name) continue;
    HclBlock block;
    block.type = tree.spelled(first);
    block.head = tree.span({first, open});
    block.group = group;
    for (std::uint32_t label = first + 1; label < open; ++label) {
      const bool quoted = tree.tokens[label].kind == TokenKind::string;
      block.labels.push_back(quoted ? decoded(tree, label).text : std::string(tree.spelled(label)));
    }
    blocks.push_back(std::move(block));
  }
  return blocks;
}

std::vector<CodeEntry> hcl_attributes(const CodeTree& tree, std::uint32_t group) {
  std::vector<CodeEntry> entries = entries_of(tree, group);
  std::erase_if(entries, [](const CodeEntry& entry) { return !entry.name; });
  return entries;
}

}  // namespace hfscan
