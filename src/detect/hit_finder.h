// What finds hits of rules in the text of a whole file, beside the detector's own credentials and patterns. An interface, so
// that the detector knows nothing of the rules about unsafe configurations and they nothing of windows, masks and reports.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fact.h"
#include "core/finding.h"

namespace hfscan {

// One hit of one rule; offsets are those of the text that was searched.
struct RuleHit {
  const Rule* rule = nullptr;
  ByteSpan span;                               // what the report marks
  std::optional<Severity> severity = {};       // instead of the rule's own
  std::string message = {};                    // instead of the rule's own; never a secret
  bool documentation = false;                  // stands where people are shown what to do
  std::vector<Edit> edits = {};                // how `hfscan fix` mends it; empty: by hand
  std::optional<SecretReference> secret = {};  // the credential that the span holds; the rule then speaks for it
  std::string identity = {};                   // what goes into the fingerprint instead of the text of the span; never a secret
};

struct FileHits {
  std::vector<RuleHit> hits;
  std::vector<Fact> facts;
  std::vector<std::string> gave_up;  // what could not be read to its end, and why: one line each, without the path
};

// Immutable; thread-safe.
class HitFinder {
 public:
  HitFinder() = default;
  virtual ~HitFinder() = default;
  HitFinder(const HitFinder&) = delete;
  HitFinder& operator=(const HitFinder&) = delete;
  HitFinder(HitFinder&&) = delete;
  HitFinder& operator=(HitFinder&&) = delete;

  // `text` is the whole file as UTF-8 (or as it is, when it is no text); `path` as in Item.
  virtual void find(std::string_view text, std::string_view path, FileHits& found) const = 0;
};

}  // namespace hfscan
