// The blocks of HCL (Terraform, Packer, Nomad): type "label" "label" { body }. Over a CodeTree of Language::hcl.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/code.h"

namespace hfscan {

struct HclBlock {
  std::string_view type;            // variable
  std::vector<std::string> labels;  // hf_token: decoded; a bare word counts
  ByteSpan head;                    // from the type to before the brace
  std::uint32_t group = 0;          // the body
};

// Of the whole text, nested ones too (env { ... } in container { ... }), in the order of their braces. Objects (`= { ... }`)
// are no blocks: they are values.
std::vector<HclBlock> hcl_blocks(const CodeTree& tree);

// `name = value` and `"name" = value` (and `:`) directly in a block or an object: entries with a name.
std::vector<CodeEntry> hcl_attributes(const CodeTree& tree, std::uint32_t group);

}  // namespace hfscan
