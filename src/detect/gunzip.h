// Compressed text in base64, as Helm keeps its releases and cloud-init its user data: recognised by the header of a gzip
// stream. Bounded: what is compressed may claim to be endless.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/inflate.h"
#include "detect/derived_text.h"

namespace hfscan {

// Whether `base64` begins with the base64 of a plausible gzip header (RFC 1952, 2.3); looks at 14 characters.
bool begins_gzip(std::string_view base64);

// One for each text that is scanned: it counts what unpacking has cost. One thread at a time.
class Gunzip {
 public:
  static constexpr std::size_t kMostOut = std::size_t{16} << 20U;    // of one stream
  static constexpr std::size_t kMostTotal = std::size_t{64} << 20U;  // of all streams
  static constexpr std::size_t kMostWaste = std::size_t{16} << 20U;  // input of streams that turn out to be damaged

  Gunzip() = default;

  // The texts are a part of a larger one, so that a stream that reaches their end may go on.
  void expect_more_text() { more_text_ = true; }

  // The stream whose base64 begins at `position`, as far as it is undamaged. Nothing when there is none.
  std::optional<DerivedText> unpack(std::string_view text, std::size_t position);

  // The base64 run at `position` of which only the whole is located: for base64 of base64 of a stream, which may be long.
  std::optional<DerivedText> decode_outer(std::string_view text, std::size_t position) const;

 private:
  struct Unpacked;
  void inflate_run(class RunReader& reader, Unpacked& out);

  std::optional<Inflater> inflater_;  // made when the first stream is met
  std::size_t total_ = 0;
  std::size_t waste_ = 0;
  bool more_text_ = false;
  bool told_ = false;  // that one of the two was used up
};

}  // namespace hfscan
