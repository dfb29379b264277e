// Tokens in the files that describe an app to a platform or process manager: Heroku, Fly, Railway, Netlify, Render, Vercel,
// Cloudflare, App Engine, pm2. Tested by tests/unit/hygiene/matchers/infrastructure_services_test.cc.
#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "hygiene/matchers/containers_names.h"
#include "hygiene/matchers/infrastructure.h"
#include "hygiene/token_names.h"
#include "syntax/code_value.h"

namespace hfscan {
namespace {

bool is_plain(std::string_view value) {
  value = bare(value);
  return !value.empty() && !is_reference(value) && value != "null" && value != "~" && !value.starts_with("EV[");
}

void report(const FileCheck& check, const Piece& piece, ByteSpan span, std::string_view value) {
  check.hit(piece, span).severity = severity_of_value(value);
}

// fly.toml [env], railway.toml, netlify.toml [build.environment], wrangler.toml [vars].
void in_toml(const FileCheck& check, const Piece& piece) {
  bool inside = false;
  for (const std::string_view raw : split_lines(piece.text)) {
    const std::string_view line = trim(raw);
    if (line.starts_with("[")) {
      const std::string_view name = line.substr(1, std::min(line.find(']'), line.size()) - 1);
      const std::string_view last = bare(name.substr(name.rfind('.') + 1));
      inside = last == "env" || last == "environment" || last == "vars" || last == "variables" || last == "envs";
      continue;
    }
    const std::size_t sign = line.find('=');
    if (!inside || line.starts_with("#") || sign == std::string_view::npos) continue;
    if (!is_token_name(bare(line.substr(0, sign))) || !is_plain(line.substr(sign + 1))) continue;
    const auto begin = static_cast<std::uint64_t>(line.data() - piece.text.data());
    report(check, piece, {begin, begin + line.size()}, line.substr(sign + 1));
  }
}

// render.yaml and App Platform: envVars: [{key: HF_TOKEN, value: x}].
void in_list(const FileCheck& check, const Piece& piece, const YamlNode& list) {
  for (const YamlNode& item : list.items()) {
    const YamlNode key = item.find("key");
    const YamlNode value = item.find("value");
    if (!value.is_scalar() || value.is_null() || !is_token_name(key.text()) || item.find("type").is("SECRET")) continue;
    if (is_plain(value.text()))
      report(check, piece, {std::min(key.place().begin, value.place().begin), std::max(key.place().end, value.place().end)},
             value.text());
  }
}

// heroku.yml config, App Engine's env_variables.
void in_map(const FileCheck& check, const Piece& piece, const YamlNode& map) {
  for (const YamlPair& pair : map.merged_pairs()) {
    if (!pair.value.is_scalar() || pair.value.is_null() || !is_token_name(pair.key.text()) || !is_plain(pair.value.text()))
      continue;
    report(check, piece, {pair.key.place().begin, std::max(pair.key.place().end, pair.value.place().end)}, pair.value.text());
  }
}

void in_yaml(const FileCheck& check, const Piece& piece, std::string_view base) {
  const bool heroku = base.starts_with("heroku.");
  for (const YamlNode& mapping : check.file().yaml(piece).mappings()) {
    for (const std::string_view key : {"envVars", "envs"}) in_list(check, piece, mapping.find(key));
    in_map(check, piece, mapping.find("env_variables"));
    if (heroku) in_map(check, piece, mapping.find("config"));
  }
}

// app.json, vercel.json, now.json, ecosystem.config.json: "env": {"HF_TOKEN": "x"} or {"HF_TOKEN": {"value": "x"}}.
void in_json(const FileCheck& check, const Piece& piece) {
  const JsonTree& json = check.file().json(piece);
  for (std::uint32_t node = 0; node < json.nodes.size(); ++node) {
    const std::uint32_t parent = json.nodes[node].parent;
    const bool in_env = parent != kNoJson && (json.key(parent).text.starts_with("env") || json.key_is(parent, "vars"));
    if (!in_env || !is_token_name(json.key(node).text)) continue;
    const std::uint32_t value = json.is(node, JsonKind::object) ? json.member(node, "value") : node;
    if (json.is(value, JsonKind::string) && is_plain(json.value(value).text))
      report(check, piece, {json.nodes[node].key_begin, json.nodes[value].end}, json.value(value).text);
  }
}

// pm2's ecosystem.config.js: env: { HF_TOKEN: "x" }, env_production.
void in_code(const FileCheck& check, const Piece& piece) {
  const CodeTree& code = check.file().code(piece);
  for (std::uint32_t group = 0; group < code.groups.size(); ++group) {
    for (const CodeEntry& entry : entries_of(code, group)) {
      if (!entry.name || !entry.name->starts_with("env")) continue;
      const auto env = group_of_value(code, entry.value);
      if (!env) continue;
      for (const CodeEntry& variable : entries_of(code, *env)) {
        const auto value = variable.name && is_token_name(*variable.name) ? string_value(code, variable.value) : std::nullopt;
        if (value && is_plain(value->text))
          report(check, piece, {variable.name_span.begin, variable.value_span.end}, value->text);
      }
    }
  }
}

}  // namespace

void platform_file_token(const FileCheck& check) {
  static constexpr std::array<std::string_view, 7> kJson = {
      "app.json", "vercel.json", "now.json", "wrangler.json", "wrangler.jsonc", "ecosystem.config.json", "pm2.json"};
  const std::string_view path = check.file().path();
  const std::string base = to_lower_ascii(path.substr(path.rfind('/') + 1));
  static constexpr std::array<std::string_view, 6> kToml = {"fly", "railway", "netlify", "wrangler", "render", "project"};
  const bool toml = std::any_of(kToml.begin(), kToml.end(), [&base](std::string_view name) { return base.starts_with(name); });
  for (const Piece& piece : check.file().pieces()) {
    const bool whole = piece.map == nullptr;
    if (piece.language == Language::toml && (toml || !whole)) in_toml(check, piece);
    if (piece.language == Language::yaml && check.file().workflow(piece) == nullptr) in_yaml(check, piece, base);
    if (piece.language == Language::json && whole && is_one_of(base, kJson)) in_json(check, piece);
    if (piece.language == Language::javascript && whole && (base.starts_with("ecosystem.") || base.starts_with("pm2")))
      in_code(check, piece);
  }
}

}  // namespace hfscan
