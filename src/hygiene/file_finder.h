// Everything that is found in one file beside credentials: hits of the rules about unsafe configurations, and the facts that
// the rules about a repository put together afterwards.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/rule.h"
#include "detect/hit_finder.h"
#include "hygiene/hygiene_rules.h"
#include "hygiene/keyword_set.h"
#include "hygiene/repository/facts.h"
#include "hygiene/word_list.h"

namespace hfscan {

// What the rules about a repository are told. Without a repository around the file nobody asks for facts.
enum class Facts { leave, gather };

class FileFinder : public HitFinder {
 public:
  // The active rules; they must outlive this. The policy is for those about what a token may do.
  FileFinder(std::span<const Rule* const> rules, Facts facts, RotationPolicy policy = {});

  void find(std::string_view text, std::string_view path, FileHits& found) const override;

 private:
  WordList wanted_;
  HygieneRules rules_;
  std::optional<FactFinder> facts_;
  std::optional<KeywordSet> words_;
};

}  // namespace hfscan
