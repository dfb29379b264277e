#include "git/inflate.h"

#include <libdeflate.h>

namespace hfscan {

void StreamInflater::Free::operator()(void* decompressor) const {
  libdeflate_free_decompressor(static_cast<libdeflate_decompressor*>(decompressor));
}

StreamInflater::StreamInflater() : decompressor_(libdeflate_alloc_decompressor()) {}
StreamInflater::~StreamInflater() = default;
StreamInflater::StreamInflater(StreamInflater&&) noexcept = default;
StreamInflater& StreamInflater::operator=(StreamInflater&&) noexcept = default;

Result<std::size_t> StreamInflater::inflate(std::string_view input, std::span<char> output) {
  if (decompressor_ == nullptr) return Error{"out of memory"};
  std::size_t consumed = 0;
  std::size_t produced = 0;
  const libdeflate_result result =
      libdeflate_zlib_decompress_ex(static_cast<libdeflate_decompressor*>(decompressor_.get()), input.data(), input.size(),
                                    output.data(), output.size(), &consumed, &produced);
  if (result == LIBDEFLATE_INSUFFICIENT_SPACE) return Error{"object is longer than its header says"};
  if (result != LIBDEFLATE_SUCCESS) return Error{"zlib stream is damaged"};
  if (produced != output.size()) return Error{"object is shorter than its header says"};
  return consumed;
}

bool can_inflate_to(std::uint64_t size, std::uint64_t compressed) {
  constexpr std::uint64_t kMostExpansion = 1032;
  return size / kMostExpansion <= compressed;
}

}  // namespace hfscan
