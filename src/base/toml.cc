#include "base/toml.h"

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>
#include <sstream>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kMaxFileSize = std::size_t{1} << 20U;
constexpr int kMaxDepth = 16;

std::string position(std::string_view name, std::uint64_t line, std::uint64_t column) {
  return cat(escape_for_display(name), ":", std::to_string(line), ":", std::to_string(column), ": ");
}

template <typename Value>
std::string spelled(const Value& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

// toml++ keeps tables sorted by key; we want the order of the file.
void sort_by_position(std::vector<std::pair<std::string, TomlNode>>& members) {
  std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
    return std::tie(a.second.line, a.second.column) < std::tie(b.second.line, b.second.column);
  });
}

bool convert(const toml::node& node, TomlNode& out, int depth) {
  if (depth > kMaxDepth) return false;
  out.line = node.source().begin.line;
  out.column = node.source().begin.column;
  if (const auto* table = node.as_table()) {
    out.kind = TomlNode::Kind::table;
    for (const auto& [key, child] : *table) {
      out.members.emplace_back(std::string(key.str()), TomlNode{});
      TomlNode& member = out.members.back().second;
      member.key_line = key.source().begin.line;
      member.key_column = key.source().begin.column;
      if (!convert(child, member, depth + 1)) return false;
    }
    sort_by_position(out.members);
  } else if (const auto* array = node.as_array()) {
    out.kind = TomlNode::Kind::array;
    for (const auto& child : *array) {
      out.items.emplace_back();
      if (!convert(child, out.items.back(), depth + 1)) return false;
    }
  } else if (const auto* string = node.as_string()) {
    out.kind = TomlNode::Kind::string;
    out.text = string->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = TomlNode::Kind::integer;
    out.integer = integer->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = TomlNode::Kind::boolean;
    out.boolean = boolean->get();
  } else if (const auto* floating = node.as_floating_point()) {
    out.kind = TomlNode::Kind::floating;
    out.text = spelled(floating->get());
  } else if (const auto* date = node.as_date()) {
    out.kind = TomlNode::Kind::date_time;
    out.text = spelled(date->get());
  } else {
    out.kind = TomlNode::Kind::date_time;
  }
  return true;
}

// The deepest run of brackets bounds the nesting; toml++ itself recurses.
bool nested_too_deeply(std::string_view text) {
  int run = 0;
  for (const char c : text) {
    run = c == '[' || c == '{' ? run + 1 : (c == ' ' || c == '\n' || c == '\t' || c == '\r' ? run : 0);
    if (run > kMaxDepth) return true;
  }
  return false;
}

}  // namespace

TomlNode::TomlNode() = default;

const TomlNode* TomlNode::find(std::string_view key) const {
  for (const auto& [name, value] : members) {
    if (name == key) return &value;
  }
  return nullptr;
}

Error toml_error(std::string_view name, const TomlNode& at, std::string_view message) {
  return Error{cat(position(name, at.line, at.column), message)};
}

namespace {

// As toml_error, at the key.
Error key_error(std::string_view name, const TomlNode& value, std::string_view message) {
  return Error{cat(position(name, value.key_line, value.key_column), message)};
}

}  // namespace

Result<TomlNode> parse_toml(std::string_view text, std::string_view name) {
  if (text.size() > kMaxFileSize) return Error{cat(escape_for_display(name), ": larger than 1 MiB; split the file")};
  if (nested_too_deeply(text)) return Error{cat(escape_for_display(name), ": nested more than 16 levels deep")};
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    const auto& begin = parsed.error().source().begin;
    return Error{
        cat(position(name, begin.line, begin.column), "not valid TOML: ", escape_for_display(parsed.error().description()))};
  }
  TomlNode root;
  if (!convert(parsed.table(), root, 0)) return Error{cat(escape_for_display(name), ": nested more than 16 levels deep")};
  return root;
}

const TomlNode* TomlTableReader::take(const char* key, TomlNode::Kind kind, std::string_view expected) {
  known_.emplace_back(key);
  const TomlNode* value = table_.find(key);
  if (value == nullptr || value->kind == kind) return value;
  fail(*value, cat("'", key, "' must be ", expected));
  return nullptr;
}

std::optional<std::string> TomlTableReader::string(const char* key) {
  const TomlNode* value = take(key, TomlNode::Kind::string, "a string");
  return value == nullptr ? std::nullopt : std::optional(value->text);
}

std::optional<std::int64_t> TomlTableReader::integer(const char* key) {
  const TomlNode* value = take(key, TomlNode::Kind::integer, "a whole number");
  return value == nullptr ? std::nullopt : std::optional(value->integer);
}

std::optional<bool> TomlTableReader::boolean(const char* key) {
  const TomlNode* value = take(key, TomlNode::Kind::boolean, "true or false");
  return value == nullptr ? std::nullopt : std::optional(value->boolean);
}

std::vector<std::string> TomlTableReader::strings(const char* key) {
  std::vector<std::string> values;
  const TomlNode* array = take(key, TomlNode::Kind::array, "a list of strings");
  if (array == nullptr) return values;
  for (const TomlNode& item : array->items) {
    if (item.kind != TomlNode::Kind::string) fail(item, cat("'", key, "' must be a list of strings"));
    values.push_back(item.text);
  }
  return values;
}

std::vector<const TomlNode*> TomlTableReader::tables(const char* key) {
  std::vector<const TomlNode*> values;
  const TomlNode* array = take(key, TomlNode::Kind::array, cat("a list of tables: [[", key, "]]"));
  if (array == nullptr) return values;
  for (const TomlNode& item : array->items) {
    if (item.kind != TomlNode::Kind::table) fail(item, cat("'", key, "' must be a list of tables: [[", key, "]]"));
    values.push_back(&item);
  }
  return values;
}

const TomlNode* TomlTableReader::table(const char* key) { return take(key, TomlNode::Kind::table, "a table"); }

std::string TomlTableReader::required_string(const char* key) {
  const std::optional<std::string> value = string(key);
  if (value && !value->empty()) return *value;
  fail(table_, cat("'", key, "' is missing or empty; it must be a string"));
  return "";
}

void TomlTableReader::fail(const TomlNode& at, std::string_view message) {
  if (!error_) error_ = toml_error(file_, at, message);
}

Status TomlTableReader::finish() {
  if (error_) return *error_;
  for (const auto& [key, value] : table_.members) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
      return key_error(file_, value, cat("unknown key ", quoted(key), did_you_mean(key, known_)));
    }
  }
  return {};
}

}  // namespace hfscan
