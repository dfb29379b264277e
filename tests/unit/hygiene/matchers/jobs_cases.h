// What the tests of matchers have in common: which rules speak about a file.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hygiene/file_finder.h"
#include "rules/fixture.h"
#include "rules/rule_set.h"

namespace hfscan {

struct MatcherCase {
  std::string_view path;
  std::string_view content;  // with fixture macros
};

inline FileHits hits_in(const MatcherCase& given) {
  static const RuleSet kSet;
  static const std::vector<const Rule*> kAll = kSet.all();
  static const FileFinder kRules(kAll, Facts::leave);
  FileHits found;
  const std::string text = expand_fixture(given.content).value();
  kRules.find(text, given.path, found);
  return found;
}

inline bool is_found(std::string_view rule, const MatcherCase& given) {
  const FileHits found = hits_in(given);
  return std::any_of(found.hits.begin(), found.hits.end(), [rule](const RuleHit& hit) { return hit.rule->id == rule; });
}

inline void expect_found(std::string_view rule, std::span<const MatcherCase> cases) {
  for (const MatcherCase& given : cases)
    EXPECT_TRUE(is_found(rule, given)) << rule << " in " << given.path << ":\n" << given.content;
}

inline void expect_clean(std::string_view rule, std::span<const MatcherCase> cases) {
  for (const MatcherCase& given : cases)
    EXPECT_FALSE(is_found(rule, given)) << rule << " in " << given.path << ":\n" << given.content;
}

}  // namespace hfscan
