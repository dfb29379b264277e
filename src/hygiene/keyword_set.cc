// Tested by tests/unit/hygiene/keyword_set_test.cc.
#include "hygiene/keyword_set.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "base/text.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hfscan {
namespace {

// How often bytes stand in source code, measured over a dozen repositories in six languages: the characters of class n make up
// 2^n parts in 8192 of it. What is in no class is rare.
constexpr std::array<std::string_view, 11> kClasses = {
    "Q^~",       "%JXZ", "!+9?@KVWY", "345678<B\\jqz|", "$'12>DFGHLMPU[]`", "#&*0ACEINORSTkwx{}", "(),-./:;=bvy", "\"_fghmpu",
    "acdilnors", "et",   " "};

constexpr std::array<double, 256> kFrequencies = [] {
  std::array<double, 256> frequencies{};
  for (double& frequency : frequencies) frequency = 1;
  for (std::size_t i = 0; i < kClasses.size(); ++i) {
    for (const char c : kClasses[i]) frequencies[static_cast<unsigned char>(c)] = static_cast<double>(1U << i);
  }
  return frequencies;
}();

char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper_case(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

double frequency_of(char c) {
  const char lower = lower_case(c);
  const char upper = upper_case(c);
  const double frequency = kFrequencies[static_cast<unsigned char>(lower)];
  return lower == upper ? frequency : frequency + kFrequencies[static_cast<unsigned char>(upper)];
}

// Up to four bytes as a number, as if zeros followed the text; letters in either case give the same.
std::uint32_t folded(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8U | (i < bytes.size() ? static_cast<unsigned char>(bytes[i] | 0x20) : 0U);
  return value;
}

// Where the bytes of a word begin that come together least often.
std::size_t rarest_core(std::string_view word, std::size_t length) {
  std::size_t best = 0;
  double least = std::numeric_limits<double>::max();
  length = std::min(length, word.size());
  for (std::size_t at = 0; at + length <= word.size(); ++at) {
    double product = 1;
    for (const char c : word.substr(at, length)) product *= frequency_of(c);
    if (product < least) {
      least = product;
      best = at;
    }
  }
  return best;
}

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

  WordsPresent take() { return std::move(found_); }

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
  WordsPresent found_;
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
  if (words_.size() <= kFewWords) sets_ = 1;
  fill_buckets();
}

// The nibbles that a bucket lets pass at each byte of a core, as bits.
struct KeywordSet::Nibbles16 {
  std::array<std::uint16_t, kCore> low{};
  std::array<std::uint16_t, kCore> high{};

  void add(std::string_view core) {
    for (std::size_t i = 0; i < kCore; ++i) {
      if (i >= core.size()) {
        low[i] = high[i] = 0xFFFF;
        continue;
      }
      for (const char c : {core[i], upper_case(core[i])}) {
        const auto byte = static_cast<unsigned char>(c);
        low[i] = static_cast<std::uint16_t>(low[i] | 1U << (byte & 15U));
        high[i] = static_cast<std::uint16_t>(high[i] | 1U << (byte >> 4U));
      }
    }
  }

  // How many positions of a text will pass, as a measure to compare by.
  [[nodiscard]] double frequency() const {
    double product = 1;
    for (std::size_t i = 0; i < kCore; ++i) {
      double sum = 0;
      for (unsigned highs = high[i]; highs != 0; highs &= highs - 1) {
        for (unsigned lows = low[i]; lows != 0; lows &= lows - 1)
          sum += kFrequencies[static_cast<std::size_t>(std::countr_zero(highs)) << 4U |
                              static_cast<std::size_t>(std::countr_zero(lows))];
      }
      product *= sum;
    }
    return product;
  }
};

// Each word goes into the bucket that will let the fewest more positions pass for it.
void KeywordSet::fill_buckets() {
  std::array<Nibbles16, kBuckets> nibbles;
  std::array<double, kBuckets> frequencies{};
  for (std::size_t index = 0; index < words_.size(); ++index) {
    const std::string_view core = std::string_view(words_[index].text).substr(words_[index].core, kCore);
    std::size_t best = 0;
    Nibbles16 best_nibbles;
    double best_frequency = std::numeric_limits<double>::max();
    for (std::size_t bucket = 0; bucket < 8 * sets_; ++bucket) {
      Nibbles16 with = nibbles[bucket];
      with.add(core);
      const double frequency = with.frequency();
      if (frequency - frequencies[bucket] >= best_frequency - frequencies[best]) continue;
      best = bucket;
      best_nibbles = with;
      best_frequency = frequency;
    }
    buckets_[best].push_back(index);
    nibbles[best] = best_nibbles;
    frequencies[best] = best_frequency;
  }
  for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) write_tables(nibbles[bucket], bucket);
}

void KeywordSet::write_tables(const Nibbles16& nibbles, std::size_t bucket) {
  const auto bit = static_cast<std::uint8_t>(1U << bucket % 8);
  for (std::size_t i = 0; i < kCore; ++i) {
    for (std::size_t nibble = 0; nibble < 16; ++nibble) {
      if ((nibbles.low[i] >> nibble & 1U) != 0) low_[bucket / 8][i][nibble] |= bit;
      if ((nibbles.high[i] >> nibble & 1U) != 0) high_[bucket / 8][i][nibble] |= bit;
    }
  }
}

WordsPresent KeywordSet::present_in(std::string_view text) const {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    Search search(*this, text);
    search_avx2(search);
    return search.take();
  }
#endif
  return present_in_scalar(text);
}

WordsPresent KeywordSet::present_in_scalar(std::string_view text) const {
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

// Searches as much as whole blocks cover and returns where that ends. `low` and `high` are the tables of `sets` sets.
template <std::size_t sets, typename Tables, typename Search>
__attribute__((target("avx2"))) std::size_t search_blocks(const Tables& low_tables, const Tables& high_tables, Search& search) {
  constexpr std::size_t kBlock = 32;
  constexpr std::size_t kBytes = std::tuple_size_v<typename Tables::value_type>;
  const std::string_view text = search.text();
  const __m256i nibble = _mm256_set1_epi8(15);
  __m256i low[sets][kBytes];
  __m256i high[sets][kBytes];
  for (std::size_t set = 0; set < sets; ++set) {
    for (std::size_t i = 0; i < kBytes; ++i) {
      low[set][i] = broadcast(low_tables[set][i]);
      high[set][i] = broadcast(high_tables[set][i]);
    }
  }
  std::size_t at = 0;
  for (; at + kBlock + kBytes - 1 <= text.size() && search.live() != 0; at += kBlock) {
    __m256i match[sets];
    for (std::size_t set = 0; set < sets; ++set) match[set] = _mm256_set1_epi8(static_cast<char>(search.live() >> 8U * set));
    for (std::size_t i = 0; i < kBytes; ++i) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text.data() + at + i));
      const __m256i lower = _mm256_and_si256(bytes, nibble);
      const __m256i upper = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
      for (std::size_t set = 0; set < sets; ++set) {
        const __m256i both =
            _mm256_and_si256(_mm256_shuffle_epi8(low[set][i], lower), _mm256_shuffle_epi8(high[set][i], upper));
        match[set] = _mm256_and_si256(match[set], both);
      }
    }
    const __m256i any = _mm256_or_si256(match[0], match[sets - 1]);
    if (_mm256_testz_si256(any, any) != 0) continue;
    const auto none = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(any, _mm256_setzero_si256())));
    alignas(32) std::array<std::uint8_t, sets * kBlock> buckets;
    for (std::size_t set = 0; set < sets; ++set)
      _mm256_store_si256(reinterpret_cast<__m256i*>(buckets.data() + set * kBlock), match[set]);
    for (std::uint32_t left = ~none; left != 0; left &= left - 1) {
      const auto index = static_cast<std::size_t>(std::countr_zero(left));
      unsigned possible = buckets[index];
      if constexpr (sets == 2) possible |= static_cast<unsigned>(buckets[kBlock + index]) << 8U;
      search.verify(at + index, possible);
    }
  }
  return at;
}

}  // namespace

void KeywordSet::search_avx2(Search& search) const {
  search_scalar(search, sets_ == 1 ? search_blocks<1>(low_, high_, search) : search_blocks<2>(low_, high_, search));
}

#endif

}  // namespace hfscan
