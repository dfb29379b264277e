// Tested by tests/unit/cli/rule_text_test.cc.
#include "cli/rule_text.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"

namespace hfscan {
namespace {

struct Family {
  std::string_view prefix;
  std::string_view title;
};

constexpr std::array<Family, 9> kFamilies = {{{"HF1", "Tokens and other credentials"},
                                              {"HF2", "Hugging Face Jobs, Spaces, Endpoints and other platforms"},
                                              {"HF3", "CI and CD"},
                                              {"HF4", "Containers, Kubernetes and infrastructure as code"},
                                              {"HF5", "Tokens on command lines"},
                                              {"HF6", "Tokens in logs"},
                                              {"HF7", "Ignore files and tracked files"},
                                              {"HF8", "The host and its git configuration"},
                                              {"HF9", "Rotation, reuse and documentation"}}};

std::string joined(const std::vector<std::string>& items, std::string_view separator) {
  std::string text;
  for (const std::string& item : items) text += cat(text.empty() ? "" : separator, item);
  return text;
}

// "error, security severity 9.5, CWE-798, profile strict, safe fix"
std::string facts_of(const Rule& rule) {
  std::string text = cat(to_string(rule.severity), ", security severity ", rule.security_severity);
  if (!rule.cwe.empty()) text += cat(", ", joined(rule.cwe, ", "));
  const std::string profiles = joined(rule.profiles, ", ");
  if (profiles != "default") text += cat(", profile ", profiles);
  if (rule.autofix == Autofix::safe) text += ", hfscan fix mends it";
  if (rule.autofix == Autofix::review) text += ", hfscan fix --unsafe may mend it";
  return rule.note_in_documentation ? cat(text, ", a note in documentation") : text;
}

std::string state_of(const RuleExample& example) {
  std::vector<std::string> words;
  if (example.tracked) words.emplace_back("tracked");
  if (example.ignored) words.emplace_back("ignored");
  if (!example.mode.empty()) words.push_back(cat("mode ", example.mode));
  if (example.history == ExampleHistory::present) words.emplace_back("committed");
  if (example.history == ExampleHistory::removed) words.emplace_back("committed and removed again");
  if (example.age_days > 0)
    words.push_back(
        cat(example.history == ExampleHistory::none ? "changed " : "", std::to_string(example.age_days), " days ago"));
  return words.empty() ? "" : cat(" (", joined(words, ", "), ")");
}

// The arguments of a process end in NULs, which are no text.
std::string shown_content(const RuleExample& example) {
  std::string shown;
  for (const char c : example.content) c == '\0' ? shown += "\\0" : shown += c;
  return shown;
}

void add_text_example(std::string& text, const RuleExample& example) {
  text += cat("  ", example.path, state_of(example), "\n");
  const std::string content = shown_content(example);
  for (const std::string_view line : split_lines(trim(content))) text += cat("    ", line, "\n");
  for (const RuleExample& other : example.also) add_text_example(text, other);
}

void add_text_examples(std::string& text, std::string_view title, const std::vector<RuleExample>& examples) {
  if (examples.empty()) return;
  text += cat("\n", title, "\n");
  for (const RuleExample& example : examples) add_text_example(text, example);
}

void add_text_list(std::string& text, std::string_view title, const std::vector<std::string>& items) {
  if (items.empty()) return;
  text += cat("\n", title, "\n");
  for (const std::string& item : items) text += cat("  ", item, "\n");
}

// A fence that the content does not close.
std::string fence_for(std::string_view content) {
  std::string fence = "```";
  while (content.find(fence) != std::string_view::npos) fence += '`';
  return fence;
}

void add_markdown_example(std::string& text, const RuleExample& example) {
  const std::string content = shown_content(example);
  const std::string fence = fence_for(content);
  text += cat("`", example.path, "`", state_of(example), "\n\n", fence, "text\n", trim(content), "\n", fence, "\n\n");
  for (const RuleExample& other : example.also) add_markdown_example(text, other);
}

// A few show what is meant; `rules explain` has all of them.
void add_markdown_examples(std::string& text, std::string_view title, const std::vector<RuleExample>& examples) {
  constexpr std::size_t kShown = 3;
  if (examples.empty()) return;
  text += cat("**", title, "**\n\n");
  for (std::size_t i = 0; i < std::min(kShown, examples.size()); ++i) add_markdown_example(text, examples[i]);
}

std::string rule_as_markdown(const Rule& rule) {
  std::string text = cat("### ", rule.id, " `", rule.name, "`\n\n", rule.title, " (", facts_of(rule), ").\n\n");
  text += cat("**What.** ", rule.what, "\n\n**Why.** ", rule.why, "\n\n**Fix.** ", rule.fix, "\n\n");
  if (!rule.paths.empty()) text += cat("**Files.** `", joined(rule.paths, "`, `"), "`\n\n");
  add_markdown_examples(text, "Bad", rule.bad);
  add_markdown_examples(text, "Good", rule.good);
  if (!rule.references.empty()) text += cat("**References.** <", joined(rule.references, ">, <"), ">\n\n");
  return text;
}

std::string table_of(const std::vector<const Rule*>& rules, std::string_view prefix) {
  std::string text = "| rule | name | severity | title |\n|---|---|---|---|\n";
  for (const Rule* rule : rules) {
    if (rule->id.starts_with(prefix))
      text += cat("| [", rule->id, "](#", to_lower_ascii(rule->id), "-", rule->name, ") | `", rule->name, "` | ",
                  to_string(rule->severity), " | ", rule->title, " |\n");
  }
  return text;
}

}  // namespace

std::string rule_as_text(const Rule& rule) {
  std::string text = cat(rule.id, " ", rule.name, "\n", rule.title, "\n", facts_of(rule), "\n");
  text += cat("\nWhat\n  ", rule.what, "\n\nWhy it matters\n  ", rule.why, "\n\nWhat to do\n  ", rule.fix, "\n");
  add_text_examples(text, "Bad", rule.bad);
  add_text_examples(text, "Good", rule.good);
  add_text_list(text, "Files", rule.paths);
  add_text_list(text, "References", rule.references);
  return text;
}

std::string rules_as_markdown(const std::vector<const Rule*>& rules) {
  std::string text =
      "# Rules\n\n"
      "Made by `./dev docs` from [rules/](../rules); do not edit. `hfscan rules explain RULE` says the same, with every "
      "example.\n"
      "Examples write tokens as macros, such as `{{hf_token:NAME}}`; "
      "[rules/README.md](../rules/README.md#examples-and-their-macros) "
      "lists them.\n\n";
  for (const Family& family : kFamilies) text += cat("## ", family.title, "\n\n", table_of(rules, family.prefix), "\n");
  for (const Rule* rule : rules) text += rule_as_markdown(*rule);
  text.pop_back();  // the last blank line
  return text;
}

}  // namespace hfscan
