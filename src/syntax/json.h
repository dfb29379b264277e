// JSON with the place of every value, for configuration files that are scanned: comments and trailing commas are tolerated,
// several documents may follow each other (JSON lines). Separate from base/json, which reads and writes the program's own files
// and keeps no places.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "syntax/gave_up.h"
#include "syntax/offset_map.h"

namespace hfscan {

constexpr std::uint32_t kNoJson = std::numeric_limits<std::uint32_t>::max();

enum class JsonKind : std::uint8_t { object, array, string, literal };  // literal: numbers, true, false, null, NaN

// Offsets into the text, which ends before 4 GiB.
struct JsonNode {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  // one past the closing bracket or quote
  std::uint32_t key_begin = 0;
  std::uint32_t key_end = 0;  // with its quotes; equal to key_begin where there is no key
  std::uint32_t parent = kNoJson;
  std::uint32_t first_child = kNoJson;  // of an object or array, in the order of the text
  std::uint32_t next = kNoJson;         // sibling; of a document: the next document
  JsonKind kind = JsonKind::literal;

  [[nodiscard]] ByteSpan span() const { return {begin, end}; }
  [[nodiscard]] ByteSpan key_span() const { return {key_begin, key_end}; }
};

// Limits memory, at 32 bytes a node and 16 more while it is open: about 100 MB of ordinary JSON.
constexpr std::size_t kMaxJsonNodes = std::size_t{4} << 20U;

struct JsonTree {
  std::string_view text;        // must outlive the tree
  std::vector<JsonNode> nodes;  // in the order of the text: a parent before its children; node 0 is the first document
  std::optional<GaveUp> gave_up;

  // kNoJson when the text holds no value.
  [[nodiscard]] std::uint32_t root() const { return nodes.empty() ? kNoJson : 0; }
  // The member of that name, the last one if there are several (as most readers take it); kNoJson when there is none or the
  // node is no object. kNoJson as a node gives kNoJson, so look-ups can be chained. Costs the number of members.
  [[nodiscard]] std::uint32_t member(std::uint32_t object, std::string_view name) const;
  [[nodiscard]] bool key_is(std::uint32_t node, std::string_view name) const;
  [[nodiscard]] MappedText key(std::uint32_t node) const;
  // Of a string: decoded; of anything else: as it is written; empty for kNoJson.
  [[nodiscard]] MappedText value(std::uint32_t node) const;
  void append_value(std::uint32_t node, MappedText& out) const;
  [[nodiscard]] bool is(std::uint32_t node, JsonKind kind) const { return node != kNoJson && nodes[node].kind == kind; }
  [[nodiscard]] std::uint32_t first_child(std::uint32_t node) const {
    return node == kNoJson ? kNoJson : nodes[node].first_child;
  }
  [[nodiscard]] std::uint32_t next(std::uint32_t node) const { return nodes[node].next; }
};

// Any bytes; iterative, linear. Stops at the first syntax error: what was read stands, and what was open ends there. An empty
// text is no error.
JsonTree read_json(std::string_view text);

}  // namespace hfscan
