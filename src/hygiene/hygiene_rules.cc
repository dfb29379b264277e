// Tested by tests/unit/hygiene/hygiene_rules_test.cc.
#include "hygiene/hygiene_rules.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <variant>

#include "hygiene/command_rules.h"
#include "hygiene/line_rules.h"
#include "hygiene/matcher.h"
#include "hygiene/policy.h"
#include "hygiene/token_mentions.h"

namespace hfscan {

struct HygieneRules::Entry {
  const Rule* rule;
  std::vector<std::size_t> keywords;        // which count where a token is spoken of
  std::vector<std::size_t> keywords_alone;  // which count by themselves
  const FileMatcher* matcher = nullptr;

  explicit Entry(const Rule& of) : rule(&of) {}

  // `present`: of the keywords, when the file speaks of a token; `present_alone`: of those that count by themselves.
  [[nodiscard]] bool is_wanted(const WordsPresent* present, const WordsPresent& present_alone, std::string_view path) const {
    const bool some = any_of(keywords_alone, present_alone) || (present != nullptr && any_of(keywords, *present));
    return some && applies_to_path(*rule, path);
  }

  void run(const FileCheck& check) const {
    std::call_once(compiled_, [this] { compile(); });
    if (line_) line_->find(check);
    if (command_) command_->find(check);
    if (matcher != nullptr) matcher->run(check);
  }

 private:
  [[nodiscard]] static bool any_of(const std::vector<std::size_t>& words, const WordsPresent& present) {
    return std::any_of(words.begin(), words.end(), [&present](std::size_t word) { return present[word]; });
  }

  // At the first file that asks: most runs meet few of the rules, and a hook must not wait for all their expressions.
  void compile() const {
    if (std::holds_alternative<LineMatch>(rule->match)) line_ = std::make_unique<LineRule>(*rule);
    if (std::holds_alternative<CommandMatch>(rule->match)) command_ = std::make_unique<CommandRule>(*rule);
  }

  mutable std::once_flag compiled_;
  mutable std::unique_ptr<const LineRule> line_;
  mutable std::unique_ptr<const CommandRule> command_;
};

namespace {

// Reports of scanners quote rules and what they found elsewhere; our own lies in many a work tree.
bool is_report(std::string_view path) { return path.ends_with(".sarif") || path.ends_with(".sarif.json"); }

struct Prefilter {
  const std::vector<std::string>& keywords;
  const std::vector<std::string>& keywords_alone;
};

// Nothing for rules that other parts of the program decide.
std::optional<Prefilter> prefilter_of(const Rule& rule) {
  if (const auto* line = std::get_if<LineMatch>(&rule.match)) return Prefilter{line->keywords, line->keywords_alone};
  if (const auto* command = std::get_if<CommandMatch>(&rule.match))
    return Prefilter{command->keywords, command->keywords_alone};
  const auto* structure = std::get_if<StructureMatch>(&rule.match);
  if (structure == nullptr || file_matcher(structure->matcher) == nullptr) return std::nullopt;
  return Prefilter{structure->keywords, structure->keywords_alone};
}

}  // namespace

HygieneRules::HygieneRules(std::span<const Rule* const> rules, WordList& wanted, RotationPolicy policy)
    : policy_(std::move(policy)) {
  WordList keywords;
  for (const Rule* rule : rules) {
    const std::optional<Prefilter> prefilter = prefilter_of(*rule);
    if (!prefilter) continue;
    auto entry = std::make_unique<Entry>(*rule);
    if (const auto* structure = std::get_if<StructureMatch>(&rule->match)) entry->matcher = file_matcher(structure->matcher);
    entry->keywords = keywords.add(prefilter->keywords);
    entry->keywords_alone = wanted.add(prefilter->keywords_alone);
    entries_.push_back(std::move(entry));
  }
  keywords_ = std::make_unique<KeywordSet>(keywords.words());
}

HygieneRules::~HygieneRules() = default;

void HygieneRules::find(FileOnDemand& file, const WordsPresent& present, FileHits& found) const {
  if (entries_.empty() || is_report(file.path())) return;
  std::optional<WordsPresent> of_keywords;
  if (mentions_token(file.text())) of_keywords = keywords_->present_in(file.text());
  bool some = false;
  for (const auto& entry : entries_) {
    if (!entry->is_wanted(of_keywords ? &*of_keywords : nullptr, present, file.path())) continue;
    some = true;
    entry->run(FileCheck(*entry->rule, file.open(), found, &policy_));
  }
  if (!some) return;
  for (std::string& reason : file.open().gave_up()) found.gave_up.push_back(std::move(reason));
  lower_shown_examples(file.text(), found);
}

}  // namespace hfscan
