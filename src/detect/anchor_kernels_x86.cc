// The anchor kernels for x86-64: the same algorithm on 32 bytes (AVX2) and on 16 (SSSE3), chosen at run time. anchor_cores.h
// explains it; the last bytes of a buffer go through the scalar kernel with the same tables and checks.
#if defined(__x86_64__)

#include <immintrin.h>

#include <bit>

#include "detect/anchor_cores.h"

namespace hfscan::anchor_detail {
namespace {

// Reports every byte of `buckets` (one per position of the block) that is not zero.
void verify_block(std::string_view bytes, std::size_t position, std::uint32_t hits, const std::uint8_t* buckets,
                  std::vector<Anchor>& anchors) {
  while (hits != 0) {
    const auto index = static_cast<std::size_t>(std::countr_zero(hits));
    hits &= hits - 1;
    verify_cores(bytes, position + index, buckets[index], anchors);
  }
}

struct TablesAvx2 {
  __m256i low[kCoreLength];
  __m256i high[kCoreLength];
};

__attribute__((target("avx2"))) inline __m256i broadcast(const std::array<std::uint8_t, 16>& table) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
}

__attribute__((target("avx2"))) inline TablesAvx2 load_tables_avx2() {
  TablesAvx2 tables{};
  for (std::size_t i = 0; i < kCoreLength; ++i) {
    tables.low[i] = broadcast(kCoreTables.low[i]);
    tables.high[i] = broadcast(kCoreTables.high[i]);
  }
  return tables;
}

__attribute__((target("avx2"), always_inline)) inline __m256i match_avx2(const TablesAvx2& tables, const char* at) {
  const __m256i nibble = _mm256_set1_epi8(15);
  __m256i result = _mm256_set1_epi8(-1);
  for (std::size_t i = 0; i < kCoreLength; ++i) {
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + i));
    const __m256i low = _mm256_shuffle_epi8(tables.low[i], _mm256_and_si256(bytes, nibble));
    const __m256i high = _mm256_shuffle_epi8(tables.high[i], _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble));
    result = _mm256_and_si256(result, _mm256_and_si256(low, high));
  }
  return result;
}

__attribute__((target("avx2"), noinline)) void report_avx2(std::string_view bytes, std::size_t position, __m256i match,
                                                           std::vector<Anchor>& anchors) {
  const auto zero = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(match, _mm256_setzero_si256())));
  if (zero == 0xFFFFFFFFU) return;
  alignas(32) std::array<std::uint8_t, 32> buckets{};
  _mm256_store_si256(reinterpret_cast<__m256i*>(buckets.data()), match);
  verify_block(bytes, position, ~zero, buckets.data(), anchors);
}

}  // namespace

__attribute__((target("avx2"))) void scan_avx2(std::string_view bytes, std::vector<Anchor>& anchors) {
  constexpr std::size_t kBlock = 32;
  const TablesAvx2 tables = load_tables_avx2();
  std::size_t position = 0;
  for (; position + 2 * kBlock + kCoreLength - 1 <= bytes.size(); position += 2 * kBlock) {
    const __m256i first = match_avx2(tables, bytes.data() + position);
    const __m256i second = match_avx2(tables, bytes.data() + position + kBlock);
    const __m256i both = _mm256_or_si256(first, second);
    if (_mm256_testz_si256(both, both) != 0) continue;
    report_avx2(bytes, position, first, anchors);
    report_avx2(bytes, position + kBlock, second, anchors);
  }
  scan_scalar(bytes, position, anchors);
}

__attribute__((target("ssse3"))) void scan_ssse3(std::string_view bytes, std::vector<Anchor>& anchors) {
  constexpr std::size_t kBlock = 16;
  const __m128i nibble = _mm_set1_epi8(15);
  std::size_t position = 0;
  for (; position + kBlock + kCoreLength - 1 <= bytes.size(); position += kBlock) {
    __m128i match = _mm_set1_epi8(-1);
    for (std::size_t i = 0; i < kCoreLength; ++i) {
      const __m128i low_table = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kCoreTables.low[i].data()));
      const __m128i high_table = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kCoreTables.high[i].data()));
      const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + position + i));
      const __m128i low = _mm_shuffle_epi8(low_table, _mm_and_si128(block, nibble));
      const __m128i high = _mm_shuffle_epi8(high_table, _mm_and_si128(_mm_srli_epi16(block, 4), nibble));
      match = _mm_and_si128(match, _mm_and_si128(low, high));
    }
    const auto zero = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(match, _mm_setzero_si128())));
    if (zero == 0xFFFFU) continue;
    alignas(16) std::array<std::uint8_t, 16> buckets{};
    _mm_store_si128(reinterpret_cast<__m128i*>(buckets.data()), match);
    verify_block(bytes, position, ~zero & 0xFFFFU, buckets.data(), anchors);
  }
  scan_scalar(bytes, position, anchors);
}

}  // namespace hfscan::anchor_detail

#endif
