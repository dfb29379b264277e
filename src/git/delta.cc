#include "git/delta.h"

#include <cstring>
#include <optional>

namespace hfscan {
namespace {

constexpr unsigned kCopy = 0x80;              // the high bit of an instruction: copy, else insert
constexpr std::uint32_t kSizeZero = 0x10000;  // what a copy of size 0 means

std::uint32_t byte_at(const char* place) { return static_cast<unsigned char>(*place); }

// Seven bits a byte, the least significant first. Nothing when it does not end, or does not fit 64 bits.
std::optional<std::uint64_t> take_size(std::string_view& bytes) {
  std::uint64_t size = 0;
  for (unsigned i = 0; i < 9 && i < bytes.size(); ++i) {
    const std::uint64_t byte = byte_at(bytes.data() + i);
    size |= (byte & 0x7FU) << 7U * i;
    if ((byte & 0x80U) != 0) continue;
    bytes.remove_prefix(i + 1);
    return size;
  }
  return std::nullopt;
}

struct CopyRange {
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  const char* next = nullptr;  // behind the instruction; null when it is cut off
};

// The low bits of the instruction say which bytes of offset and size follow; the others are 0.
CopyRange read_copy(unsigned instruction, const char* at, const char* end) {
  CopyRange range;
  for (unsigned i = 0; i < 7; ++i) {
    if ((instruction >> i & 1U) == 0) continue;
    if (at == end) return {};
    const std::uint32_t byte = byte_at(at++);
    if (i < 4)
      range.offset |= byte << 8U * i;
    else
      range.size |= byte << 8U * (i - 4);
  }
  if (range.size == 0) range.size = kSizeZero;
  range.next = at;
  return range;
}

class RunRecorder {
 public:
  explicit RunRecorder(std::vector<CopiedRun>& runs) : runs_(runs) { runs_.clear(); }

  void copy(std::size_t begin, const CopyRange& range) {
    const bool continues = begin == std::size_t{last_.begin} + last_.size && range.offset == last_.base_begin + last_.size;
    if (!continues) {
      finish();
      last_ = {static_cast<std::uint32_t>(begin), 0, range.offset};
    }
    last_.size += range.size;
  }

  void finish() {
    if (last_.size >= kShortestRun) runs_.push_back(last_);
  }

 private:
  std::vector<CopiedRun>& runs_;
  CopiedRun last_;
};

struct NoRecorder {
  void copy(std::size_t, const CopyRange&) {}
  void finish() {}
};

template <typename Recorder>
Status apply(const DeltaHeader& delta, std::string_view base, std::span<char> result, Recorder recorder) {
  if (delta.base_size != base.size()) return Error{"delta does not fit its base"};
  const char* at = delta.instructions.data();
  const char* const end = at + delta.instructions.size();
  char* out = result.data();
  std::size_t room = result.size();
  while (at != end) {
    const unsigned instruction = byte_at(at++);
    const char* from = at;
    std::size_t size = instruction;
    if ((instruction & kCopy) != 0) {
      const CopyRange range = read_copy(instruction, at, end);
      if (range.next == nullptr || range.offset > base.size() || range.size > base.size() - range.offset) {
        return Error{"delta does not fit its base"};
      }
      recorder.copy(static_cast<std::size_t>(out - result.data()), range);
      from = base.data() + range.offset;
      size = range.size;
      at = range.next;
    } else {
      if (size == 0 || size > static_cast<std::size_t>(end - at)) return Error{"delta is damaged"};
      at += size;
    }
    if (size > room) return Error{"delta is damaged"};
    std::memcpy(out, from, size);
    out += size;
    room -= size;
  }
  if (room != 0) return Error{"delta is damaged"};
  recorder.finish();
  return {};
}

}  // namespace

Result<DeltaHeader> read_delta_header(std::string_view delta) {
  const std::optional<std::uint64_t> base_size = take_size(delta);
  const std::optional<std::uint64_t> result_size = base_size ? take_size(delta) : std::nullopt;
  if (!result_size) return Error{"delta is damaged"};
  return DeltaHeader{*base_size, *result_size, delta};
}

Status apply_delta(const DeltaHeader& delta, std::string_view base, std::span<char> result) {
  return apply(delta, base, result, NoRecorder{});
}

Status apply_delta(const DeltaHeader& delta, std::string_view base, std::span<char> result, std::vector<CopiedRun>& runs) {
  return apply(delta, base, result, RunRecorder(runs));
}

}  // namespace hfscan
