// The anchor kernel for AArch64, 16 bytes at a time; anchor_cores.h explains the algorithm.
#if defined(__aarch64__)

#include <arm_neon.h>

#include "detect/anchor_cores.h"

namespace hfscan::anchor_detail {

void scan_neon(std::string_view bytes, std::vector<Anchor>& anchors) {
  constexpr std::size_t kBlock = 16;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t position = 0;
  for (; position + kBlock + kCoreLength - 1 <= bytes.size(); position += kBlock) {
    uint8x16_t match = vdupq_n_u8(0xFF);
    for (std::size_t i = 0; i < kCoreLength; ++i) {
      const uint8x16_t block = vld1q_u8(data + position + i);
      const uint8x16_t low = vqtbl1q_u8(vld1q_u8(kCoreTables.low[i].data()), vandq_u8(block, vdupq_n_u8(15)));
      const uint8x16_t high = vqtbl1q_u8(vld1q_u8(kCoreTables.high[i].data()), vshrq_n_u8(block, 4));
      match = vandq_u8(match, vandq_u8(low, high));
    }
    if (vmaxvq_u8(match) == 0) continue;
    std::array<std::uint8_t, kBlock> buckets;
    vst1q_u8(buckets.data(), match);
    for (std::size_t i = 0; i < kBlock; ++i) {
      if (buckets[i] != 0) verify_cores(bytes, position + i, buckets[i], anchors);
    }
  }
  scan_scalar(bytes, position, anchors);
}

}  // namespace hfscan::anchor_detail

#endif
