// Tested by tests/unit/sources/decompress_test.cc.
#include "sources/decompress.h"

#include <bzlib.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/inflate.h"
#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kInput = std::size_t{64} * 1024;

enum class Outcome { more, finished, damaged, too_large };

struct Step {
  std::size_t consumed = 0;
  std::size_t produced = 0;
  Outcome outcome = Outcome::more;
};

// One stream; goes as far as input and output allow.
class Decoder {
 public:
  Decoder() = default;
  virtual ~Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  Decoder(Decoder&&) = delete;
  Decoder& operator=(Decoder&&) = delete;

  virtual Step step(std::string_view input, std::span<char> output) = 0;
};

// The libraries take their input as bytes that are not const but are left alone.
unsigned char* bytes_of(std::string_view input) {
  return const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(input.data()));  // NOLINT
}

unsigned char* bytes_of(std::span<char> output) { return reinterpret_cast<unsigned char*>(output.data()); }  // NOLINT

class GzipDecoder : public Decoder {
 public:
  Step step(std::string_view input, std::span<char> output) override {
    const Result<Inflater::Step> done = inflater_.step(input, output);
    if (!done.ok()) return {0, 0, Outcome::damaged};
    return {done->consumed, done->produced, done->finished ? Outcome::finished : Outcome::more};
  }

 private:
  Inflater inflater_{DeflateFormat::gzip};
};

class Bzip2Decoder : public Decoder {
 public:
  Bzip2Decoder() : ready_(::BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK) {}
  ~Bzip2Decoder() override { ::BZ2_bzDecompressEnd(&stream_); }
  Bzip2Decoder(const Bzip2Decoder&) = delete;
  Bzip2Decoder& operator=(const Bzip2Decoder&) = delete;
  Bzip2Decoder(Bzip2Decoder&&) = delete;
  Bzip2Decoder& operator=(Bzip2Decoder&&) = delete;

  Step step(std::string_view input, std::span<char> output) override {
    if (!ready_) return {0, 0, Outcome::too_large};
    stream_.next_in = const_cast<char*>(input.data());  // NOLINT: left alone
    stream_.avail_in = static_cast<unsigned>(input.size());
    stream_.next_out = output.data();
    stream_.avail_out = static_cast<unsigned>(output.size());
    const int code = ::BZ2_bzDecompress(&stream_);
    const Outcome outcome = code == BZ_STREAM_END  ? Outcome::finished
                            : code == BZ_OK        ? Outcome::more
                            : code == BZ_MEM_ERROR ? Outcome::too_large
                                                   : Outcome::damaged;
    return {input.size() - stream_.avail_in, output.size() - stream_.avail_out, outcome};
  }

 private:
  bz_stream stream_{};
  bool ready_;
};

class XzDecoder : public Decoder {
 public:
  XzDecoder() : ready_(::lzma_stream_decoder(&stream_, kMaxUnpackMemory, 0) == LZMA_OK) {}
  ~XzDecoder() override { ::lzma_end(&stream_); }
  XzDecoder(const XzDecoder&) = delete;
  XzDecoder& operator=(const XzDecoder&) = delete;
  XzDecoder(XzDecoder&&) = delete;
  XzDecoder& operator=(XzDecoder&&) = delete;

  Step step(std::string_view input, std::span<char> output) override {
    if (!ready_) return {0, 0, Outcome::too_large};
    stream_.next_in = bytes_of(input);
    stream_.avail_in = input.size();
    stream_.next_out = bytes_of(output);
    stream_.avail_out = output.size();
    const lzma_ret code = ::lzma_code(&stream_, LZMA_RUN);
    const Outcome outcome = code == LZMA_STREAM_END                                 ? Outcome::finished
                            : code == LZMA_OK || code == LZMA_BUF_ERROR             ? Outcome::more
                            : code == LZMA_MEMLIMIT_ERROR || code == LZMA_MEM_ERROR ? Outcome::too_large
                                                                                    : Outcome::damaged;
    return {input.size() - stream_.avail_in, output.size() - stream_.avail_out, outcome};
  }

 private:
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool ready_;
};

class ZstdDecoder : public Decoder {
 public:
  Step step(std::string_view input, std::span<char> output) override {
    if (stream_ == nullptr) return {0, 0, Outcome::too_large};
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    ZSTD_outBuffer out{output.data(), output.size(), 0};
    const std::size_t left = ::ZSTD_decompressStream(stream_.get(), &out, &in);
    const Outcome outcome = ::ZSTD_isError(left) == 0                                               ? Outcome::more
                            : ::ZSTD_getErrorCode(left) == ZSTD_error_frameParameter_windowTooLarge ? Outcome::too_large
                                                                                                    : Outcome::damaged;
    return {in.pos, out.pos, left == 0 ? Outcome::finished : outcome};
  }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* stream) const { ::ZSTD_freeDCtx(stream); }
  };
  std::unique_ptr<ZSTD_DCtx, Free> stream_{::ZSTD_createDCtx()};
};

class Lz4Decoder : public Decoder {
 public:
  Lz4Decoder() {
    LZ4F_dctx* context = nullptr;
    if (::LZ4F_isError(::LZ4F_createDecompressionContext(&context, LZ4F_VERSION)) == 0) context_.reset(context);
  }

  Step step(std::string_view input, std::span<char> output) override {
    if (context_ == nullptr) return {0, 0, Outcome::too_large};
    std::size_t consumed = input.size();
    std::size_t produced = output.size();
    const std::size_t left = ::LZ4F_decompress(context_.get(), output.data(), &produced, input.data(), &consumed, nullptr);
    if (::LZ4F_isError(left) != 0) return {0, 0, Outcome::damaged};
    return {consumed, produced, left == 0 ? Outcome::finished : Outcome::more};
  }

 private:
  struct Free {
    void operator()(LZ4F_dctx* context) const { ::LZ4F_freeDecompressionContext(context); }
  };
  std::unique_ptr<LZ4F_dctx, Free> context_;
};

std::unique_ptr<Decoder> decoder_for(ContainerKind kind) {
  switch (kind) {
    case ContainerKind::gzip: return std::make_unique<GzipDecoder>();
    case ContainerKind::bzip2: return std::make_unique<Bzip2Decoder>();
    case ContainerKind::xz: return std::make_unique<XzDecoder>();
    case ContainerKind::zstd: return std::make_unique<ZstdDecoder>();
    case ContainerKind::lz4: return std::make_unique<Lz4Decoder>();
    default: return nullptr;
  }
}

class Unpacked : public Content {
 public:
  Unpacked(Content& packed, ContainerKind kind) : packed_(packed), kind_(kind), input_(kInput), decoder_(decoder_for(kind)) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    while (!error_ && decoder_ != nullptr && !buffer.empty()) {
      if (begin_ == end_ && !at_end_) fill();
      if (error_) break;
      const Step step = decoder_->step(rest(), buffer);
      begin_ += step.consumed;
      total_ += step.produced;
      conclude(step);
      if (step.produced != 0) return step.produced;
    }
    if (error_) return *error_;
    return std::size_t{0};
  }

 private:
  [[nodiscard]] std::string_view rest() const { return {input_.data() + begin_, end_ - begin_}; }

  void conclude(const Step& step) {
    const auto after = [this] { return cat(" after ", count_of(total_, "byte", "bytes")); };
    switch (step.outcome) {
      case Outcome::finished: return begin_next_stream();
      case Outcome::damaged: error_ = Error{cat(to_string(kind_), " data is damaged", after())}; return;
      case Outcome::too_large:
        error_ = Error{
            cat(to_string(kind_), " data needs more than ", human_bytes(kMaxUnpackMemory), " of memory to unpack", after())};
        return;
      case Outcome::more: break;
    }
    const bool stuck = step.consumed == 0 && step.produced == 0;
    if (!stuck) return;
    if (at_end_ && begin_ == end_)
      error_ = Error{cat(to_string(kind_), " data ends early", after())};
    else if (begin_ != end_)
      error_ = Error{cat(to_string(kind_), " data is damaged", after())};
  }

  // Padding of zeros may lie between two streams.
  void begin_next_stream() {
    decoder_.reset();
    while (!error_) {
      while (begin_ != end_ && input_[begin_] == '\0') ++begin_;
      if (begin_ != end_ && (at_end_ || end_ - begin_ >= kContainerHead)) break;
      if (at_end_) return;
      fill();
    }
    if (!error_ && container_at(rest().substr(0, kContainerHead)) == kind_) decoder_ = decoder_for(kind_);
  }

  // Adds to what is left.
  void fill() {
    std::copy(input_.begin() + static_cast<std::ptrdiff_t>(begin_), input_.begin() + static_cast<std::ptrdiff_t>(end_),
              input_.begin());
    end_ -= begin_;
    begin_ = 0;
    const Result<std::size_t> count = packed_.read(std::span(input_).subspan(end_));
    if (!count.ok()) {
      error_ = count.error();
      return;
    }
    at_end_ = *count == 0;
    end_ += *count;
  }

  Content& packed_;
  ContainerKind kind_;
  std::vector<char> input_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool at_end_ = false;
  std::uint64_t total_ = 0;
  std::unique_ptr<Decoder> decoder_;
  std::optional<Error> error_;
};

}  // namespace

std::unique_ptr<Content> decompress(Content& packed, ContainerKind kind) { return std::make_unique<Unpacked>(packed, kind); }

}  // namespace hfscan
