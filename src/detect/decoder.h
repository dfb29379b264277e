// What is encoded around the anchors of one text. Separate from the formats, which know nothing of each other: here is decided
// which is asked, and that no byte is decoded again for the next anchor in the same run, so that a hostile text of nothing but
// anchors costs about what any other text does.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "detect/anchors.h"
#include "detect/derived_text.h"
#include "detect/encoded_run.h"
#include "detect/gunzip.h"

namespace hfscan {

class Decoder {
 public:
  // Both must outlive the decoder.
  Decoder(std::string_view text, Gunzip& gunzip) : text_(text), gunzip_(gunzip) {}

  // The text that is encoded at the anchor; two where a line may be encoded by itself or with the next. Nothing for the plain
  // kinds, when there is none, and when an earlier anchor has brought it to light already: anchors come in ascending order. A
  // text may be empty with a limit.
  std::vector<DerivedText> decode(const Anchor& anchor);

 private:
  // A run, and how far it was decoded at each of the alignments.
  struct DecodedRun {
    EncodedRun run;
    std::size_t floor = 0;  // where the next run can begin at the earliest
    std::array<bool, 4> whole{};
    std::array<std::size_t, 4> lines{};  // up to which character single lines were decoded
  };
  std::vector<DerivedText> decode_run(const Anchor& anchor, DecodedRun& last, unsigned bits);
  std::optional<DerivedText> decode_escapes(std::size_t position);
  std::optional<DerivedText> decode_list(const Anchor& anchor);
  std::optional<DerivedText> decode_wide(std::size_t position);
  std::optional<DerivedText> unpack(const Anchor& anchor);

  std::string_view text_;
  Gunzip& gunzip_;
  DecodedRun base64_;
  DecodedRun hex_;
  std::size_t undressed_ = 0;             // up to here escapes are undone
  std::size_t undress_length_ = 0;        // how much is undone at once
  std::size_t unpacked_ = 0;              // up to here compressed text is done
  std::array<std::size_t, 4> listed_{};   // for each notation
  std::array<std::size_t, 4> widened_{};  // for each width and byte order
};

}  // namespace hfscan
