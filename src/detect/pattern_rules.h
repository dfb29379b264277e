// Rules with a regular expression of their own (user rules): keyword first, then the expression around it.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "core/rule.h"

namespace hfscan {

struct PatternHit {
  const Rule* rule = nullptr;
  ByteSpan whole;
  ByteSpan secret;
};

// Immutable after construction; thread-safe.
class PatternRules {
 public:
  // The rules with a PatternMatch among `rules`, which must outlive this.
  explicit PatternRules(std::span<const Rule* const> rules);
  ~PatternRules();
  PatternRules(const PatternRules&) = delete;
  PatternRules& operator=(const PatternRules&) = delete;
  PatternRules(PatternRules&&) = delete;
  PatternRules& operator=(PatternRules&&) = delete;

  [[nodiscard]] bool empty() const { return entries_.empty(); }

  // Appends the hits of all rules whose paths apply.
  void find(std::string_view text, std::string_view path, std::vector<PatternHit>& hits) const;

 private:
  struct Entry;
  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace hfscan
