// One built-in rule against one text, for the tests of the matchers.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "hygiene/file_finder.h"
#include "rules/rule_set.h"

namespace hfscan::test {

inline std::vector<RuleHit> hits_of(std::string_view rule, std::string_view path, std::string_view text) {
  static const RuleSet kRules;
  const std::vector<const Rule*> wanted = {kRules.find(rule)};
  const FileFinder rules(wanted, Facts::leave);
  FileHits found;
  rules.find(text, path, found);
  return found.hits;
}

// The marked texts of the hits.
inline std::vector<std::string> marked(std::string_view rule, std::string_view path, std::string_view text) {
  std::vector<std::string> places;
  for (const RuleHit& hit : hits_of(rule, path, text))
    places.emplace_back(text.substr(static_cast<std::size_t>(hit.span.begin), static_cast<std::size_t>(hit.span.size())));
  return places;
}

// The text with the edits of all hits made, from the last to the first.
inline std::string mended(std::string_view rule, std::string_view path, std::string text) {
  std::vector<Edit> edits;
  for (const RuleHit& hit : hits_of(rule, path, text)) edits.insert(edits.end(), hit.edits.begin(), hit.edits.end());
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span.begin > b.span.begin; });
  for (const Edit& edit : edits)
    text.replace(static_cast<std::size_t>(edit.span.begin), static_cast<std::size_t>(edit.span.size()), edit.text);
  return text;
}

}  // namespace hfscan::test
