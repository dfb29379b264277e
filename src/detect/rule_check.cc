#include "detect/rule_check.h"

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <set>

#include "base/text.h"
#include "detect/detector.h"
#include "detect/regex.h"
#include "rules/fixture.h"

namespace hfscan {
namespace {

// Every expression of a rule, whatever its kind.
struct PatternsOf {
  std::vector<std::string> operator()(const PatternMatch& match) const { return match.patterns; }
  std::vector<std::string> operator()(const StructureMatch& /*match*/) const { return {}; }
  std::vector<std::string> operator()(const CredentialMatch& match) const {
    std::vector<std::string> patterns = {match.callee};
    for (const auto* contexts : {&match.contexts, &match.telling}) {
      for (const CredentialContext& context : *contexts)
        patterns.insert(patterns.end(), {context.before, context.after, context.near});
    }
    return patterns;
  }
  std::vector<std::string> operator()(const LineMatch& match) const {
    std::vector<std::string> patterns;
    for (const auto* list : {&match.any, &match.none, &match.file_has, &match.file_lacks})
      patterns.insert(patterns.end(), list->begin(), list->end());
    return patterns;
  }
  std::vector<std::string> operator()(const CommandMatch& match) const {
    std::vector<std::string> patterns;
    for (const CommandForm& form : match.commands) {
      patterns.insert(patterns.end(), {form.words, form.option, form.value, form.mentions, form.except});
    }
    return patterns;
  }
};

Error rule_error(const Rule& rule, std::string_view message) {
  return Error{cat(rule.origin, ": rule ", rule.id, " (", rule.name, "): ", message)};
}

constexpr std::size_t kCostlyText = std::size_t{64} * 1024;

// Always the same for the same characters: Lehmer's generator, with the factor of Park and Miller.
std::string random_text(std::string_view characters) {
  std::uint64_t state = 1;
  std::string out;
  while (out.size() < kCostlyText) {
    state = state * 48271 % 2147483647;
    out += characters[state % characters.size()];
  }
  return out;
}

// Hits are paid for by their findings; here the examples are cut off, so that what costs is the search.
std::string near_misses(const Rule& rule) {
  std::string near;
  for (const RuleExample& example : rule.bad) {
    const Result<std::string> content = expand_fixture(example.content);
    if (content.ok()) near += content->substr(0, content->size() * 3 / 4);
  }
  std::string out;
  while (!near.empty() && out.size() < kCostlyText) out += near;
  return out;
}

// Neighbours among an expression's letters and digits: of a class, `[a-z]`, its first and last.
std::set<std::string> pairs_of_characters(std::string_view expression) {
  std::set<std::string> pairs;
  char before = 0;
  for (const char c : expression) {
    if (!is_alnum_ascii(c)) continue;
    if (before != 0 && before != c) pairs.insert({before, c});
    before = c;
  }
  return pairs;
}

double bytes_per_second(const Regex& pattern, std::string_view text) {
  const std::clock_t begin = std::clock();
  static_cast<void>(pattern.search(text));
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  return static_cast<double>(text.size()) / std::max(seconds, 1e-6);
}

// The best of three: what else runs on the machine must not refuse a rule.
bool is_quick(const Regex& pattern, std::string_view text, double& best) {
  best = 0;
  for (int run = 0; run < 3 && best < kLeastBytesPerSecond; ++run) best = std::max(best, bytes_per_second(pattern, text));
  return best >= kLeastBytesPerSecond;
}

enum class Expectation { finding, silence };

Status check_example(const Rule& rule, const RuleExample& example, Expectation expectation, const Detector& detector) {
  const Result<std::string> content = expand_fixture(example.content);
  if (!content.ok()) return rule_error(rule, content.error().message);
  Item item;
  item.path = example.path;
  Detector::Scratch scratch;
  const BlobResult result = detector.scan_bytes(*content, item, scratch);
  const auto mine = [&rule](const Finding& finding) { return finding.rule->id == rule.id; };
  const bool found = std::any_of(result.findings.begin(), result.findings.end(), mine);
  if (found == (expectation == Expectation::finding)) return {};
  if (found) return rule_error(rule, cat("the good example ", quoted(example.path), " gives a finding"));
  const std::string other = result.findings.empty() ? "nothing" : result.findings.front().rule->id;
  return rule_error(rule, cat("the bad example ", quoted(example.path), " gives ", other, " instead of ", rule.id));
}

}  // namespace

Status check_patterns(const Rule& rule) {
  for (const std::string& pattern : std::visit(PatternsOf{}, rule.match)) {
    const Result<RegexCost> cost = check_regex(pattern);
    if (!cost.ok()) return rule_error(rule, cost.error().message);
  }
  return {};
}

Status check_cost(const Rule& rule) {
  const std::string near = near_misses(rule);
  for (const std::string& expression : std::visit(PatternsOf{}, rule.match)) {
    const Regex pattern(expression);
    if (expression.empty() || pattern.search("")) continue;  // what matches nothing matches at once
    std::vector<std::string> texts = {near};
    for (const std::string& pair : pairs_of_characters(expression)) texts.push_back(random_text(pair));
    for (const std::string& text : texts) {
      double speed = 0;
      if (is_quick(pattern, text, speed)) continue;
      return rule_error(rule, cat("pattern ", quoted(expression), " reads ", std::to_string(static_cast<int>(speed / 1e6)),
                                  " MB of its worst text in a second (at least 20): bound or shorten its repeats"));
    }
  }
  return {};
}

Status check_examples(const Rule& rule, const std::vector<const Rule*>& rules, const HitFinder* structure) {
  // A credential that is known by its hash only cannot stand in an example.
  const auto* credential = std::get_if<CredentialMatch>(&rule.match);
  const bool known_by_hash = credential != nullptr && !credential->secret_ids.empty();
  if (!known_by_hash && (rule.bad.empty() || rule.good.empty())) {
    return rule_error(rule, "needs at least one [[rule.bad]] and one [[rule.good]] example");
  }
  DetectorOptions options;
  options.structure = structure;
  const Detector detector(rules, options);
  for (const RuleExample& example : rule.bad) HFSCAN_TRY(check_example(rule, example, Expectation::finding, detector));
  for (const RuleExample& example : rule.good) HFSCAN_TRY(check_example(rule, example, Expectation::silence, detector));
  return {};
}

}  // namespace hfscan
