// Tested by tests/unit/hygiene/keyword_set_test.cc.
#include "hygiene/keyword_set.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/text.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hfscan {
namespace {

// How common a byte is in source text: its rank among 3.7 MB of Python, C, TypeScript, shell and documentation, case folded.
std::size_t commonness(char c) {
  static constexpr std::string_view kFromRare = "^~@?%97\\8564$3+!q'][<j|2#1z}{/:&`0xv>w\"k*y-.=;b,()mhugpfc\tld\n_sanorite ";
  const std::size_t place = kFromRare.find(c);
  return place == std::string_view::npos ? 0 : place;
}

// Up to four bytes as a number, as if zeros followed the text; letters in either case give the same.
std::uint32_t folded(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8U | (i < bytes.size() ? static_cast<unsigned char>(bytes[i] | 0x20) : 0U);
  return value;
}

std::size_t rarest_core(std::string_view word, std::size_t length) {
  std::size_t best = 0;
  std::size_t least = SIZE_MAX;
  length = std::min(length, word.size());
  for (std::size_t at = 0; at + length <= word.size(); ++at) {
    std::size_t sum = 0;
    for (const char c : word.substr(at, length)) sum += commonness(c);
    if (sum < least) {
      least = sum;
      best = at;
    }
  }
  return best;
}

char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool stands_at(std::string_view text, std::size_t at, std::string_view word) {
  if (at + word.size() > text.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char wanted, char c) { return lower_case(c) == wanted; });
}

}  // namespace

// The words found so far, and the buckets in which some are still missing.
class KeywordSet::Search {
 public:
  Search(const KeywordSet& set, std::string_view text) : set_(set), text_(text), found_(set.words_.size(), false) {
    for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
      missing_[bucket] = set.buckets_[bucket].size();
      if (missing_[bucket] != 0) live_ |= 1U << bucket;
    }
  }

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] unsigned live() const { return live_; }

  // A core of one of these buckets may begin at `position`.
  void verify(std::size_t position, unsigned buckets) {
    for (buckets &= live_; buckets != 0; buckets &= buckets - 1)
      verify_bucket(position, static_cast<std::size_t>(std::countr_zero(buckets)));
  }

  std::vector<bool> take() { return std::move(found_); }

 private:
  void verify_bucket(std::size_t position, std::size_t bucket) {
    const std::uint32_t core = folded(text_.substr(position, kCore));
    for (const std::size_t index : set_.buckets_[bucket]) {
      const Word& word = set_.words_[index];
      if (word.folded_core != (core & word.mask) || found_[index] || position < word.core) continue;
      if (!stands_at(text_, position - word.core, word.text)) continue;
      found_[index] = true;
      if (--missing_[bucket] == 0) live_ &= ~(1U << bucket);
    }
  }

  const KeywordSet& set_;
  std::string_view text_;
  std::vector<bool> found_;
  std::array<std::size_t, kBuckets> missing_{};
  unsigned live_ = 0;  // bit b stands for bucket b
};

KeywordSet::KeywordSet(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    std::string lower = to_lower_ascii(word);
    const std::size_t core = rarest_core(lower, kCore);
    const std::uint32_t mask = lower.size() < kCore ? 0xFFFFFF00U : 0xFFFFFFFFU;
    const std::uint32_t folded_core = folded(std::string_view(lower).substr(core, kCore)) & mask;
    words_.push_back({std::move(lower), core, folded_core, mask});
  }
  fill_buckets();
}

// Neighbours in the alphabet share a bucket: the fewer different nibbles it has, the fewer positions pass by accident.
void KeywordSet::fill_buckets() {
  std::vector<std::size_t> order(words_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto core_of = [this](std::size_t index) {
    return std::string_view(words_[index].text).substr(words_[index].core, kCore);
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return core_of(a) < core_of(b); });
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t bucket = i * kBuckets / order.size();
    buckets_[bucket].push_back(order[i]);
    add_to_tables(words_[order[i]], bucket);
  }
}

void KeywordSet::add_to_tables(const Word& word, std::size_t bucket) {
  const std::size_t set = bucket / 8;
  const auto bit = static_cast<std::uint8_t>(1U << bucket % 8);
  for (std::size_t i = 0; i < kCore; ++i) {
    for (unsigned byte = 0; byte < 256; ++byte) {
      const bool any = i >= word.text.size();
      if (!any && lower_case(static_cast<char>(byte)) != word.text[word.core + i]) continue;
      low_[set][i][byte & 15U] |= bit;
      high_[set][i][byte >> 4U] |= bit;
    }
  }
}

std::vector<bool> KeywordSet::present_in(std::string_view text) const {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    Search search(*this, text);
    search_avx2(search);
    return search.take();
  }
#endif
  return present_in_scalar(text);
}

std::vector<bool> KeywordSet::present_in_scalar(std::string_view text) const {
  Search search(*this, text);
  search_scalar(search, 0);
  return search.take();
}

void KeywordSet::search_scalar(Search& search, std::size_t from) const {
  const std::string_view text = search.text();
  for (std::size_t at = from; at < text.size() && search.live() != 0; ++at) {
    unsigned buckets = search.live();
    for (std::size_t i = 0; i < std::min(kCore, text.size() - at); ++i) {
      const auto byte = static_cast<unsigned char>(text[at + i]);
      const unsigned low = low_[0][i][byte & 15U] | static_cast<unsigned>(low_[1][i][byte & 15U]) << 8U;
      const unsigned high = high_[0][i][byte >> 4U] | static_cast<unsigned>(high_[1][i][byte >> 4U]) << 8U;
      buckets &= low & high;
    }
    if (buckets != 0) search.verify(at, buckets);
  }
}

#if defined(__x86_64__)

namespace {

__attribute__((target("avx2"))) inline __m256i broadcast(const std::array<std::uint8_t, 16>& table) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
}

}  // namespace

__attribute__((target("avx2"))) void KeywordSet::search_avx2(Search& search) const {
  constexpr std::size_t kBlock = 32;
  const std::string_view text = search.text();
  const __m256i nibble = _mm256_set1_epi8(15);
  __m256i low[kSets][kCore];
  __m256i high[kSets][kCore];
  for (std::size_t set = 0; set < kSets; ++set) {
    for (std::size_t i = 0; i < kCore; ++i) {
      low[set][i] = broadcast(low_[set][i]);
      high[set][i] = broadcast(high_[set][i]);
    }
  }
  std::size_t at = 0;
  for (; at + kBlock + kCore - 1 <= text.size() && search.live() != 0; at += kBlock) {
    __m256i match[kSets] = {_mm256_set1_epi8(static_cast<char>(search.live())),
                            _mm256_set1_epi8(static_cast<char>(search.live() >> 8U))};
    for (std::size_t i = 0; i < kCore; ++i) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text.data() + at + i));
      const __m256i lower = _mm256_and_si256(bytes, nibble);
      const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
      for (std::size_t set = 0; set < kSets; ++set) {
        const __m256i both =
            _mm256_and_si256(_mm256_shuffle_epi8(low[set][i], lower), _mm256_shuffle_epi8(high[set][i], upper));
        match[set] = _mm256_and_si256(match[set], both);
      }
    }
    const __m256i any = _mm256_or_si256(match[0], match[1]);
    if (_mm256_testz_si256(any, any) != 0) continue;
    const auto none = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(any, _mm256_setzero_si256())));
    alignas(32) std::array<std::uint8_t, kSets * kBlock> buckets{};
    for (std::size_t set = 0; set < kSets; ++set)
      _mm256_store_si256(reinterpret_cast<__m256i*>(buckets.data() + set * kBlock), match[set]);
    for (std::uint32_t left = ~none; left != 0; left &= left - 1) {
      const auto index = static_cast<std::size_t>(std::countr_zero(left));
      search.verify(at + index, buckets[index] | static_cast<unsigned>(buckets[kBlock + index]) << 8U);
    }
  }
  search_scalar(search, at);
}

#endif

}  // namespace hfscan
