#include "base/inflate.h"

#define ZLIB_CONST  // next_in as a pointer to const
#include <zlib.h>

#include <algorithm>
#include <limits>

namespace hfscan {

struct Inflater::State {
  z_stream stream{};
  bool ready = false;
  bool finished = false;
};

Inflater::Inflater(DeflateFormat format) : state_(std::make_unique<State>()) {
  constexpr int kGzipOnly = 16;  // added to the window size: zlib.h, inflateInit2
  state_->ready = ::inflateInit2(&state_->stream, MAX_WBITS + (format == DeflateFormat::gzip ? kGzipOnly : 0)) == Z_OK;
}

Inflater::~Inflater() {
  if (state_->ready) ::inflateEnd(&state_->stream);
}

void Inflater::reset() {
  if (state_->ready) ::inflateReset(&state_->stream);
  state_->finished = false;
}

Result<Inflater::Step> Inflater::step(std::string_view input, std::span<char> output) {
  if (!state_->ready) return Error{"out of memory"};
  if (state_->finished) return Step{0, 0, true};
  constexpr std::size_t kMost = std::numeric_limits<uInt>::max();
  z_stream& stream = state_->stream;
  const auto input_size = static_cast<uInt>(std::min(input.size(), kMost));
  const auto output_size = static_cast<uInt>(std::min(output.size(), kMost));
  stream.next_in = reinterpret_cast<const Bytef*>(input.data());
  stream.avail_in = input_size;
  stream.next_out = reinterpret_cast<Bytef*>(output.data());
  stream.avail_out = output_size;
  const int code = ::inflate(&stream, Z_NO_FLUSH);
  // Z_BUF_ERROR says that no progress was possible with these buffers, which is no damage.
  // Damage stays damage: what came out before it is given back first.
  const bool damaged = code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR;
  if (damaged && stream.avail_out == output_size) return Error{"zlib stream is damaged"};
  state_->finished = code == Z_STREAM_END;
  return Step{input_size - stream.avail_in, output_size - stream.avail_out, state_->finished};
}

}  // namespace hfscan
