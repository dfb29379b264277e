// Tested by tests/unit/hygiene/repository/facts_test.cc.
#include "hygiene/repository/facts.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "hygiene/repository/fact_calls.h"
#include "hygiene/repository/fact_lines.h"
#include "hygiene/repository/remote_urls.h"
#include "hygiene/repository/secret_files.h"

namespace hfscan {
namespace {

constexpr std::string_view kJobMatcher = "job-without-token";

std::string_view kind_name(SecretFileKind kind) {
  switch (kind) {
    case SecretFileKind::dotenv: return fact::kDotenv;
    case SecretFileKind::dotenv_example: return fact::kDotenvExample;
    case SecretFileKind::token: return fact::kTokenFile;
    case SecretFileKind::none: break;
  }
  return "";
}

void add_secret_file(std::string_view text, std::string_view path, std::vector<Fact>& facts) {
  const SecretFileKind kind = secret_file_kind(path);
  if (kind == SecretFileKind::none) return;
  const SecretContent content = read_secret_file(path, kind, text);
  facts.push_back({std::string(kind_name(kind)), std::string(path), content.line, to_string(content.holds)});
}

}  // namespace

FactFinder::FactFinder(std::span<const Rule* const> rules, WordList& wanted)
    : words_(wanted.add(fact_words())), call_words_(wanted.add(call_words())) {
  for (const Rule* rule : rules) {
    const auto* match = std::get_if<StructureMatch>(&rule->match);
    if (match != nullptr && match->matcher == kRemoteUrlMatcher) remote_url_rule_ = rule;
    if (match != nullptr && match->matcher == kJobMatcher) jobs_ = JobFacts::gather;
  }
}

void FactFinder::find(FileOnDemand& file, const WordsPresent& present, FileHits& found) const {
  const std::string_view text = file.text();
  const std::string_view path = file.path();
  add_secret_file(text, path, found.facts);
  const std::string base = file_name(path);
  if (base == ".gitignore") found.facts.push_back({std::string(fact::kIgnoreFile), std::string(path), 1, ""});
  if (base == ".gitmodules" && remote_url_rule_ != nullptr) find_remote_urls(*remote_url_rule_, text, found.hits);
  const Language language = language_of(path, text);
  if (language == Language::dockerfile) find_context_copies(text, path, found.facts);
  if (!has_fact_lines(language)) return;
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    if (present[words_[i]]) words.emplace_back(fact_words()[i]);
  }
  if (!words.empty()) find_fact_lines({text, path, language}, words, found.facts);
  const bool calls =
      std::any_of(call_words_.begin(), call_words_.end(), [&present](std::size_t word) { return present[word]; });
  if (calls) find_fact_calls(file, jobs_, found.facts);
}

}  // namespace hfscan
