// Inflates one zlib or gzip stream piece by piece. In base because git (loose objects) and detect (compressed text in base64)
// both need it, and so that zlib's header is included in one file; zlib rather than a whole-buffer library because a loose
// object may be larger than memory and what stands in a file may be cut off.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"

namespace hfscan {

enum class DeflateFormat { zlib, gzip };

// One thread at a time. Never writes beyond the output it was given, whatever the stream claims.
class Inflater {
 public:
  struct Step {
    std::size_t consumed = 0;
    std::size_t produced = 0;
    bool finished = false;  // the stream has ended and its checksum was right
  };

  explicit Inflater(DeflateFormat format = DeflateFormat::zlib);
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  Inflater(Inflater&&) = delete;
  Inflater& operator=(Inflater&&) = delete;

  // Goes as far as input and output allow. Error: "zlib stream is damaged", once all that came before the damage was given
  // back; the stream is of no use until reset().
  Result<Step> step(std::string_view input, std::span<char> output);

  // Ready for another stream of the same format, at less cost than a new Inflater.
  void reset();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hfscan
