// The rules about unsafe configurations at work: which of them look at a file, and what they find there.
//
// A rule is asked only when its path patterns fit and one of its keywords stands in the file, so that a file which has nothing
// to do with Hugging Face costs one pass over its bytes.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/rule.h"
#include "detect/hit_finder.h"
#include "hygiene/keyword_set.h"

namespace hfscan {

class HygieneRules : public HitFinder {
 public:
  // The rules among `rules` that are decided by lines, commands or a file matcher; they must outlive this and have passed
  // check_patterns. Rules of other kinds are left alone.
  explicit HygieneRules(std::span<const Rule* const> rules);
  ~HygieneRules() override;

  // Whether there is nothing to do.
  [[nodiscard]] bool empty() const { return entries_.empty(); }

  void find(std::string_view text, std::string_view path, FileHits& found) const override;

 private:
  struct Entry;
  std::unique_ptr<KeywordSet> keywords_;
  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace hfscan
