// The anchor kernel for AArch64, 16 bytes at a time; anchor_cores.h explains the algorithm.
#if defined(__aarch64__)

#include <arm_neon.h>

#include "detect/anchor_cores.h"

namespace hfscan::anchor_detail {
namespace {

constexpr std::size_t kBlock = 16;

// For each of the 16 positions the buckets of each set that may match there.
struct Matches {
  uint8x16_t sets[kSets];
};

inline Matches match_neon(const std::uint8_t* at) {
  Matches match = {{vdupq_n_u8(0xFF), vdupq_n_u8(0xFF)}};
  for (std::size_t i = 0; i < kCoreLength; ++i) {
    const uint8x16_t block = vld1q_u8(at + i);
    const uint8x16_t low = vandq_u8(block, vdupq_n_u8(15));
    const uint8x16_t high = vshrq_n_u8(block, 4);
    for (std::size_t set = 0; set < kSets; ++set) {
      const NibbleTables& tables = kCoreTables.nibbles[set][i];
      const uint8x16_t both =
          vandq_u8(vqtbl1q_u8(vld1q_u8(tables.low.data()), low), vqtbl1q_u8(vld1q_u8(tables.high.data()), high));
      match.sets[set] = vandq_u8(match.sets[set], both);
    }
  }
  return match;
}

}  // namespace

void scan_neon(std::string_view bytes, CoreRange range, CoreSink& sink) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t position = range.from;
  for (; position < range.to && position + kBlock + kCoreLength - 1 <= bytes.size(); position += kBlock) {
    const Matches match = match_neon(data + position);
    if (vmaxvq_u8(vorrq_u8(match.sets[0], match.sets[1])) == 0) continue;
    std::array<std::array<std::uint8_t, kBlock>, kSets> buckets;
    for (std::size_t set = 0; set < kSets; ++set) vst1q_u8(buckets[set].data(), match.sets[set]);
    for (std::size_t i = 0; i < kBlock && position + i < range.to; ++i) {
      const unsigned both = buckets[0][i] | static_cast<unsigned>(buckets[1][i]) << 8U;
      if (both != 0) sink.add(position + i, both);
    }
  }
  scan_scalar(bytes, {position, range.to}, sink);
}

}  // namespace hfscan::anchor_detail

#endif
