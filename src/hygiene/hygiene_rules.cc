// Tested by tests/unit/hygiene/hygiene_rules_test.cc.
#include "hygiene/hygiene_rules.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <variant>

#include "base/text.h"
#include "hygiene/command_rules.h"
#include "hygiene/line_rules.h"
#include "hygiene/matcher.h"
#include "hygiene/policy.h"

namespace hfscan {

struct HygieneRules::Entry {
  const Rule* rule;
  std::vector<std::size_t> keywords;
  const FileMatcher* matcher = nullptr;

  explicit Entry(const Rule& of) : rule(&of) {}

  [[nodiscard]] bool is_wanted(const std::vector<bool>& present, std::string_view path) const {
    return std::any_of(keywords.begin(), keywords.end(), [&present](std::size_t word) { return present[word]; }) &&
           applies_to_path(*rule, path);
  }

  void run(const FileCheck& check) const {
    std::call_once(compiled_, [this] { compile(); });
    if (line_) line_->find(check);
    if (command_) command_->find(check);
    if (matcher != nullptr) matcher->run(check);
  }

 private:
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

// The number of a word in a list; it is added when it is new.
std::size_t number_of(const std::string& word, std::vector<std::string>& words) {
  const auto found = std::find(words.begin(), words.end(), word);
  const auto number = static_cast<std::size_t>(found - words.begin());
  if (found == words.end()) words.push_back(word);
  return number;
}

}  // namespace

HygieneRules::HygieneRules(std::span<const Rule* const> rules) {
  std::vector<std::string> words;  // distinct
  for (const Rule* rule : rules) {
    auto entry = std::make_unique<Entry>(*rule);
    const std::vector<std::string>* keywords = nullptr;
    if (const auto* line = std::get_if<LineMatch>(&rule->match)) {
      keywords = &line->keywords;
    } else if (const auto* command = std::get_if<CommandMatch>(&rule->match)) {
      keywords = &command->keywords;
    } else if (const auto* structure = std::get_if<StructureMatch>(&rule->match)) {
      entry->matcher = file_matcher(structure->matcher);
      if (entry->matcher == nullptr) continue;  // about a repository or the host
      keywords = &structure->keywords;
    } else {
      continue;
    }
    for (const std::string& keyword : *keywords) entry->keywords.push_back(number_of(to_lower_ascii(keyword), words));
    entries_.push_back(std::move(entry));
  }
  keywords_ = std::make_unique<KeywordSet>(words);
}

HygieneRules::~HygieneRules() = default;

void HygieneRules::find(std::string_view text, std::string_view path, FileHits& found) const {
  if (entries_.empty() || is_report(path)) return;
  const std::vector<bool> present = keywords_->present_in(text);
  std::optional<FileView> file;
  for (const auto& entry : entries_) {
    if (!entry->is_wanted(present, path)) continue;
    if (!file) file.emplace(path, text);
    entry->run(FileCheck(*entry->rule, *file, found));
  }
  if (!file) return;
  for (std::string& reason : file->gave_up()) found.gave_up.push_back(std::move(reason));
  lower_shown_examples(text, found);
}

}  // namespace hfscan
