// The rules of a run: the built-in ones, those of the user's rule files, and which of them are active.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/rule.h"

namespace hfscan {

class RuleSet {
 public:
  // With the built-in rules, which were checked when hfscan was built.
  RuleSet();

  // Adds a user's rule. An error when its id or name is taken.
  Status add(Rule rule);

  // By id or name; null when there is none. Stable for the life of the set.
  [[nodiscard]] const Rule* find(std::string_view id_or_name) const;
  // All, sorted by id.
  [[nodiscard]] std::vector<const Rule*> all() const;
  // Every id and name, for suggestions.
  [[nodiscard]] std::vector<std::string> names() const;

  // The active rules, sorted by id. Selectors are ids, id prefixes (HF1) and names; with a leading '-' they remove. When every
  // selector removes (or there is none), the start is all rules of the profile; else it is what the others name.
  Result<std::vector<const Rule*>> select(const std::vector<std::string>& selectors, std::string_view profile) const;

 private:
  std::deque<Rule> rules_;
};

// SHA-256 over the digests of the rules, in order.
Sha256Digest digest_of(const std::vector<const Rule*>& rules);

}  // namespace hfscan
