// rules list, explain, docs, check and new.
#include <algorithm>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/rule_examples.h"
#include "cli/rule_text.h"
#include "cli/session.h"
#include "detect/rule_check.h"
#include "rules/builtin_rules.h"
#include "rules/rule_loader.h"
#include "rules/rule_set.h"

namespace hfscan {
namespace {

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

Result<ExitCode> printed(const std::string& text) {
  HFSCAN_TRY(print(text));
  return ExitCode::clean;
}

Result<ExitCode> list(const Options& options) {
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options, {}));
  std::size_t width = 0;
  for (const Rule* rule : session->rules().all()) width = std::max(width, rule->name.size());
  std::string text;
  for (const Rule* rule : session->rules().all()) {
    text += cat(rule->id, "  ", padded(to_string(rule->severity), 7), "  ", padded(rule->name, width), "  ", rule->title, "\n");
  }
  return printed(text);
}

Result<ExitCode> explain(const Options& options) {
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Session> session, Session::open(options, {}));
  if (options.arguments.empty()) return Error{"name a rule: 'hfscan rules explain HF1001'; 'hfscan rules list' shows all"};
  std::string text;
  for (const std::string& name : options.arguments) {
    const Rule* rule = session->rules().find(name);
    if (rule == nullptr) {
      return Error{
          cat("no rule is called ", quoted(name), did_you_mean(name, session->rules().names()), "; see 'hfscan rules list'")};
    }
    text += cat(text.empty() ? "" : "\n", rule_as_text(*rule));
  }
  return printed(text);
}

Result<ExitCode> docs() {
  const RuleSet builtin;
  std::vector<const Rule*> rules = builtin.all();
  std::sort(rules.begin(), rules.end(), [](const Rule* a, const Rule* b) { return a->id < b->id; });
  return printed(rules_as_markdown(rules));
}

// The rules of a file together with the built-in ones that they do not stand for: what would run with --rules-file.
std::vector<const Rule*> with_builtin(const std::vector<Rule>& rules, const RuleSet& builtin) {
  std::vector<const Rule*> all;
  all.reserve(rules.size() + builtin.all().size());
  for (const Rule& rule : rules) all.push_back(&rule);
  for (const Rule* rule : builtin.all()) {
    const auto same = [rule](const Rule& other) { return other.id == rule->id; };
    if (std::none_of(rules.begin(), rules.end(), same)) all.push_back(rule);
  }
  return all;
}

Result<std::size_t> check_file(const std::string& path) {
  HFSCAN_TRY_ASSIGN(const std::vector<Rule> rules, load_rule_file(path, builtin_macros()));
  for (const Rule& rule : rules) HFSCAN_TRY(check_patterns(rule));
  for (const Rule& rule : rules) HFSCAN_TRY(check_cost(rule));
  const RuleSet builtin;
  const std::vector<const Rule*> all = with_builtin(rules, builtin);
  for (const Rule& rule : rules) HFSCAN_TRY(check_rule_examples(rule, all));
  return rules.size();
}

Result<ExitCode> check(const Options& options) {
  if (options.arguments.empty()) return Error{"name a rule file: 'hfscan rules check FILE'"};
  std::string text;
  for (const std::string& path : options.arguments) {
    HFSCAN_TRY_ASSIGN(const std::size_t count, check_file(path));
    text += cat(escape_for_display(path), ": ", count_of(count, "rule", "rules"), ", all examples hold\n");
  }
  return printed(text);
}

Result<ExitCode> begin(const Options& options) {
  const std::string name = options.arguments.empty() ? "my-token-name" : options.arguments.front();
  const std::string text =
      cat("# Check this file with 'hfscan rules check FILE', use it with --rules-file FILE.\n"
          "# rules/README.md of hfscan's source explains every field.\n\n"
          "[[rule]]\nid = \"XX0001\"  # two or more capitals and four digits; not HF\nname = \"",
          name,
          "\"\n"
          "title = \"One line: what was found\"\n"
          "what = \"What this rule finds.\"\n"
          "why = \"Why it matters.\"\n"
          "fix = \"What to do first, and then.\"\n"
          "severity = \"error\"  # note, warning or error\n"
          "security_severity = \"9.0\"\n"
          "cwe = [\"CWE-798\"]\n\n"
          "[rule.match]\nkind = \"pattern\"\n"
          "keywords = [\"acme_\"]  # every hit contains one of these\n"
          "patterns = ['''\\b(?P<secret>acme_[a-z0-9]{20})\\b''']\n\n"
          "[[rule.bad]]\npath = \"app.py\"\ncontent = \"key = 'acme_0a1b2c3d4e5f6g7h8i9j'\\n\"\n\n"
          "[[rule.good]]\npath = \"app.py\"\ncontent = \"key = os.environ['ACME_KEY']\\n\"\n");
  HFSCAN_TRY(load_rules(text, "the new rule"));  // refuses a name that is not kebab-case
  return printed(text);
}

}  // namespace

ExitCode cmd_rules_list(const Options& options) { return exit_code_of(list(options)); }
ExitCode cmd_rules_explain(const Options& options) { return exit_code_of(explain(options)); }
ExitCode cmd_rules_docs(const Options& /*options*/) { return exit_code_of(docs()); }
ExitCode cmd_rules_check(const Options& options) { return exit_code_of(check(options)); }
ExitCode cmd_rules_new(const Options& options) { return exit_code_of(begin(options)); }

}  // namespace hfscan
