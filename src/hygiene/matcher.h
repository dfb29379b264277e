// The matchers that rules name in `matcher = "..."`: code that decides by structure what no expression can.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "detect/hit_finder.h"
#include "hygiene/file_view.h"

namespace hfscan {

// What a matcher is given: one file, and the one rule it decides for. Adds hits to the rule's.
class FileCheck {
 public:
  FileCheck(const Rule& rule, FileView& file, FileHits& found) : rule_(rule), file_(file), found_(found) {}

  [[nodiscard]] FileView& file() const { return file_; }
  [[nodiscard]] const Rule& rule() const { return rule_; }

  // A hit at a span of a piece. The reference stays valid until the next hit: set severity, message, edits through it. Edits
  // are in offsets of the file: use piece.to_file().
  RuleHit& hit(const Piece& piece, ByteSpan in_piece) const {
    if (++hits_ > kMostHits) return one_too_many();
    RuleHit& hit = found_.hits.emplace_back();
    hit.rule = &rule_;
    hit.span = piece.to_file(in_piece);
    hit.documentation = piece.documentation;
    return hit;
  }

  // Says that this rule has met a bound and left something out: "more loops than are followed". Once for each such text.
  void leaves_out(std::string_view what) const {
    std::string line = cat(rule_.id, ": ", what);
    if (std::find(found_.gave_up.begin(), found_.gave_up.end(), line) == found_.gave_up.end())
      found_.gave_up.push_back(std::move(line));
  }

  // Hits of one rule in one file: far more than people look at; the rest is left out, and that is said.
  static constexpr std::size_t kMostHits = 1000;

 private:
  RuleHit& one_too_many() const {
    if (hits_ == kMostHits + 1) leaves_out("more places than are reported");
    left_out_ = {};
    return left_out_;
  }

  const Rule& rule_;
  FileView& file_;
  FileHits& found_;
  mutable std::size_t hits_ = 0;
  mutable RuleHit left_out_;
};

struct FileMatcher {
  std::string_view name;
  void (*run)(const FileCheck& check);
};

// One table per family, each in the file that holds its matchers; matchers.cc joins them.
std::span<const FileMatcher> file_matchers();

// Null when there is none of this name.
const FileMatcher* file_matcher(std::string_view name);

}  // namespace hfscan
