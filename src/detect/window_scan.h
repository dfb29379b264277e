// One window of a blob: from its anchors to its findings. Internal to the detector.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detect/credential.h"
#include "detect/detector.h"
#include "detect/text_layer.h"

namespace hfscan {

// A credential or pattern hit that a rule has claimed, in offsets of the text layer.
struct ClaimedHit {
  const Rule* rule;  // null: nobody claims it, but it is masked all the same
  ByteSpan span;
  std::optional<SecretReference> secret;
  std::string hit_text;
  bool look_alike;
  bool glued;
  int depth;  // how many layers of encoding lie over it
  std::optional<RuleHit> structure = std::nullopt;
};

class WindowScan {
 public:
  WindowScan(const Detector& detector, const Item& item, const TextLayer& layer, Detector::Scratch& scratch);

  enum class Reach { part_of_blob, whole_blob };
  // Appends the findings whose span begins in [owned_begin, owned_end) of layer.raw().
  void run(std::size_t owned_begin, std::size_t owned_end, Reach reach, BlobResult& result);

 private:
  struct Source;
  void find_credentials(const Source& source);
  void add_credential(const Source& source, Credential credential);
  void decode(const Source& source, const Anchor& anchor);
  void find_patterns();
  void find_structure(BlobResult& result);
  void keep_best();
  void report(const ClaimedHit& hit, const std::vector<struct MaskedSpan>& masks, BlobResult& result) const;

  const Detector& detector_;
  const Item& item_;
  const TextLayer& layer_;
  Detector::Scratch& scratch_;
  std::vector<ClaimedHit> hits_;
};

}  // namespace hfscan
