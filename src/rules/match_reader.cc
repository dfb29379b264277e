// Tested by tests/unit/rules/rule_loader_test.cc.
#include "rules/match_reader.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::int64_t kLongestCredential = 65536;  // more than the grammar takes

class MatchReader {
 public:
  MatchReader(const TomlNode& table, std::string_view file, const Macros& macros) : match_(table, file), macros_(macros) {}

  Result<Match> read() {
    Match match = of_kind(match_.required_string("kind"));
    HFSCAN_TRY(match_.finish());
    HFSCAN_TRY(nested_);
    return match;
  }

 private:
  Match of_kind(std::string_view kind) {
    if (kind == "credential") return credential_match();
    if (kind == "pattern") return pattern_match();
    if (kind == "line") return line_match();
    if (kind == "command") return command_match();
    if (kind == "structure") return structure_match();
    match_.fail(match_.node(), "'kind' must be credential, pattern, line, command or structure");
    return {};
  }

  CredentialMatch credential_match() {
    CredentialMatch result;
    result.kinds = kinds(match_, "credentials");
    if (result.kinds.empty()) match_.fail(match_.node(), "'credentials' must name at least one kind of credential");
    result.companions = kinds(match_, "companions");
    result.contexts = contexts("context");
    result.telling = contexts("telling");
    result.callee = pattern(match_, "callee");
    result.secret_ids = match_.strings("secret_ids");
    for (const std::string& id : result.secret_ids) {
      if (!digest_from_hex(id)) match_.fail(match_.node(), "'secret_ids' must hold SHA-256 values of 64 hexadecimal digits");
    }
    result.encoded = match_.boolean("encoded").value_or(false);
    result.decodes = match_.boolean("decodes").value_or(false);
    result.precedence = match_.integer("precedence").value_or(0);
    result.length = bounded(match_, "length", 0, kLongestCredential);
    result.reach = bounded(match_, "reach", CredentialMatch::kDefaultReach, CredentialMatch::kMaxReach);
    const std::string by = match_.string("severity_by").value_or("rule");
    if (by != "rule" && by != "scopes") match_.fail(match_.node(), "'severity_by' must be rule or scopes");
    result.severity_by = by == "scopes" ? SeverityBy::scopes : SeverityBy::rule;
    return result;
  }

  static std::vector<CredentialKind> kinds(TomlTableReader& table, const char* key) {
    std::vector<CredentialKind> result;
    for (const std::string& name : table.strings(key)) {
      const std::optional<CredentialKind> kind = credential_kind_from(name);
      if (kind)
        result.push_back(*kind);
      else
        table.fail(table.node(), cat("unknown credential ", quoted(name)));
    }
    return result;
  }

  std::vector<CredentialContext> contexts(const char* key) {
    std::vector<CredentialContext> result;
    for (const TomlNode* table : match_.tables(key)) {
      TomlTableReader context(*table, match_.file());
      result.push_back(
          {pattern(context, "before"), pattern(context, "after"), pattern(context, "near"), kinds(context, "credentials")});
      keep(context.finish());
    }
    return result;
  }

  // A whole number from 1 to `most`.
  static std::int64_t bounded(TomlTableReader& table, const char* key, std::int64_t otherwise, std::int64_t most) {
    const std::optional<std::int64_t> value = table.integer(key);
    if (value && (*value < 1 || *value > most))
      table.fail(table.node(), cat("'", key, "' must be a whole number from 1 to ", std::to_string(most)));
    return value.value_or(otherwise);
  }

  PatternMatch pattern_match() {
    PatternMatch result;
    result.patterns = patterns("patterns");
    if (result.patterns.empty()) match_.fail(match_.node(), "'patterns' must hold at least one regular expression");
    result.keywords = keywords();
    result.is_secret = match_.boolean("is_secret").value_or(true);
    return result;
  }

  LineMatch line_match() {
    LineMatch result;
    result.languages = match_.strings("languages");
    result.keywords_alone = words("keywords_alone");
    result.keywords = result.keywords_alone.empty() ? keywords() : words("keywords");
    result.any = patterns("any");
    if (result.any.empty()) match_.fail(match_.node(), "'any' must hold at least one regular expression");
    result.none = patterns("none");
    result.file_has = patterns("file_has");
    result.file_lacks = patterns("file_lacks");
    return result;
  }

  CommandMatch command_match() {
    CommandMatch result;
    result.keywords_alone = words("keywords_alone");
    result.keywords = result.keywords_alone.empty() ? keywords() : words("keywords");
    for (const TomlNode* table : match_.tables("command")) {
      TomlTableReader command(*table, match_.file());
      CommandForm form = command_form(command);
      if (form.words.empty()) command.fail(*table, "'words' is missing: an expression for the first words of the command");
      result.commands.push_back(std::move(form));
      keep(command.finish());
    }
    if (result.commands.empty()) match_.fail(match_.node(), "needs at least one [[rule.match.command]] table");
    return result;
  }

  CommandForm command_form(TomlTableReader& command) {
    CommandForm form;
    form.words = pattern(command, "words");
    form.options = command.strings("options");
    form.option = pattern(command, "option");
    form.value = pattern(command, "value");
    form.mentions = pattern(command, "mentions");
    form.except = pattern(command, "except");
    form.placeholders = command.boolean("placeholders").value_or(false);
    form.before_positional = command.boolean("before_positional").value_or(false);
    form.shortens = command.boolean("shortens").value_or(false);
    return form;
  }

  // Matchers that look at a repository or at the host have no keywords.
  StructureMatch structure_match() {
    const std::string matcher = match_.required_string("matcher");
    return {matcher, match_.strings("keywords").empty() ? std::vector<std::string>() : keywords(), words("keywords_alone")};
  }

  std::vector<std::string> keywords() {
    std::vector<std::string> found = words("keywords");
    if (found.empty()) refuse_words("keywords");
    return found;
  }

  std::vector<std::string> words(const char* key) {
    std::vector<std::string> found = match_.strings(key);
    const auto too_short = [](const std::string& word) { return word.size() < 3; };
    if (std::any_of(found.begin(), found.end(), too_short)) refuse_words(key);
    return found;
  }

  void refuse_words(const char* key) {
    match_.fail(match_.node(),
                cat("'", key, "' must hold at least one literal of three or more characters that every hit contains"));
  }

  std::vector<std::string> patterns(const char* key) {
    std::vector<std::string> result;
    for (const std::string& text : match_.strings(key)) result.push_back(expanded(match_, text));
    return result;
  }

  std::string pattern(TomlTableReader& table, const char* key) { return expanded(table, table.string(key).value_or("")); }

  std::string expanded(TomlTableReader& table, std::string_view text) {
    Result<std::string> result = expand_macros(text, macros_);
    if (result.ok()) return std::move(result).value();
    table.fail(table.node(), result.error().message);
    return "";
  }

  void keep(const Status& status) {
    if (nested_.ok() && !status.ok()) nested_ = status;
  }

  TomlTableReader match_;
  const Macros& macros_;
  Status nested_;
};

}  // namespace

Result<std::string> expand_macros(std::string_view pattern, const Macros& macros) {
  std::string out;
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find("<<"), pattern.size());
    out.append(pattern.substr(0, open));
    pattern.remove_prefix(open);
    const std::size_t close = pattern.find(">>");
    if (pattern.empty()) break;
    if (close == std::string_view::npos) return Error{"'<<' is never closed by '>>'"};
    const auto macro = macros.find(pattern.substr(2, close - 2));
    if (macro == macros.end()) return Error{cat("no macro ", quoted(pattern.substr(2, close - 2)), " in [macros]")};
    out += macro->second;
    pattern.remove_prefix(close + 2);
  }
  return out;
}

Result<Match> read_match(const TomlNode& table, std::string_view file, const Macros& macros) {
  return MatchReader(table, file, macros).read();
}

}  // namespace hfscan
