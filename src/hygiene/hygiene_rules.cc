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
#include "hygiene/token_mentions.h"

namespace hfscan {

// What a file holds: whether it speaks of a token, and which of all words then, else which of those that count by themselves.
struct HygieneRules::Present {
  bool token;
  std::vector<bool> words;
};

struct HygieneRules::Entry {
  const Rule* rule;
  std::vector<std::size_t> keywords;        // in the list of all words
  std::vector<std::size_t> keywords_alone;  // in the list of those that count by themselves
  const FileMatcher* matcher = nullptr;

  explicit Entry(const Rule& of) : rule(&of) {}

  [[nodiscard]] bool is_wanted(const Present& present, std::string_view path) const {
    const std::vector<std::size_t>& words = present.token ? keywords : keywords_alone;
    return std::any_of(words.begin(), words.end(), [&present](std::size_t word) { return present.words[word]; }) &&
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

// The numbers of keywords in a list of distinct ones; new ones are added.
std::vector<std::size_t> numbers_of(const std::vector<std::string>& keywords, std::vector<std::string>& words) {
  std::vector<std::size_t> numbers;
  for (const std::string& keyword : keywords) {
    const std::string word = to_lower_ascii(keyword);
    const auto found = std::find(words.begin(), words.end(), word);
    numbers.push_back(static_cast<std::size_t>(found - words.begin()));
    if (found == words.end()) words.push_back(word);
  }
  return numbers;
}

}  // namespace

namespace {

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

HygieneRules::HygieneRules(std::span<const Rule* const> rules) {
  std::vector<std::string> words;  // distinct
  std::vector<std::string> words_alone;
  for (const Rule* rule : rules) {
    const std::optional<Prefilter> prefilter = prefilter_of(*rule);
    if (!prefilter) continue;
    auto entry = std::make_unique<Entry>(*rule);
    if (const auto* structure = std::get_if<StructureMatch>(&rule->match)) entry->matcher = file_matcher(structure->matcher);
    entry->keywords = numbers_of(prefilter->keywords, words);
    entry->keywords_alone = numbers_of(prefilter->keywords_alone, words_alone);
    const std::vector<std::size_t> too = numbers_of(prefilter->keywords_alone, words);
    entry->keywords.insert(entry->keywords.end(), too.begin(), too.end());
    entries_.push_back(std::move(entry));
  }
  keywords_ = std::make_unique<KeywordSet>(words);
  keywords_alone_ = std::make_unique<KeywordSet>(words_alone);
}

HygieneRules::~HygieneRules() = default;

void HygieneRules::find(std::string_view text, std::string_view path, FileHits& found) const {
  if (entries_.empty() || is_report(path)) return;
  const bool token = mentions_token(text);
  const Present present = {token, (token ? keywords_ : keywords_alone_)->present_in(text)};
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
