// What a YAML scalar says: quotes and escapes undone, lines folded, indentation stripped, with the way back for every byte.
//
// Separate from the tree so that a scalar is only read when a rule asks for it. Follows YAML 1.1 as libyaml reads it, but takes
// LF, CR LF and CR alone for line ends (as YAML 1.2 does), and leaves a bad escape as it stands.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/location.h"
#include "syntax/offset_map.h"

namespace hfscan {

enum class YamlStyle : std::uint8_t { block, flow, plain, single_quoted, double_quoted, literal, folded };

struct YamlScalarSource {
  std::string_view text;  // the whole input
  ByteSpan span;          // the scalar as written: quotes, or the header of a block scalar (`|-`), included
  YamlStyle style = YamlStyle::plain;
  std::uint32_t indent = 0;  // of the content of a block scalar, in columns
};

// Linear in the size of the span. Offsets of the map are offsets of `text`.
MappedText read_yaml_scalar(const YamlScalarSource& source);

}  // namespace hfscan
