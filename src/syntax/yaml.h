// YAML as a tree that keeps positions: libyaml reads, nothing is resolved that the text does not say (`on` and `yes` stay
// strings, tags are ignored, an alias points to its node). Separate so that libyaml is included in one file, and so that text
// no loader would take (templates, control characters, a broken document among good ones) still gives a tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "syntax/gave_up.h"
#include "syntax/offset_map.h"
#include "syntax/yaml_scalar.h"

namespace hfscan {

// Bounds, each far above what people write. libyaml takes time quadratic in the depth of flow collections and in the number of
// %TAG lines; a node takes 20 bytes, and a text may have one for every two bytes.
constexpr std::size_t kMaxYamlBytes = std::size_t{64} << 20U;
constexpr std::size_t kMaxYamlNodes = std::size_t{2} << 20U;
constexpr std::size_t kMaxYamlFlowDepth = 32;
constexpr std::size_t kMaxYamlDepth = 1000;
constexpr std::size_t kMaxYamlTagDirectives = 100;
constexpr std::size_t kMaxYamlErrors = 32;  // documents that may be broken before the rest is left
// What is seen through one alias or one merge key, so that an alias costs no more than a screenful: children of the collection,
// mappings merged in, bytes of the scalar (a longer one is empty there and whole where it is written).
constexpr std::size_t kMaxYamlAliasedChildren = 128;
constexpr std::size_t kMaxYamlMerges = 16;
constexpr std::size_t kMaxYamlAliasedScalar = std::size_t{16} << 10U;

enum class YamlKind : std::uint8_t { none, mapping, sequence, scalar };

struct YamlPair;
struct YamlArena;

// One node, or none; every question may be asked of none, which is empty. Cheap to copy; lives as long as the YamlTree and the
// input. An alias is the node with that anchor, seen through the bounds above; a walk that goes down may still go round in
// circles or see a node many times: bound it, or use YamlTree::mappings().
class YamlNode {
 public:
  YamlNode() = default;
  YamlNode(const YamlArena* arena, std::uint32_t index) : arena_(arena), index_(index) {}

  explicit operator bool() const { return arena_ != nullptr; }
  // `none` also for an alias whose anchor does not stand before it.
  [[nodiscard]] YamlKind kind() const;
  [[nodiscard]] bool is_mapping() const { return kind() == YamlKind::mapping; }
  [[nodiscard]] bool is_sequence() const { return kind() == YamlKind::sequence; }
  [[nodiscard]] bool is_scalar() const { return kind() == YamlKind::scalar; }
  [[nodiscard]] bool is_alias() const;
  // A plain scalar that says nothing: empty, `~` or `null`.
  [[nodiscard]] bool is_null() const;
  [[nodiscard]] YamlStyle style() const;
  // Where the node is written, without anchor and tag: from the first key, item or quote to the last. For an alias, its
  // anchor's node; place() is then the alias itself.
  [[nodiscard]] ByteSpan span() const;
  [[nodiscard]] ByteSpan place() const;
  // The text of span().
  [[nodiscard]] std::string_view written() const;

  // Of a scalar: what it says, and the same with the way back; else empty.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] MappedText mapped() const;
  [[nodiscard]] bool is(std::string_view text) const;

  // The value of a mapping's key, merged-in mappings (`<<`) included; of equal keys the last, as loaders have it. Linear.
  [[nodiscard]] YamlNode find(std::string_view key) const;
  // find() again and again: at({"jobs", "build", "steps"}).
  [[nodiscard]] YamlNode at(std::initializer_list<std::string_view> keys) const;
  // The pairs of a mapping as written, a `<<` among them, and with those of merged-in mappings behind them, overridden ones
  // too.
  [[nodiscard]] std::vector<YamlPair> pairs() const;
  [[nodiscard]] std::vector<YamlPair> merged_pairs() const;
  [[nodiscard]] std::vector<YamlNode> items() const;
  // items(), or this node alone where it is no sequence and not null: for "a string or a list of strings".
  [[nodiscard]] std::vector<YamlNode> items_or_self() const;
  // Children of a collection: items, or keys and values together.
  [[nodiscard]] std::size_t child_count() const;

  // Tells nodes apart: equal for the same node, and for an alias and the node it stands for.
  [[nodiscard]] std::uint32_t id() const;

 private:
  void append_merges(std::vector<YamlNode>& mappings) const;
  [[nodiscard]] std::vector<YamlNode> merged_mappings() const;

  const YamlArena* arena_ = nullptr;
  std::uint32_t index_ = 0;
};

struct YamlPair {
  YamlNode key;
  YamlNode value;
};

// As the arena holds a node; only syntax/yaml*.cc look at it. Offsets count from the start of the input.
struct YamlRecord {
  enum class Kind : std::uint8_t { mapping, sequence, scalar, alias };
  static constexpr std::uint32_t kNone = UINT32_MAX;

  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t link = kNone;          // first child; of an alias its target; of a block scalar its indentation
  std::uint32_t next_sibling = kNone;  // the children of a mapping are key, value, key, value ...
  Kind kind = Kind::scalar;
  YamlStyle style = YamlStyle::plain;
  bool verbatim = false;  // a scalar whose value is its text, or its text without the quotes
};

struct YamlArena {
  std::string_view text;
  std::vector<YamlRecord> nodes;  // in the order in which they begin
};

class YamlTree {
 public:
  explicit YamlTree(std::unique_ptr<const YamlArena> arena, std::vector<std::uint32_t> roots, std::optional<GaveUp> gave_up)
      : arena_(std::move(arena)), roots_(std::move(roots)), gave_up_(std::move(gave_up)) {}

  // One root per document; an empty document is a null scalar.
  [[nodiscard]] std::vector<YamlNode> documents() const;
  // The root of the first document, or none.
  [[nodiscard]] YamlNode root() const;
  // Every mapping of every document once, where it is written, outer ones first: a walk without a stack.
  [[nodiscard]] std::vector<YamlNode> mappings() const;
  [[nodiscard]] std::size_t node_count() const { return arena_->nodes.size(); }
  // The first trouble. The collections that were open there are closed there, and reading goes on with the next document.
  [[nodiscard]] const std::optional<GaveUp>& gave_up() const { return gave_up_; }

 private:
  std::unique_ptr<const YamlArena> arena_;
  std::vector<std::uint32_t> roots_;
  std::optional<GaveUp> gave_up_;
};

// Never fails; `text` must outlive the tree and every node. UTF-8 with or without a byte order mark, ill-formed bytes are kept.
// Text that has template tags (syntax/yaml_template.h) and is no YAML as it stands is read a second time without them; the
// nodes still show the tags. Time linear in the text.
YamlTree parse_yaml(std::string_view text);

}  // namespace hfscan
