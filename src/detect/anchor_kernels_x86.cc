// The anchor kernels for x86-64: the same algorithm on 32 bytes (AVX2) and on 16 (SSSE3), chosen at run time. anchor_cores.h
// explains it; the last bytes of a buffer go through the scalar kernel with the same tables and checks.
#if defined(__x86_64__)

#include <immintrin.h>

#include <bit>

#include "detect/anchor_cores.h"

namespace hfscan::anchor_detail {
namespace {

// Reports every position of the block at which a bucket of either set is left. `buckets` has kBlock bytes for each set.
template <std::size_t kBlock>
void report_block(std::size_t position, std::uint32_t hits, const std::uint8_t* buckets, CoreSink& sink) {
  while (hits != 0) {
    const auto index = static_cast<std::size_t>(std::countr_zero(hits));
    hits &= hits - 1;
    const unsigned both = buckets[index] | static_cast<unsigned>(buckets[kBlock + index]) << 8U;
    sink.add(position + index, both);
  }
}

constexpr std::uint32_t first_bits(std::size_t count) {
  return count < 32 ? (std::uint32_t{1} << count) - 1 : ~std::uint32_t{0};
}

struct TablesAvx2 {
  __m256i low[kSets][kCoreLength];
  __m256i high[kSets][kCoreLength];
};

// For each position the buckets of each set that may match there.
struct MatchAvx2 {
  __m256i sets[kSets];
};

__attribute__((target("avx2"))) inline __m256i broadcast(const std::array<std::uint8_t, 16>& table) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
}

__attribute__((target("avx2"))) inline TablesAvx2 load_tables_avx2() {
  TablesAvx2 tables{};
  for (std::size_t set = 0; set < kSets; ++set) {
    for (std::size_t i = 0; i < kCoreLength; ++i) {
      tables.low[set][i] = broadcast(kCoreTables.nibbles[set][i].low);
      tables.high[set][i] = broadcast(kCoreTables.nibbles[set][i].high);
    }
  }
  return tables;
}

__attribute__((target("avx2"), always_inline)) inline MatchAvx2 match_avx2(const TablesAvx2& tables, const char* at) {
  const __m256i nibble = _mm256_set1_epi8(15);
  MatchAvx2 match = {{_mm256_set1_epi8(-1), _mm256_set1_epi8(-1)}};
  for (std::size_t i = 0; i < kCoreLength; ++i) {
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + i));
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
    for (std::size_t set = 0; set < kSets; ++set) {
      const __m256i both =
          _mm256_and_si256(_mm256_shuffle_epi8(tables.low[set][i], bytes), _mm256_shuffle_epi8(tables.high[set][i], high));
      match.sets[set] = _mm256_and_si256(match.sets[set], both);
    }
  }
  return match;
}

// Of the positions before `end`.
__attribute__((target("avx2"), noinline)) void report_avx2(std::size_t position, std::size_t end, const MatchAvx2& match,
                                                           CoreSink& sink) {
  const __m256i both = _mm256_or_si256(match.sets[0], match.sets[1]);
  const auto zero = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(both, _mm256_setzero_si256())));
  const std::uint32_t hits = ~zero & first_bits(end - position);
  if (hits == 0) return;
  alignas(32) std::array<std::uint8_t, 64> buckets{};
  _mm256_store_si256(reinterpret_cast<__m256i*>(buckets.data()), match.sets[0]);
  _mm256_store_si256(reinterpret_cast<__m256i*>(buckets.data() + 32), match.sets[1]);
  report_block<32>(position, hits, buckets.data(), sink);
}

struct TablesSsse3 {
  __m128i low[kSets][kCoreLength];
  __m128i high[kSets][kCoreLength];
};

__attribute__((target("ssse3"))) inline __m128i load(const std::array<std::uint8_t, 16>& table) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data()));
}

__attribute__((target("ssse3"))) inline TablesSsse3 load_tables_ssse3() {
  TablesSsse3 tables{};
  for (std::size_t set = 0; set < kSets; ++set) {
    for (std::size_t i = 0; i < kCoreLength; ++i) {
      tables.low[set][i] = load(kCoreTables.nibbles[set][i].low);
      tables.high[set][i] = load(kCoreTables.nibbles[set][i].high);
    }
  }
  return tables;
}

}  // namespace

__attribute__((target("avx2"))) void scan_avx2(std::string_view bytes, CoreRange range, CoreSink& sink) {
  constexpr std::size_t kBlock = 32;
  const TablesAvx2 tables = load_tables_avx2();
  std::size_t position = range.from;
  for (; position + 2 * kBlock <= range.to; position += 2 * kBlock) {
    const MatchAvx2 first = match_avx2(tables, bytes.data() + position);
    const MatchAvx2 second = match_avx2(tables, bytes.data() + position + kBlock);
    const __m256i any = _mm256_or_si256(_mm256_or_si256(first.sets[0], first.sets[1]),  //
                                        _mm256_or_si256(second.sets[0], second.sets[1]));
    if (_mm256_testz_si256(any, any) != 0) continue;
    report_avx2(position, range.to, first, sink);
    report_avx2(position + kBlock, range.to, second, sink);
  }
  for (; position < range.to && position + kBlock + kCoreLength - 1 <= bytes.size(); position += kBlock) {
    const MatchAvx2 match = match_avx2(tables, bytes.data() + position);
    if (_mm256_testz_si256(match.sets[0], match.sets[0]) != 0 && _mm256_testz_si256(match.sets[1], match.sets[1]) != 0)
      continue;
    report_avx2(position, range.to, match, sink);
  }
  scan_scalar(bytes, {position, range.to}, sink);
}

__attribute__((target("ssse3"))) void scan_ssse3(std::string_view bytes, CoreRange range, CoreSink& sink) {
  constexpr std::size_t kBlock = 16;
  const __m128i nibble = _mm_set1_epi8(15);
  const TablesSsse3 tables = load_tables_ssse3();
  std::size_t position = range.from;
  for (; position < range.to && position + kBlock + kCoreLength - 1 <= bytes.size(); position += kBlock) {
    __m128i match[kSets] = {_mm_set1_epi8(-1), _mm_set1_epi8(-1)};
    for (std::size_t i = 0; i < kCoreLength; ++i) {
      const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes.data() + position + i));
      const __m128i high = _mm_and_si128(_mm_srli_epi16(block, 4), nibble);
      for (std::size_t set = 0; set < kSets; ++set) {
        const __m128i both =
            _mm_and_si128(_mm_shuffle_epi8(tables.low[set][i], block), _mm_shuffle_epi8(tables.high[set][i], high));
        match[set] = _mm_and_si128(match[set], both);
      }
    }
    const __m128i any = _mm_or_si128(match[0], match[1]);
    const auto zero = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(any, _mm_setzero_si128())));
    const std::uint32_t hits = ~zero & 0xFFFFU & first_bits(range.to - position);
    if (hits == 0) continue;
    alignas(16) std::array<std::uint8_t, 32> buckets{};
    _mm_store_si128(reinterpret_cast<__m128i*>(buckets.data()), match[0]);
    _mm_store_si128(reinterpret_cast<__m128i*>(buckets.data() + kBlock), match[1]);
    report_block<kBlock>(position, hits, buckets.data(), sink);
  }
  scan_scalar(bytes, {position, range.to}, sink);
}

}  // namespace hfscan::anchor_detail

#endif
