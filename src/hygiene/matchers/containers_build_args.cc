// Build arguments in the files and calls that describe a build: compose, bake, build-push-action, skaffold, fly.toml, SDKs.
// Tested by tests/unit/hygiene/matchers/containers_build_test.cc.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/containers.h"
#include "hygiene/matchers/containers_names.h"
#include "hygiene/token_names.h"
#include "syntax/code_value.h"
#include "syntax/hcl.h"

namespace hfscan {
namespace {

// Values may nest: a value is looked at so far, so that a hostile text costs linear time.
constexpr std::size_t kLongestValue = 2048;

// build-args, build_args, buildArgs, buildargs, build-arg ...
bool is_build_args_key(std::string_view key) {
  std::string plain = to_lower_ascii(key.substr(0, 40));
  std::erase_if(plain, [](char c) { return c == '-' || c == '_'; });
  return plain == "buildargs" || plain == "buildarg" || plain == "dockerbuildargs" || plain == "extrabuildargs";
}

// One `NAME=value` to the line.
void in_lines(const FileCheck& check, const Piece& piece, const MappedText& text) {
  for (const std::string_view line : split_lines(text.text)) {
    const std::string_view entry = trim(line);
    if (entry.empty() || entry.starts_with("#") || !assigns_token(entry)) continue;
    const auto begin = static_cast<std::uint64_t>(entry.data() - text.text.data());
    check.hit(piece, text.map.to_parent({begin, begin + entry.size()}));
  }
}

bool is_token_pair(const YamlPair& pair) {
  if (is_token_name(pair.key.text())) return true;
  const std::string value = pair.value.is_scalar() ? pair.value.text() : "";
  if ((pair.key.is("name") || pair.key.is("key")) && is_token_name(value)) return true;
  return is_token_value(value);
}

void in_mapping(const FileCheck& check, const Piece& piece, const YamlNode& mapping) {
  for (const YamlPair& pair : mapping.merged_pairs()) {
    if (!is_token_pair(pair)) continue;
    const ByteSpan key = pair.key.place();
    const bool same_line = pair.value.is_scalar() && pair.value.place().end > key.begin;
    check.hit(piece, {key.begin, same_line ? pair.value.place().end : key.end});
  }
}

void in_yaml_value(const FileCheck& check, const Piece& piece, const YamlNode& value) {
  if (value.is_mapping()) return in_mapping(check, piece, value);
  if (value.is_scalar()) return in_lines(check, piece, value.mapped());
  for (const YamlNode& item : value.items()) {
    if (item.is_mapping()) in_mapping(check, piece, item);
    if (item.is_scalar()) in_lines(check, piece, item.mapped());
  }
}

// `args` of a mapping that describes a build: it is the value of `build`, or says which Dockerfile or context.
bool describes_build(const YamlNode& mapping) {
  return mapping.find("context") || mapping.find("dockerfile") || mapping.find("dockerfile_inline");
}

void in_yaml(const FileCheck& check, const Piece& piece) {
  for (const YamlNode& mapping : check.file().yaml(piece).mappings()) {
    const bool builds = describes_build(mapping);
    for (const YamlPair& pair : mapping.pairs()) {
      const std::string key = pair.key.text();
      if (is_build_args_key(key) || (builds && key == "args")) in_yaml_value(check, piece, pair.value);
      if (key == "build" && pair.value.is_mapping() && !describes_build(pair.value))
        in_yaml_value(check, piece, pair.value.find("args"));
    }
  }
}

bool is_json_args(const JsonTree& json, std::uint32_t node) {
  if (node == kNoJson || json.nodes[node].key_begin == json.nodes[node].key_end) return false;
  if (is_build_args_key(json.key(node).text)) return true;
  if (!json.key_is(node, "args") || json.nodes[node].parent == kNoJson) return false;
  const std::uint32_t parent = json.nodes[node].parent;
  const std::uint32_t above = json.nodes[parent].parent;
  return json.key_is(parent, "build") || (above != kNoJson && json.key_is(above, "target"));
}

void in_json(const FileCheck& check, const Piece& piece) {
  const JsonTree& json = check.file().json(piece);
  for (const JsonNode& node : json.nodes) {
    const auto index = static_cast<std::uint32_t>(&node - json.nodes.data());
    if (!is_json_args(json, node.parent)) continue;
    const bool named = node.key_begin < node.key_end && is_token_name(json.key(index).text);
    const bool listed =
        node.kind == JsonKind::string && json.is(node.parent, JsonKind::array) && assigns_token(json.value(index).text);
    const bool given = node.kind == JsonKind::string && is_token_value(json.value(index).text);
    if (named || listed || given) check.hit(piece, {named ? node.key_begin : node.begin, node.end});
  }
}

void in_entries(const FileCheck& check, const Piece& piece, const std::vector<CodeEntry>& entries) {
  const CodeTree& code = check.file().code(piece);
  for (const CodeEntry& entry : entries) {
    const std::string_view value = code.spelled(entry.value_span).substr(0, kLongestValue);
    if (entry.name && (is_token_name(*entry.name) || is_token_value(value)))
      check.hit(piece, {entry.name_span.begin, std::max(entry.name_span.end, entry.value_span.end)});
    else if (!entry.name && assigns_token(value.substr(std::min(value.find_first_of("\"'`"), value.size()))))
      check.hit(piece, entry.value_span);
    else if (!entry.name) {
      static const Regex named(
          R"((?:name|key)["']?\s*[:=]\s*["'](?P<secret>[A-Za-z0-9_]+)["']|BuildArg\(\s*(?:name\s*=\s*)?["'](?P<other>[A-Za-z0-9_]+))");
      if (value.size() < 500 && named.search(value) && mentions_token_name(value)) check.hit(piece, entry.value_span);
    }
  }
}

bool is_code_args(const CodeTree& code, const CodeEntry& entry, std::vector<CodeEntry>& found) {
  if (!entry.name) return false;
  const std::optional<std::uint32_t> group = group_of_value(code, entry.value);
  if (!group) return false;
  if (is_build_args_key(*entry.name)) {
    found = entries_of(code, *group);
    return true;
  }
  if (*entry.name != "build") return false;
  const std::vector<CodeEntry> build = entries_of(code, *group);
  const CodeEntry* args = find_entry(build, "args");
  const std::optional<std::uint32_t> inner = args == nullptr ? std::nullopt : group_of_value(code, args->value);
  if (inner) found = entries_of(code, *inner);
  return inner.has_value();
}

void in_code(const FileCheck& check, const Piece& piece) {
  const CodeTree& code = check.file().code(piece);
  for (std::uint32_t group = 0; group < code.groups.size(); ++group) {
    for (const CodeEntry& entry : entries_of(code, group)) {
      std::vector<CodeEntry> args;
      if (is_code_args(code, entry, args)) in_entries(check, piece, args);
    }
  }
}

// Bake's targets, and the build blocks of Terraform's docker provider.
void in_hcl(const FileCheck& check, const Piece& piece) {
  const CodeTree& code = check.file().code(piece);
  for (const HclBlock& block : hcl_blocks(code)) {
    const bool args_block = is_build_args_key(block.type);
    if (args_block) in_entries(check, piece, hcl_attributes(code, block.group));
    if (block.type != "target" && block.type != "build" && block.type != "config") continue;
    for (const CodeEntry& entry : hcl_attributes(code, block.group)) {
      const bool args = entry.name == "args" ? block.type != "config" : is_build_args_key(*entry.name);
      if (!args) continue;
      if (const auto group = group_of_value(code, entry.value)) in_entries(check, piece, entries_of(code, *group));
    }
  }
}

// [build.args] of fly.toml.
void in_toml(const FileCheck& check, const Piece& piece) {
  bool inside = false;
  for (const std::string_view raw : split_lines(piece.text)) {
    const std::string_view line = trim(raw);
    if (line.starts_with("[")) {
      const std::string_view name = line.substr(1, std::min(line.find(']'), line.size()) - 1);
      const std::string_view last = name.substr(name.rfind('.') + 1);
      inside = name.ends_with("build.args") || is_build_args_key(last);
    } else if (inside && !line.starts_with("#")) {
      const std::size_t sign = line.find('=');
      if (sign == std::string_view::npos || !is_token_name(bare(line.substr(0, sign)))) continue;
      const auto begin = static_cast<std::uint64_t>(line.data() - piece.text.data());
      check.hit(piece, {begin, begin + line.size()});
    }
  }
}

}  // namespace

void docker_build_args(const FileCheck& check) {
  build_arg_options(check);
  for (const Piece& piece : check.file().pieces()) {
    switch (piece.language) {
      case Language::yaml: in_yaml(check, piece); break;
      case Language::json: in_json(check, piece); break;
      case Language::hcl: in_hcl(check, piece); break;
      case Language::toml: in_toml(check, piece); break;
      case Language::python:
      case Language::javascript:
      case Language::groovy: in_code(check, piece); break;
      default: break;
    }
  }
}

}  // namespace hfscan
