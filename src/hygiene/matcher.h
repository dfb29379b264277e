// The matchers that rules name in `matcher = "..."`: code that decides by structure what no expression can.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "core/rotation.h"
#include "detect/hit_finder.h"
#include "hygiene/file_view.h"

namespace hfscan {

// What a matcher is given: one file, and the one rule it decides for. Adds hits to the rule's.
class FileCheck {
 public:
  // Without a policy the default one holds. Everything must outlive the object.
  FileCheck(const Rule& rule, FileView& file, FileHits& found, const RotationPolicy* policy = nullptr)
      : rule_(rule), file_(file), found_(found), policy_(policy) {}

  [[nodiscard]] FileView& file() const { return file_; }
  [[nodiscard]] const Rule& rule() const { return rule_; }
  // Whether a token of this role may be used where this file is.
  [[nodiscard]] bool allows(TokenRole role) const { return policy_ == nullptr || policy_->allows(role, place()); }
  // "ci", "production" ...; may be empty.
  [[nodiscard]] std::string_view place() const {
    const std::string_view named = policy_ == nullptr ? std::string_view() : policy_->place_of_path(file_.path());
    return named.empty() ? usual_place_of(file_.path()) : named;
  }

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
  const RotationPolicy* policy_;
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
