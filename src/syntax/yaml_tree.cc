// Tested by tests/unit/syntax/yaml_test.cc.
#include <algorithm>
#include <utility>

#include "syntax/yaml.h"

namespace hfscan {
namespace {

const YamlRecord* record_of(const YamlArena* arena, std::uint32_t index) {
  return arena == nullptr || index >= arena->nodes.size() ? nullptr : &arena->nodes[index];
}

// The record that an alias stands for; an anchor never marks an alias, so one step is enough.
const YamlRecord* resolved(const YamlArena* arena, std::uint32_t index) {
  const YamlRecord* record = record_of(arena, index);
  return record != nullptr && record->kind == YamlRecord::Kind::alias ? record_of(arena, record->link) : record;
}

std::string_view text_of(const YamlArena& arena, const YamlRecord& record) {
  return arena.text.substr(record.begin, record.end - record.begin);
}

bool is_quoted(const YamlRecord& record) {
  return record.style == YamlStyle::single_quoted || record.style == YamlStyle::double_quoted;
}

// Only of a verbatim scalar.
ByteSpan verbatim_span(const YamlRecord& record) {
  const std::uint32_t quote = is_quoted(record) ? 1 : 0;
  return {record.begin + quote, record.end - quote};
}

std::string_view verbatim_text(const YamlArena& arena, const YamlRecord& record) {
  const ByteSpan span = verbatim_span(record);
  return arena.text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
}

MappedText scalar_text(const YamlArena& arena, const YamlRecord& record) {
  if (!record.verbatim) return read_yaml_scalar({arena.text, {record.begin, record.end}, record.style, record.link});
  MappedText text;
  text.append_copied(verbatim_text(arena, record), verbatim_span(record).begin);
  return text;
}

bool is_too_long(const YamlArena& arena, std::uint32_t index, const YamlRecord& record) {
  return &record != &arena.nodes[index] && record.end - record.begin > kMaxYamlAliasedScalar;
}

// Calls visit(index of the child) for each child, for the first ones only when the node is an alias.
template <typename Visit>
void for_each_child(const YamlArena* arena, std::uint32_t index, Visit visit) {
  const YamlRecord* record = resolved(arena, index);
  if (record == nullptr || record->kind == YamlRecord::Kind::scalar) return;
  std::size_t room = record == record_of(arena, index) ? SIZE_MAX : kMaxYamlAliasedChildren;
  for (std::uint32_t child = record->link; child != YamlRecord::kNone && room != 0;
       child = arena->nodes[child].next_sibling, --room)
    visit(child);
}

// Calls visit(key, value) for each pair of a mapping.
template <typename Visit>
void for_each_pair(const YamlArena* arena, std::uint32_t index, Visit visit) {
  const YamlRecord* record = resolved(arena, index);
  if (record == nullptr || record->kind != YamlRecord::Kind::mapping) return;
  YamlNode key;
  for_each_child(arena, index, [&](std::uint32_t child) {
    const YamlNode node(arena, child);
    if (key) visit(key, node);
    key = key ? YamlNode() : node;
  });
}

}  // namespace

YamlKind YamlNode::kind() const {
  const YamlRecord* record = resolved(arena_, index_);
  if (record == nullptr) return YamlKind::none;
  switch (record->kind) {
    case YamlRecord::Kind::mapping: return YamlKind::mapping;
    case YamlRecord::Kind::sequence: return YamlKind::sequence;
    case YamlRecord::Kind::scalar: return YamlKind::scalar;
    case YamlRecord::Kind::alias: break;
  }
  return YamlKind::none;
}

bool YamlNode::is_alias() const {
  const YamlRecord* record = record_of(arena_, index_);
  return record != nullptr && record->kind == YamlRecord::Kind::alias;
}

bool YamlNode::is_null() const {
  if (!is_scalar() || style() != YamlStyle::plain) return false;
  const std::string_view text = written();
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

YamlStyle YamlNode::style() const {
  const YamlRecord* record = resolved(arena_, index_);
  return record == nullptr ? YamlStyle::plain : record->style;
}

ByteSpan YamlNode::span() const {
  const YamlRecord* record = resolved(arena_, index_);
  return record == nullptr ? place() : ByteSpan{record->begin, record->end};
}

ByteSpan YamlNode::place() const {
  const YamlRecord* record = record_of(arena_, index_);
  return record == nullptr ? ByteSpan{} : ByteSpan{record->begin, record->end};
}

std::string_view YamlNode::written() const {
  const YamlRecord* record = resolved(arena_, index_);
  return record == nullptr ? std::string_view() : text_of(*arena_, *record);
}

std::string YamlNode::text() const {
  if (!is_scalar()) return {};
  const YamlRecord& record = *resolved(arena_, index_);
  if (is_too_long(*arena_, index_, record)) return {};
  return record.verbatim ? std::string(verbatim_text(*arena_, record)) : scalar_text(*arena_, record).text;
}

MappedText YamlNode::mapped() const {
  if (!is_scalar()) return {};
  const YamlRecord& record = *resolved(arena_, index_);
  return is_too_long(*arena_, index_, record) ? MappedText() : scalar_text(*arena_, record);
}

bool YamlNode::is(std::string_view text) const {
  if (!is_scalar()) return false;
  const YamlRecord& record = *resolved(arena_, index_);
  if (is_too_long(*arena_, index_, record)) return false;
  return record.verbatim ? verbatim_text(*arena_, record) == text : scalar_text(*arena_, record).text == text;
}

YamlNode YamlNode::find(std::string_view key) const {
  YamlNode found;
  bool may_merge = false;
  const auto look = [&](const YamlNode& pair_key, const YamlNode& value) {
    if (pair_key.is(key)) found = value;
    may_merge = may_merge || pair_key.is("<<");
  };
  for_each_pair(arena_, index_, look);
  if (found || !may_merge) return found;
  for (const YamlNode& mapping : merged_mappings()) {
    for_each_pair(arena_, mapping.index_, look);
    if (found) return found;
  }
  return {};
}

YamlNode YamlNode::at(std::initializer_list<std::string_view> keys) const {
  YamlNode node = *this;
  for (const std::string_view key : keys) node = node.find(key);
  return node;
}

std::vector<YamlPair> YamlNode::pairs() const {
  std::vector<YamlPair> pairs;
  for_each_pair(arena_, index_, [&pairs](const YamlNode& key, const YamlNode& value) { pairs.push_back({key, value}); });
  return pairs;
}

// What the mapping's own `<<` keys name: a mapping, or a sequence of mappings. They are aliases, as a rule.
void YamlNode::append_merges(std::vector<YamlNode>& mappings) const {
  const auto append = [&mappings](const YamlNode& node) {
    if (node.is_mapping() && mappings.size() < kMaxYamlMerges) mappings.push_back(node);
  };
  for_each_pair(arena_, index_, [&](const YamlNode& key, const YamlNode& value) {
    if (!key.is("<<")) return;
    append(value);
    if (!value.is_sequence()) return;
    for_each_child(arena_, value.index_, [&](std::uint32_t child) { append(YamlNode(arena_, child)); });
  });
}

std::vector<YamlNode> YamlNode::merged_mappings() const {
  std::vector<YamlNode> found;
  append_merges(found);
  for (std::size_t i = 0; i < found.size() && found.size() < kMaxYamlMerges; ++i) YamlNode(found[i]).append_merges(found);
  return found;
}

std::vector<YamlPair> YamlNode::merged_pairs() const {
  std::vector<YamlPair> all = pairs();
  const auto is_merge = [](const YamlPair& pair) { return pair.key.is("<<"); };
  if (std::none_of(all.begin(), all.end(), is_merge)) return all;
  for (const YamlNode& mapping : merged_mappings()) {
    for_each_pair(arena_, mapping.index_, [&all](const YamlNode& key, const YamlNode& value) { all.push_back({key, value}); });
  }
  std::erase_if(all, is_merge);
  return all;
}

std::vector<YamlNode> YamlNode::items() const {
  std::vector<YamlNode> items;
  if (is_sequence()) for_each_child(arena_, index_, [&](std::uint32_t child) { items.emplace_back(arena_, child); });
  return items;
}

std::vector<YamlNode> YamlNode::items_or_self() const {
  if (is_sequence()) return items();
  return kind() == YamlKind::none || is_null() ? std::vector<YamlNode>() : std::vector<YamlNode>{*this};
}

std::size_t YamlNode::child_count() const {
  std::size_t count = 0;
  for_each_child(arena_, index_, [&count](std::uint32_t) { ++count; });
  return count;
}

std::uint32_t YamlNode::id() const {
  const YamlRecord* record = record_of(arena_, index_);
  const bool alias = record != nullptr && record->kind == YamlRecord::Kind::alias && record->link != YamlRecord::kNone;
  return alias ? record->link : index_;
}

std::vector<YamlNode> YamlTree::documents() const {
  std::vector<YamlNode> nodes;
  for (const std::uint32_t root : roots_) nodes.emplace_back(arena_.get(), root);
  return nodes;
}

YamlNode YamlTree::root() const { return roots_.empty() ? YamlNode() : YamlNode(arena_.get(), roots_.front()); }

std::vector<YamlNode> YamlTree::mappings() const {
  std::vector<YamlNode> found;
  for (std::uint32_t i = 0; i < arena_->nodes.size(); ++i) {
    if (arena_->nodes[i].kind == YamlRecord::Kind::mapping) found.emplace_back(arena_.get(), i);
  }
  return found;
}

}  // namespace hfscan
