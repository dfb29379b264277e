#include "config/show.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "config/keys.h"

namespace hfscan {
namespace {

struct ShownLine {
  std::string left;
  std::string right;
};

std::vector<ShownLine> lines_of(const ConfigKey& key, const Settings& settings) {
  std::vector<ShownLine> lines;
  for (const ShownValue& value : shown_values(key, settings)) {
    const std::string origin = escape_for_display(to_string(value.origin));
    lines.push_back({cat(key.name, is_list(key) ? " += " : " = ", value.text), origin});
  }
  if (lines.empty()) lines.push_back({cat(key.name, " = []"), "default"});
  return lines;
}

Json string_list(Json item) { return {{"type", Json::array({"array", "string"})}, {"items", std::move(item)}}; }

Json finding_schema() {
  const Json fingerprint = {{"type", "string"}, {"pattern", "^[0-9a-fA-F]{64}$"}};
  const Json reason = {{"type", "string"}, {"minLength", 1}};
  return {{"type", "object"},
          {"properties", {{"fingerprint", fingerprint}, {"reason", reason}}},
          {"required", Json::array({"fingerprint", "reason"})},
          {"additionalProperties", false}};
}

Json days_schema() { return {{"type", "string"}, {"pattern", "^[0-9]{1,4}d$"}}; }

Json place_schema() {
  const Json role = {{"type", "string"}, {"enum", Json::array({"read", "write", "fineGrained"})}};
  const Json name = {{"type", "string"}, {"pattern", "^[A-Za-z0-9_.-]+$"}};
  const Json text = {{"type", "string"}, {"minLength", 1}};
  const Json prefer = {{"type", "string"}, {"enum", Json::array({"trusted-publisher"})}};
  return {{"type", "object"},
          {"properties",
           {{"match", name},
            {"paths", {{"type", "array"}, {"items", text}}},
            {"allow_roles", {{"type", "array"}, {"items", role}}},
            {"max_age", days_schema()},
            {"prefer", prefer}}},
          {"required", Json::array({"match"})},
          {"additionalProperties", false}};
}

Json periods_schema() {
  return {{"type", "object"},
          {"properties", {{"read", days_schema()}, {"write", days_schema()}, {"fineGrained", days_schema()}}},
          {"additionalProperties", false}};
}

Json type_schema(const ConfigKey& key) {
  Json text = {{"type", "string"}, {"minLength", 1}};
  switch (key.type) {
    case KeyType::boolean: return {{"type", "boolean"}};
    case KeyType::integer: return {{"type", "integer"}, {"minimum", 0}, {"maximum", key.maximum}};
    case KeyType::choice: return {{"type", "string"}, {"enum", key.choices}};
    case KeyType::path: return text;
    case KeyType::paths:
    case KeyType::selectors:
    case KeyType::patterns: return string_list(text);
    case KeyType::findings: return {{"type", "array"}, {"items", finding_schema()}};
    case KeyType::days: return days_schema();
    case KeyType::periods: return periods_schema();
    case KeyType::places: return {{"type", "array"}, {"items", place_schema()}};
  }
  return Json::object();
}

// Of scalars that have one.
std::string default_text(const ConfigKey& key) {
  const std::vector<ShownValue> values = shown_values(key, Settings());
  return values.empty() || values[0].text == "\"\"" ? "" : values[0].text;
}

Json key_schema(const ConfigKey& key) {
  Json schema = type_schema(key);
  schema["description"] = key.help;
  const std::string text = default_text(key);
  if (const Result<Json> value = parse_json(text, key.name); !text.empty() && value.ok()) schema["default"] = *value;
  return schema;
}

std::string code(std::string_view text) { return text.empty() ? "" : cat("`", text, "`"); }

std::string repository_column(const ConfigKey& key) {
  switch (key.repository) {
    case RepositoryMay::not_set: return "no";
    case RepositoryMay::set_inside: return "only a file below the config file";
    case RepositoryMay::add:
      if (key.type == KeyType::places) return "yes: it can only narrow";
      return key.type == KeyType::selectors ? "only `-RULE`, and no token rule (`HF1...`)" : "yes, counted";
    case RepositoryMay::tighten: return key.type == KeyType::periods ? "only shorter ones" : "only more";
    case RepositoryMay::set: break;
  }
  std::string values;
  for (const std::string& value : key.repository_values) values += cat(values.empty() ? "" : ", ", code(value));
  return values.empty() ? "yes" : cat("only ", values);
}

constexpr std::string_view kReferenceHead = R"(# Configuration

<!-- Generated from the key table in src/config/keys.cc. Run the tests with HFSCAN_UPDATE_GOLDEN=1 to rewrite this page. -->

hfscan needs no configuration. Where you want some, a value comes from the first of these places that has it:

1. a flag;
2. an environment variable;
3. the file named by `--config FILE` or `HFSCAN_CONFIG`, which replaces the repository's files;
4. your own file, `$XDG_CONFIG_HOME/hfscan/config.toml` or `~/.config/hfscan/config.toml`;
5. the repository's `.hfscan.toml`: those from the scanned folder up to the repository's root, the nearest first;
6. the default.

Lists add up over all places. `--no-config` leaves out every file. `hfscan config show` prints each value and where it comes
from; `hfscan config check` reads everything and says what is wrong; `hfscan config schema` prints a JSON Schema for editors.
An unknown key is an error, so a typing error cannot silently change what is scanned.

A file name in a config file is relative to the folder of that file. In an environment variable the items of a list are
separated by commas, and an empty variable counts as unset.

## What a repository's own file may do

`.hfscan.toml` comes with the files that are scanned, so it is not believed blindly. It may make the scan stricter, add rules
and leave findings out; whatever it leaves out is named in the report and counted. It may not switch token rules off, and it may
not say where output goes. It must be a regular file of at most 1 MiB; a symlink is an error. To believe a repository's file
fully, name it: `--config .hfscan.toml`.

## Keys

| key | value | default | environment | flag | may a repository set it? |
|---|---|---|---|---|---|
)";

constexpr std::string_view kReferenceExample = R"(
## Example

```toml
# .hfscan.toml
[rules]
profile = "strict"               # also run the advisory rules
files = ["security/hfscan-rules.toml"]

[ignore]
paths = ["third_party/", "*.min.js"]

[[ignore.findings]]
fingerprint = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
reason = "documentation example, revoked"

[rotation]
max_age = { read = "180d" }      # the other roles keep their 90 days

[[rotation.place]]
match = "ci"
allow_roles = ["fineGrained"]
prefer = "trusted-publisher"

[[rotation.place]]
match = "gpu-cluster"            # a place of your own
paths = ["cluster/**"]
max_age = "30d"

[report]
fail_on = "note"
```

How findings are suppressed, and what remains visible of them, is in [suppression.md](suppression.md).
)";

}  // namespace

std::string show_config(const LoadedConfig& config) {
  std::vector<ShownLine> lines;
  std::size_t width = 0;
  for (const ConfigKey& key : config_keys()) {
    for (ShownLine& line : lines_of(key, config.settings)) lines.push_back(std::move(line));
  }
  // Long lines do not push the origins of all others to the right.
  constexpr std::size_t kMaxWidth = 60;
  for (const ShownLine& line : lines) width = line.left.size() <= kMaxWidth ? std::max(width, line.left.size()) : width;
  std::string out;
  for (const ShownLine& line : lines) {
    const std::string padding(line.left.size() < width ? width - line.left.size() : 0, ' ');
    out += cat(line.left, padding, "  # ", line.right, "\n");
  }
  return out;
}

std::string check_config(const LoadedConfig& config) {
  std::string out;
  for (const std::string& file : config.files) out += cat("read ", escape_for_display(file), "\n");
  for (const std::string& note : config.notes) out += cat("note: ", note, "\n");
  out += config.files.empty() ? "no config file; defaults, environment and flags are valid\n" : "the configuration is valid\n";
  return out;
}

std::string config_schema() {
  Json sections = Json::object();
  for (const ConfigKey& key : config_keys()) {
    const std::size_t dot = key.name.find('.');
    Json& section = sections[key.name.substr(0, dot)];
    section["type"] = "object";
    section["additionalProperties"] = false;
    section["properties"][key.name.substr(dot + 1)] = key_schema(key);
  }
  const Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                       {"title", "hfscan configuration"},
                       {"type", "object"},
                       {"additionalProperties", false},
                       {"properties", std::move(sections)}};
  return dump_pretty(schema);
}

std::string config_reference() {
  std::string page(kReferenceHead);
  for (const ConfigKey& key : config_keys()) {
    page += cat("| `", key.name, "` | ", expected_value(key), " | ", code(default_text(key)), " | ", code(key.environment),
                " | ", code(key.flag), " | ", repository_column(key), " |\n");
  }
  page += "\n";
  for (const ConfigKey& key : config_keys()) page += cat("- `", key.name, "`: ", key.help, "\n");
  return page + std::string(kReferenceExample);
}

}  // namespace hfscan
