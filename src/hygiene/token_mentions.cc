// Tested by tests/unit/hygiene/token_mentions_test.cc.
#include "hygiene/token_mentions.h"

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
  static const Regex kMention(
      R"re(\A(?i:(?:hf|hugging[-_ .]?face(?:[-_ ]?hub)?)[-_ ./]*(?:(?:api|access|auth|hub|read|write|user|personal|ci|bot|space|)re"
      R"re(inference|serverless|endpoint|org|service|account|admin|prod|dev|test|my|new|the|cli|login|secret|upload|deploy)[-_ .]*)*)re"
      R"re((?:token|tok\b|api[-_ ]?key|key|pat\b|secret|credential|pwd|password))|hf_(?:[A-Za-z0-9]{34}|[xX]{3}|\.{2}|…|\*{2}|<|\{|\$|(?i:your|abc|example|fake|dummy|replace|change|placeholder|jwt_|oauth_|app_|s3_)))re");
  return kMention;
}

// Whether "hf" or "hug" stands there, in either case.
bool may_begin(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || (text[at] | 0x20) != 'h') return false;
  const int second = text[at + 1] | 0x20;
  return second == 'f' || (second == 'u' && (text[at + 2] | 0x20) == 'g');
}

bool stands_at(std::string_view text, std::size_t at) { return mention().search(text.substr(at, kReach)); }

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
