// The rules about unsafe configurations at work: which of them look at a file, and what they find there.
//
// A rule is asked only when its path patterns fit and the file speaks of a token and holds one of the rule's keywords, or one
// of those that are enough by themselves: a file that has nothing to do with tokens costs two quick passes over its bytes, of
// which one serves other finders too.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/rotation.h"
#include "core/rule.h"
#include "detect/hit_finder.h"
#include "hygiene/file_view.h"
#include "hygiene/keyword_set.h"
#include "hygiene/word_list.h"

namespace hfscan {

// Immutable; thread-safe.
class HygieneRules {
 public:
  // The rules among `rules` that are decided by lines, commands or a file matcher; they must outlive this and have passed
  // check_patterns. Rules of other kinds are left alone. The words that count by themselves are added to `wanted`.
  HygieneRules(std::span<const Rule* const> rules, WordList& wanted, RotationPolicy policy = {});
  ~HygieneRules();
  HygieneRules(const HygieneRules&) = delete;
  HygieneRules& operator=(const HygieneRules&) = delete;
  HygieneRules(HygieneRules&&) = delete;
  HygieneRules& operator=(HygieneRules&&) = delete;

  // Whether there is nothing to do.
  [[nodiscard]] bool empty() const { return entries_.empty(); }

  // `present` says which of the wanted words the text holds; text and path are those of a HitFinder.
  void find(FileOnDemand& file, const WordsPresent& present, FileHits& found) const;

 private:
  struct Entry;
  struct Present;
  std::unique_ptr<KeywordSet> keywords_;
  RotationPolicy policy_;
  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace hfscan
