// Everything that is found in one file beside credentials: hits of the rules about unsafe configurations, and the facts that
// the rules about a repository put together afterwards.
#pragma once

#include <span>

#include "core/rule.h"
#include "detect/hit_finder.h"
#include "hygiene/hygiene_rules.h"
#include "hygiene/repository/facts.h"

namespace hfscan {

// What the rules about a repository are told. Without a repository around the file nobody asks for facts.
enum class Facts { leave, gather };

class FileFinder : public HitFinder {
 public:
  // The active rules; they must outlive this.
  FileFinder(std::span<const Rule* const> rules, Facts facts)
      : rules_(rules), facts_(rules), gathers_(facts == Facts::gather) {}

  void find(std::string_view text, std::string_view path, FileHits& found) const override {
    rules_.find(text, path, found);
    if (gathers_) facts_.find(text, path, found);
  }

 private:
  HygieneRules rules_;
  FactFinder facts_;
  bool gathers_;
};

}  // namespace hfscan
