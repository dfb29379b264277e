// Inflates one zlib stream piece by piece. Separate so that zlib's header is included in one file; zlib rather than a
// whole-buffer library because a loose object may be larger than memory.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"

namespace hfscan {

// One thread at a time. Never writes beyond the output it was given, whatever the stream claims.
class Inflater {
 public:
  struct Step {
    std::size_t consumed = 0;
    std::size_t produced = 0;
    bool finished = false;  // the stream has ended and its checksum was right
  };

  Inflater();
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  Inflater(Inflater&&) = delete;
  Inflater& operator=(Inflater&&) = delete;

  // Goes as far as input and output allow. Error: "zlib stream is damaged"; the stream is of no use after that.
  Result<Step> step(std::string_view input, std::span<char> output);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hfscan
