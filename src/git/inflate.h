// Inflates whole zlib streams whose size is known beforehand, as those of a pack are. Separate from base/inflate, which goes
// piece by piece: this one is more than twice as fast and needs both buffers whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"

namespace hfscan {

// One thread at a time.
class StreamInflater {
 public:
  StreamInflater();
  ~StreamInflater();
  StreamInflater(StreamInflater&&) noexcept;
  StreamInflater& operator=(StreamInflater&&) noexcept;
  StreamInflater(const StreamInflater&) = delete;
  StreamInflater& operator=(const StreamInflater&) = delete;

  // The stream at the start of `input` gives exactly `output.size()` bytes; returns how much of `input` it took. Errors: "zlib
  // stream is damaged", "object is longer than its header says", "object is shorter than its header says".
  Result<std::size_t> inflate(std::string_view input, std::span<char> output);

 private:
  struct Free {
    void operator()(void* decompressor) const;
  };
  std::unique_ptr<void, Free> decompressor_;
};

// Whether `size` bytes can come out of `compressed` bytes at all: deflate never expands more than 1032 times (RFC 1951: a match
// of 258 bytes takes at least two bits). Asked before memory is taken for a size that a hostile header claims.
[[nodiscard]] bool can_inflate_to(std::uint64_t size, std::uint64_t compressed);

}  // namespace hfscan
