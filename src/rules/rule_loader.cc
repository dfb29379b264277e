// Tested by tests/unit/rules/rule_loader_test.cc.
#include "rules/rule_loader.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/file.h"
#include "base/text.h"
#include "base/toml.h"
#include "rules/match_reader.h"
#include "rules/rule_record.h"

namespace hfscan {
namespace {

// HF1001: two or more capitals and four digits.
bool is_rule_id(std::string_view id) {
  const std::size_t digits = id.find_first_of("0123456789");
  const auto all = [](std::string_view part, char low, char high) {
    return std::all_of(part.begin(), part.end(), [low, high](char c) { return low <= c && c <= high; });
  };
  return digits != std::string_view::npos && digits >= 2 && id.size() == digits + 4 && all(id.substr(0, digits), 'A', 'Z') &&
         all(id.substr(digits), '0', '9');
}

bool is_kebab_case(std::string_view name) {
  return !name.empty() && name.front() != '-' && name.back() != '-' && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

class RuleReader {
 public:
  RuleReader(const TomlNode& table, std::string_view file, const Macros& macros) : rule_(table, file), macros_(macros) {}

  Result<Rule> read() {
    Rule rule;
    read_texts(rule);
    read_levels(rule);
    read_match(rule);
    rule.bad = examples("bad");
    rule.good = examples("good");
    HFSCAN_TRY(rule_.finish());
    HFSCAN_TRY(nested_);
    rule.digest = sha256(serialise(rule));
    rule.origin = rule_.file();
    return rule;
  }

 private:
  void read_texts(Rule& rule) {
    rule.id = rule_.required_string("id");
    if (!is_rule_id(rule.id)) fail_at("id", "must be capitals and four digits, like HF1001");
    rule.name = rule_.required_string("name");
    if (!is_kebab_case(rule.name)) fail_at("name", "must be kebab-case: lower-case letters, digits and '-'");
    rule.title = rule_.required_string("title");
    rule.what = rule_.required_string("what");
    rule.why = rule_.required_string("why");
    rule.fix = rule_.required_string("fix");
    rule.message = rule_.string("message").value_or(rule.title);
    rule.recipe = rule_.string("recipe").value_or("");
    rule.note_in_documentation = rule_.boolean("note_in_documentation").value_or(false);
    rule.cwe = rule_.strings("cwe");
    rule.tags = rule_.strings("tags");
    rule.profiles = rule_.strings("profiles");
    if (rule.profiles.empty()) rule.profiles = {"default"};
    rule.paths = rule_.strings("paths");
    rule.references = rule_.strings("references");
  }

  void read_levels(Rule& rule) {
    const std::optional<Severity> severity = severity_from(rule_.required_string("severity"));
    if (!severity) fail_at("severity", "must be note, warning or error");
    rule.severity = severity.value_or(Severity::warning);
    const std::optional<Confidence> confidence = confidence_from(rule_.string("confidence").value_or("high"));
    if (!confidence) fail_at("confidence", "must be low, medium or high");
    rule.confidence = confidence.value_or(Confidence::high);
    const std::optional<Autofix> autofix = autofix_from(rule_.string("autofix").value_or("none"));
    if (!autofix) fail_at("autofix", "must be none, safe or review");
    rule.autofix = autofix.value_or(Autofix::none);
    rule.security_severity = rule_.required_string("security_severity");
    if (rule.security_severity.find_first_not_of("0123456789.") != std::string::npos) {
      fail_at("security_severity", "must be a number between 0.1 and 10.0 in quotes");
    }
  }

  void read_match(Rule& rule) {
    const TomlNode* table = rule_.table("match");
    if (table == nullptr) {
      rule_.fail(rule_.node(), "'match' is missing: add a [rule.match] table");
      return;
    }
    Result<Match> match = hfscan::read_match(*table, rule_.file(), macros_);
    if (match.ok())
      rule.match = std::move(match).value();
    else
      keep(match.error());
  }

  std::vector<RuleExample> examples(const char* key) {
    std::vector<RuleExample> result;
    for (const TomlNode* table : rule_.tables(key)) {
      TomlTableReader reader(*table, rule_.file());
      RuleExample& example = result.emplace_back(example_file(reader));
      for (const TomlNode* other : reader.tables("also")) {
        TomlTableReader file(*other, rule_.file());
        example.also.push_back(example_file(file));
        keep(file.finish());
      }
      keep(reader.finish());
    }
    return result;
  }

  static RuleExample example_file(TomlTableReader& reader) {
    RuleExample file;
    file.path = reader.required_string("path");
    file.content = reader.string("content").value_or("");
    file.tracked = reader.boolean("tracked").value_or(false);
    file.ignored = reader.boolean("ignored").value_or(false);
    file.mode = reader.string("mode").value_or("");
    file.age_days = static_cast<int>(reader.integer("age_days").value_or(0));
    file.history = history_of(reader);
    return file;
  }

  static ExampleHistory history_of(TomlTableReader& reader) {
    const TomlNode* node = reader.node().find("history");
    const std::string word = reader.string("history").value_or("");
    if (word == "present") return ExampleHistory::present;
    if (word == "removed") return ExampleHistory::removed;
    if (!word.empty()) reader.fail(*node, R"('history' must be "present" or "removed")");
    return ExampleHistory::none;
  }

  void fail_at(const char* key, std::string_view message) {
    const TomlNode* node = rule_.node().find(key);
    rule_.fail(node == nullptr ? rule_.node() : *node, cat("'", key, "' ", message));
  }

  void keep(const Status& status) {
    if (nested_.ok() && !status.ok()) nested_ = status;
  }

  TomlTableReader rule_;
  const Macros& macros_;
  Status nested_;
};

Result<Macros> read_macros(TomlTableReader& root, Macros macros) {
  const TomlNode* table = root.table("macros");
  if (table == nullptr) return macros;
  for (const auto& [key, value] : table->members) {
    if (value.kind != TomlNode::Kind::string) return toml_error(root.file(), value, "a macro must be a string");
    Result<std::string> expanded = expand_macros(value.text, macros);
    if (!expanded.ok()) return toml_error(root.file(), value, expanded.error().message);
    macros[key] = std::move(expanded).value();
  }
  return macros;
}

}  // namespace

Result<Macros> load_macros(std::string_view toml, std::string_view name) {
  HFSCAN_TRY_ASSIGN(const TomlNode document, parse_toml(toml, name));
  TomlTableReader root(document, name);
  HFSCAN_TRY_ASSIGN(Macros macros, read_macros(root, {}));
  HFSCAN_TRY(root.finish());
  return macros;
}

Result<std::vector<Rule>> load_rules(std::string_view toml, std::string_view name, const Macros& common) {
  HFSCAN_TRY_ASSIGN(const TomlNode document, parse_toml(toml, name));
  TomlTableReader root(document, name);
  HFSCAN_TRY_ASSIGN(const Macros macros, read_macros(root, common));
  std::vector<Rule> rules;
  for (const TomlNode* table : root.tables("rule")) {
    HFSCAN_TRY_ASSIGN(Rule rule, RuleReader(*table, name, macros).read());
    const auto same = [&rule](const Rule& other) { return other.id == rule.id || other.name == rule.name; };
    if (std::any_of(rules.begin(), rules.end(), same)) {
      return toml_error(name, *table, cat("a second rule has the id or name of ", rule.id, " ", rule.name));
    }
    rules.push_back(std::move(rule));
  }
  HFSCAN_TRY(root.finish());
  if (rules.empty())
    return toml_error(name, document, "no rules in this file: add a [[rule]] table (hfscan rules new prints one)");
  return rules;
}

Result<std::vector<Rule>> load_rule_file(const std::string& path, const Macros& common) {
  constexpr std::uint64_t kMaxRuleFile = std::uint64_t{1} << 20U;
  HFSCAN_TRY_ASSIGN(const std::string toml, read_file(path, kMaxRuleFile));
  return load_rules(toml, path, common);
}

}  // namespace hfscan
