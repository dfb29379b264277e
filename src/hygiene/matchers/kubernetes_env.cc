// Plain values of variables in manifests. Tested by tests/unit/hygiene/matchers/kubernetes_test.cc.
#include <algorithm>
#include <vector>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/containers_names.h"
#include "hygiene/matchers/kubernetes.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

// env, extraEnv, envVars, additionalEnv ...: lists of name and value.
bool is_env_key(std::string_view key) {
  static const Regex env(R"((?i)\A(?:[a-z0-9_-]*env|env[-_]?vars?|[a-z]*env[-_]?vars?|extra[-_]?envs|envs)\z)");
  return env.search(key);
}

// Helm's values and what a shell would put in are a warning: the literal is not here. What is made to be replaced, too.
std::optional<Severity> severity_of(std::string_view value) {
  const bool elsewhere = value.find("{{") != std::string_view::npos || value.find('$') != std::string_view::npos ||
                         is_placeholder_value(bare(value));
  return elsewhere && !holds_token_literal(value) ? std::optional(Severity::warning) : std::nullopt;
}

class EnvScan {
 public:
  explicit EnvScan(const FileCheck& check) : check_(check) {}

  void item(const Piece& piece, const YamlNode& entry) {
    const YamlNode name = entry.find("name");
    const YamlNode value = entry.find("value");
    if (!name.is_scalar() || !is_token_name(name.text()) || !value.is_scalar() || value.is_null()) return;
    if (trim(value.text()).empty()) return;
    report(piece, {std::min(name.place().begin, value.place().begin), std::max(name.place().end, value.place().end)},
           value.written());
  }

  // Manifests that are no YAML: chart templates, and texts of other kinds that show one.
  void lines(const Piece& piece) {
    std::vector<std::string_view> lines = split_lines(piece.text);
    std::erase_if(lines, [](std::string_view line) { return is_skipped(trim(line)); });
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
      if (!names_token(lines[i]) || !has_value(lines[i + 1]) || !in_env(lines, i)) continue;
      const auto begin = static_cast<std::uint64_t>(trim(lines[i]).data() - piece.text.data());
      const std::string_view value = trim(lines[i + 1]);
      const auto end = static_cast<std::uint64_t>(value.data() - piece.text.data()) + value.size();
      report(piece, {begin, end}, value);
    }
  }

 private:
  static bool is_skipped(std::string_view line) {
    return line.empty() || line.starts_with("#") || line.starts_with("{{-") || line.starts_with("{%");
  }

  static bool names_token(std::string_view line) {
    static const Regex name(R"(\A\s*-\s*["']?name["']?:\s*["']?(?P<secret>[A-Za-z0-9_]+)["']?\s*(?:#.*)?\z)");
    const std::vector<Regex::Hit> hits = name.find_all(line);
    return !hits.empty() && is_token_name(line.substr(hits[0].secret.begin, hits[0].secret.end - hits[0].secret.begin));
  }

  static bool has_value(std::string_view line) {
    static const Regex value(R"(\A\s*["']?value["']?:\s*(?:["'][^"']|[^\s"'#]))");
    return value.search(line);
  }

  static std::size_t indentation(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

  // The key that the list stands below, when it is in sight; a piece that begins inside the list counts.
  static bool in_env(const std::vector<std::string_view>& lines, std::size_t item) {
    constexpr std::size_t kFarthest = 200;
    const std::size_t dash = indentation(lines[item]);
    for (std::size_t i = item; i > 0 && item - i < kFarthest; --i) {
      const std::string_view line = lines[i - 1];
      const std::string_view text = trim(line);
      if (indentation(line) > dash || (indentation(line) == dash && text.starts_with("-"))) continue;
      return is_env_key(bare(text.substr(text.starts_with("- ") ? 2 : 0, text.find(':'))));
    }
    return false;
  }

  void report(const Piece& piece, ByteSpan span, std::string_view value) {
    const ByteSpan place = piece.to_file(span);
    if (std::find(reported_.begin(), reported_.end(), place.begin) != reported_.end()) return;
    if (reported_.size() < kMostRemembered) reported_.push_back(place.begin);
    check_.hit(piece, span).severity = severity_of(value);
  }

  static constexpr std::size_t kMostRemembered = 256;
  const FileCheck& check_;
  std::vector<std::uint64_t> reported_;
};

}  // namespace

void kubernetes_env(const FileCheck& check) {
  EnvScan scan(check);
  for_each_manifest_mapping(check, [&scan](const Piece& piece, const YamlNode& mapping) {
    for (const YamlPair& pair : mapping.pairs()) {
      if (pair.value.is_sequence() && is_env_key(pair.key.text())) {
        for (const YamlNode& entry : pair.value.items()) scan.item(piece, entry);
      }
    }
    // A JSON patch: {op: add, path: /spec/.../env/-, value: {name: HF_TOKEN, value: x}}
    if (mapping.find("op") && mapping.find("path").text().find("/env") != std::string::npos)
      for (const YamlNode& entry : mapping.find("value").items_or_self()) scan.item(piece, entry);
  });
  for (const Piece& piece : check.file().pieces()) {
    const bool templated = piece.language == Language::text || piece.language == Language::shell ||
                           (piece.language == Language::yaml && check.file().yaml(piece).gave_up());
    if (templated && !piece.command_line) scan.lines(piece);
  }
}

}  // namespace hfscan
