// The detector: bytes of one blob in, findings out. Immutable and shared by all workers; each worker brings its own Scratch.
//
// Two stages. Anchors (one SIMD pass over the raw bytes) say where something may stand; grammar, decoders and rules then look
// only there. A blob of up to kWholeBlob bytes is looked at as a whole; a larger one in overlapping windows, in constant
// memory.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/blob.h"
#include "core/delta_object.h"
#include "core/fact.h"
#include "core/finding.h"
#include "detect/anchors.h"
#include "detect/credential_rules.h"
#include "detect/hit_finder.h"
#include "detect/masked_text.h"
#include "detect/pattern_rules.h"
#include "detect/suppression.h"
#include "detect/text_layer.h"

namespace hfscan {

struct DetectorOptions {
  bool look_alikes = false;              // report what is gated as a placeholder or an identifier, as notes
  bool drop_look_alikes = false;         // nor count them, nor ask which rule would have claimed them
  bool line_hashes = false;              // compute Finding::line_hash
  const HitFinder* structure = nullptr;  // asked about every file of up to kWholeBlob bytes; must outlive the detector
  SuppressionOptions suppression;
  AnchorKernel kernel = AnchorKernel::best;
};

// What one blob gave. Findings are complete but for their fingerprint's ordinal, which needs all findings of the path.
struct BlobResult {
  std::vector<Finding> findings;
  std::uint64_t bytes = 0;
  std::uint64_t look_alikes = 0;  // gated and not reported
  std::vector<Fact> facts;
  std::vector<std::string> gave_up;  // what was not read to its end, and why
  std::optional<Error> unread;       // the rest of the blob could not be read
  std::string_view whole;  // all bytes of a blob that was looked at as a whole; in the Scratch, until that is used again
  std::uint64_t decoded_bytes = 0;  // by all decoders, at every depth; tests hold it linear in `bytes`
};

class Detector {
 public:
  static constexpr std::size_t kWholeBlob = std::size_t{16} << 20U;

  // Reusable buffers of one worker, and how much memory and output one blob may cost it.
  struct Scratch {
    std::vector<char> buffer;
    std::vector<Anchor> anchors;
    std::string_view anchored;            // the bytes whose anchors are there already; given up by the next scan
    std::size_t whole_blob = kWholeBlob;  // looked at as a whole up to this size
    std::size_t max_findings = SIZE_MAX;  // of one blob: the scan ends when it has so many
  };

  // The rules must outlive the detector; they have passed rules/rule_check.
  Detector(std::span<const Rule* const> rules, DetectorOptions options);

  // Reads the content to its end. Thread-safe with one Scratch per thread.
  BlobResult scan(Content& content, const Item& item, Scratch& scratch) const;

  // The same for bytes that are at hand.
  BlobResult scan_bytes(std::string_view bytes, const Item& item, Scratch& scratch) const;

  // False when scan_bytes is certain to find nothing in bytes without anchors: they are no text of two or four bytes a
  // character, and no rule has a pattern or a structure to look for.
  [[nodiscard]] bool looks_beyond_anchors(std::string_view bytes) const;

  // False when scan_bytes is certain to find nothing: most blobs of a history, at the cost of one pass, which scan_bytes does
  // not repeat when it is asked next. The second form searches only what is new in the object (detect/delta_anchors.h).
  [[nodiscard]] bool may_find(std::string_view bytes, Scratch& scratch) const;
  [[nodiscard]] bool may_find(const DeltaObject& object, Scratch& scratch) const;

  // What a rule may ask of a path, as a key: at two paths with the same key scan_bytes finds the same, but for the path itself.
  [[nodiscard]] std::string path_key(std::string_view path) const;

  // Every place of a text that holds a credential, whether a rule reports it or not, and what is shown instead; in order of the
  // places. For text that is stored as UTF-8.
  [[nodiscard]] std::vector<MaskedSpan> secrets_in(std::string_view text) const;

 private:
  friend class WindowScan;
  [[nodiscard]] BlobResult scan_whole(std::string_view bytes, const Item& item, Scratch& scratch, WindowEnd end) const;
  std::vector<const Rule*> path_rules_;  // those that look at some paths only
  CredentialRules credential_rules_;
  PatternRules pattern_rules_;
  DetectorOptions options_;
};

}  // namespace hfscan
