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

double frequency_of(std::string_view bytes) {
  double product = 1;
  for (const char c : bytes) product *= frequency_of(c);
  return product;
}

// Three bytes as a number; letters in either case give the same.
std::uint32_t folded(const char* bytes) {
  const auto byte = [bytes](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
  return (byte(0) | byte(1) << 8U | byte(2) << 16U) | 0x202020U;
}

// Where the bytes of a word begin that come together least often.
std::size_t rarest_core(std::string_view word, std::size_t length) {
  std::size_t best = 0;
  double least = std::numeric_limits<double>::max();
  length = std::min(length, word.size());
  for (std::size_t at = 0; at + length <= word.size(); ++at) {
    const double frequency = frequency_of(word.substr(at, length));
    if (frequency < least) {
      least = frequency;
      best = at;
    }
  }
  return best;
}

template <unsigned bits>
std::size_t hash_of(const char* core) {
  return folded(core) * 0x9E3779B1U >> (32U - bits);
}

bool stands_at(std::string_view text, std::size_t at, std::string_view word) {
  if (at + word.size() > text.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char wanted, char c) { return lower_case(c) == wanted; });
}

}  // namespace

KeywordSet::KeywordSet(const std::vector<std::string>& words) : by_hash_(std::size_t{1} << kHashBits) {
  for (const std::string& word : words) {
    std::string lower = to_lower_ascii(word);
    const std::size_t core = rarest_core(lower, kCore);
    std::uint16_t& first = by_hash_[hash_of<kHashBits>(lower.data() + core)];
    words_.push_back({std::move(lower), core, first});
    first = static_cast<std::uint16_t>(words_.size());
  }
  fill_buckets();
}

// The nibbles that a bucket lets pass at each byte of a core, as bits.
struct KeywordSet::Bucket {
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

// Each core goes into the bucket that will let the fewest more positions pass for it, those that stand most often first.
void KeywordSet::fill_buckets() {
  std::vector<std::pair<double, std::string_view>> cores;
  for (const Word& word : words_) {
    const std::string_view core = std::string_view(word.text).substr(word.core, kCore);
    cores.emplace_back(-frequency_of(core), core);
  }
  std::sort(cores.begin(), cores.end());
  std::array<Bucket, kBuckets> buckets;
  std::array<double, kBuckets> frequencies{};
  for (const auto& [frequency, core] : cores) {
    std::size_t best = 0;
    Bucket best_bucket;
    double least = std::numeric_limits<double>::max();
    for (std::size_t number = 0; number < kBuckets; ++number) {
      Bucket with = buckets[number];
      with.add(core);
      const double more = with.frequency() - frequencies[number];
      if (more >= least) continue;
      best = number;
      best_bucket = with;
      least = more;
    }
    buckets[best] = best_bucket;
    frequencies[best] += least;
  }
  for (std::size_t number = 0; number < kBuckets; ++number) write_tables(buckets[number], number);
}

void KeywordSet::write_tables(const Bucket& bucket, std::size_t number) {
  const auto bit = static_cast<std::uint8_t>(1U << number);
  for (std::size_t i = 0; i < kCore; ++i) {
    for (std::size_t nibble = 0; nibble < 16; ++nibble) {
      if ((static_cast<unsigned>(bucket.low[i]) >> nibble & 1U) != 0) low_[i][nibble] |= bit;
      if ((static_cast<unsigned>(bucket.high[i]) >> nibble & 1U) != 0) high_[i][nibble] |= bit;
    }
  }
}

// A core may begin at `position`, and three bytes stand there.
void KeywordSet::look_up(std::string_view text, std::size_t position, WordsPresent& present) const {
  std::size_t next = by_hash_[hash_of<kHashBits>(text.data() + position)];
  while (next != 0) {
    const std::size_t number = next - 1;
    const Word& word = words_[number];
    next = word.next_too;
    if (present[number] || position < word.core) continue;
    present[number] = stands_at(text, position - word.core, word.text);
  }
}

WordsPresent KeywordSet::present_in(std::string_view text) const {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) {
    WordsPresent present(words_.size());
    search_avx2(text, present);
    return present;
  }
#endif
  return present_in_scalar(text);
}

WordsPresent KeywordSet::present_in_scalar(std::string_view text) const {
  WordsPresent present(words_.size());
  search_scalar(text, 0, present);
  return present;
}

void KeywordSet::search_scalar(std::string_view text, std::size_t from, WordsPresent& present) const {
  for (std::size_t at = from; at + 3 <= text.size(); ++at) look_up(text, at, present);
}

#if defined(__x86_64__)

namespace {

__attribute__((target("avx2"))) inline __m256i broadcast(const std::array<std::uint8_t, 16>& table) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(table.data())));
}

}  // namespace

__attribute__((target("avx2"))) void KeywordSet::search_avx2(std::string_view text, WordsPresent& present) const {
  constexpr std::size_t kBlock = 32;
  const __m256i nibble = _mm256_set1_epi8(15);
  __m256i low[kCore];
  __m256i high[kCore];
  for (std::size_t i = 0; i < kCore; ++i) {
    low[i] = broadcast(low_[i]);
    high[i] = broadcast(high_[i]);
  }
  const std::uint16_t* const by_hash = by_hash_.data();
  std::size_t at = 0;
  for (; at + kBlock + kCore - 1 <= text.size(); at += kBlock) {
    __m256i buckets = _mm256_set1_epi8(-1);
    for (std::size_t i = 0; i < kCore; ++i) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text.data() + at + i));
      const __m256i of_low = _mm256_shuffle_epi8(low[i], _mm256_and_si256(bytes, nibble));
      const __m256i of_high = _mm256_shuffle_epi8(high[i], _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble));
      buckets = _mm256_and_si256(buckets, _mm256_and_si256(of_low, of_high));
    }
    const __m256i none = _mm256_cmpeq_epi8(buckets, _mm256_setzero_si256());
    for (auto left = ~static_cast<std::uint32_t>(_mm256_movemask_epi8(none)); left != 0; left &= left - 1) {
      const std::size_t position = at + static_cast<std::size_t>(std::countr_zero(left));
      if (by_hash[hash_of<kHashBits>(text.data() + position)] != 0) look_up(text, position, present);
    }
  }
  search_scalar(text, at, present);
}

#endif

}  // namespace hfscan
