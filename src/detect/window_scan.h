// One window of a blob: from its anchors to its findings. Internal to the detector.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/credential.h"
#include "detect/decoder.h"
#include "detect/detector.h"
#include "detect/gunzip.h"
#include "detect/text_layer.h"
#include "detect/verdict.h"

namespace hfscan {

// A credential or pattern hit that a rule has claimed, in offsets of the text layer.
struct ClaimedHit {
  const Rule* rule;  // null: nobody claims it, but it is masked all the same
  ByteSpan span;
  std::optional<SecretReference> secret;
  std::optional<Sha256Digest> identity;  // of the secret, also when the reference must not show it
  std::string hit_text;
  Verdict verdict;
  bool companion;  // no secret by itself: belongs to a credential nearby
  int depth;       // how many layers of encoding lie over it
  std::vector<RelatedPlace> related = {};
  std::unique_ptr<RuleHit> structure = nullptr;  // behind a pointer, because a file of tokens has thousands without
};

// Something hidden that was not decoded in full.
struct DecodeLimit {
  std::uint64_t offset;  // where it begins in layer.raw()
  std::string message;   // "line 12: compressed text in base64 is larger than 16 MiB"
};

class WindowScan {
 public:
  WindowScan(const Detector& detector, const Item& item, const TextLayer& layer, Detector::Scratch& scratch);

  enum class Reach { part_of_blob, whole_blob };
  // Appends the findings whose span begins in [owned_begin, owned_end) of layer.raw().
  void run(std::size_t owned_begin, std::size_t owned_end, Reach reach, BlobResult& result);

  // Instead of run(): every place of layer.text(), which is not transcoded, that must not be shown.
  std::vector<MaskedSpan> find_masks();

 private:
  struct Source;
  void find_credentials(const Source& source);
  void add_credential(const Source& source, Credential credential);
  void search_decoded(const Source& source, const DerivedText& derived);
  void note_limit(const Source& source, const DerivedText& derived);
  void find_patterns();
  void find_structure(BlobResult& result);
  void keep_best();
  void join_companions();
  std::span<ClaimedHit> near(const ClaimedHit& hit, std::uint64_t reach);
  std::vector<MaskedSpan> masks();
  [[nodiscard]] Evidence::Looks looks_of(const Credential& credential, const CredentialPlace& place) const;
  void report(const ClaimedHit& hit, const std::vector<MaskedSpan>& masks, BlobResult& result) const;

  const Detector& detector_;
  const Item& item_;
  const TextLayer& layer_;
  Detector::Scratch& scratch_;
  std::vector<ClaimedHit> hits_;
  Gunzip gunzip_;
  std::vector<DecodeLimit> limits_;
  std::uint64_t decoded_bytes_ = 0;
};

}  // namespace hfscan
