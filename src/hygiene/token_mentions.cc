// Tested by tests/unit/hygiene/token_mentions_test.cc.
#include "hygiene/token_mentions.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "detect/regex.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hfscan {
namespace {

constexpr std::size_t kReach = 96;  // no name is longer

// Matches from the h of a mention on.
const Regex& mention() {
  static const Regex pattern(
      R"re(\A(?i:(?:hf|hugging[-_ .]?face(?:[-_ ]?hub)?)[-_ ./]*(?:(?:api|access|auth|hub|read|write|user|personal|ci|bot|space|)re"
      R"re(inference|serverless|endpoint|org|service|account|admin|prod|dev|test|my|new|the|cli|login|secret|upload|deploy)[-_ .]*)*)re"
      R"re((?:token|tok\b|api[-_ ]?key|key|pat\b|secret|credential|pwd|password))|hf_(?:[A-Za-z0-9]{34}|[xX]{3}|\.{2}|…|\*{2}|<|\{|\$|(?i:your|abc|example|fake|dummy|replace|change|placeholder|jwt_|oauth_|app_|s3_)))re");
  return pattern;
}

// Whether "hf" or "hug" stands there, in either case.
bool may_begin(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || (text[at] | 0x20) != 'h') return false;
  const int second = text[at + 1] | 0x20;
  return second == 'f' || (second == 'u' && (text[at + 2] | 0x20) == 'g');
}

// Letters in lower case with which what follows the brand may begin, in pairs.
constexpr std::string_view kContinuations =
    "ac ad ap au bo ci cl cr de en hu in ke lo my ne or pa pe pr pw re se sp te th to up us wr ";

// Most mentions of the brand are addresses and imports: whether one could be more than that.
bool may_go_on(std::string_view text) {
  if (text.starts_with("hf_")) return true;
  const bool is_long = (text[1] | 0x20) == 'u';
  const std::size_t end_of_long = text.find_first_of("eE", 10) + 1;  // huggingface, hugging face; 0 when there is none
  if (is_long && end_of_long == 0) return false;
  const std::size_t at = text.find_first_not_of("-_ ./", is_long ? end_of_long : 2);
  if (at == std::string_view::npos || at + 1 == text.size()) return false;
  const char pair[2] = {static_cast<char>(text[at] | 0x20), static_cast<char>(text[at + 1] | 0x20)};
  for (std::size_t i = 0; i < kContinuations.size(); i += 3) {
    if (kContinuations[i] == pair[0] && kContinuations[i + 1] == pair[1]) return true;
  }
  return false;
}

bool stands_at(std::string_view text, std::size_t at) {
  const std::string_view reach = text.substr(at, kReach);
  return may_go_on(reach) && mention().search(reach);
}

bool mentioned_from(std::string_view text, std::size_t begin) {
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (may_begin(text, at) && stands_at(text, at)) return true;
  }
  return false;
}

#if defined(__x86_64__)
constexpr std::size_t kBlock = 32;

[[gnu::target("avx2")]] inline __m256i small_letters(const char* bytes) {
  return _mm256_or_si256(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes)), _mm256_set1_epi8(0x20));
}

[[gnu::target("avx2")]] inline __m256i are(char wanted, __m256i letters) {
  return _mm256_cmpeq_epi8(letters, _mm256_set1_epi8(wanted));
}

// The positions of a block at which "hf" or "hug" begins, as bits; two more bytes are read.
[[gnu::target("avx2")]] std::uint32_t beginnings(const char* bytes) {
  const __m256i second = small_letters(bytes + 1);
  const __m256i hug = _mm256_and_si256(are('u', second), are('g', small_letters(bytes + 2)));
  const __m256i both = _mm256_and_si256(are('h', small_letters(bytes)), _mm256_or_si256(are('f', second), hug));
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(both));
}

[[gnu::target("avx2")]] bool mentioned_avx2(std::string_view text) {
  std::size_t at = 0;
  for (; at + kBlock + 2 <= text.size(); at += kBlock) {
    for (std::uint32_t left = beginnings(text.data() + at); left != 0; left &= left - 1) {
      if (stands_at(text, at + static_cast<std::size_t>(std::countr_zero(left)))) return true;
    }
  }
  return mentioned_from(text, at);
}
#endif

}  // namespace

bool mentions_token(std::string_view text) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) return mentioned_avx2(text);
#endif
  return mentioned_from(text, 0);
}

}  // namespace hfscan
