// Tested by tests/unit/hygiene/token_mentions_test.cc.
#include "hygiene/token_mentions.h"

#include <algorithm>
#include <array>

#include "detect/regex.h"

namespace hfscan {
namespace {

constexpr std::size_t kBlock = 256;
constexpr std::size_t kReach = 96;  // no name is longer

// Matches from the h of a mention on.
const Regex& mention() {
  static const Regex kMention(
      R"re(\A(?i:(?:hf|hugging[-_ .]?face(?:[-_ ]?hub)?)[-_ ./]*(?:(?:api|access|auth|hub|read|write|user|personal|ci|bot|space|)re"
      R"re(inference|serverless|endpoint|org|service|account|admin|prod|dev|test|my|new|the|cli|login|secret|upload|deploy)[-_ .]*)*)re"
      R"re((?:token|tok\b|api[-_ ]?key|key|pat\b|secret|credential|pwd|password))|hf_(?:[A-Za-z0-9]{34}|[xX]{3}|\.{2}|…|\*{2}|<|\{|\$|(?i:your|abc|example|fake|dummy|replace|change|placeholder|jwt_|oauth_|app_|s3_)))re");
  return kMention;
}

// Whether "hf" or "hug" begins in a block, in either case. A loop of known length, which compilers turn into vector
// instructions.
[[gnu::always_inline]] inline bool may_hold_mention(const char* bytes) {
  unsigned char any = 0;
  for (std::size_t i = 0; i < kBlock; ++i) {
    const auto first = static_cast<unsigned char>(bytes[i] | 0x20);
    const auto second = static_cast<unsigned char>(bytes[i + 1] | 0x20);
    const auto third = static_cast<unsigned char>(bytes[i + 2] | 0x20);
    const auto hf =
        static_cast<unsigned char>(static_cast<unsigned char>(first == 'h') & static_cast<unsigned char>(second == 'f'));
    const auto hu =
        static_cast<unsigned char>(static_cast<unsigned char>(first == 'h') & static_cast<unsigned char>(second == 'u') &
                                   static_cast<unsigned char>(third == 'g'));
    any = static_cast<unsigned char>(any | hf | hu);
  }
  return any != 0;
}

using BlockTest = bool (*)(const char* bytes);

bool plain_test(const char* bytes) { return may_hold_mention(bytes); }

#if defined(__x86_64__)
[[gnu::target("avx2")]] bool wide_test(const char* bytes) { return may_hold_mention(bytes); }
BlockTest block_test() { return __builtin_cpu_supports("avx2") ? wide_test : plain_test; }
#else
BlockTest block_test() { return plain_test; }
#endif

// Whether "hf" or "hug" stands there, in either case.
bool may_begin(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || (text[at] | 0x20) != 'h') return false;
  const int second = text[at + 1] | 0x20;
  return second == 'f' || (second == 'u' && (text[at + 2] | 0x20) == 'g');
}

bool mentioned_between(std::string_view text, std::size_t begin, std::size_t end) {
  for (std::size_t at = begin; at < end; ++at) {
    if (may_begin(text, at) && mention().search(text.substr(at, kReach))) return true;
  }
  return false;
}

}  // namespace

bool mentions_token(std::string_view text) {
  static const BlockTest may_hold = block_test();
  std::size_t at = 0;
  for (; at + kBlock + 2 <= text.size(); at += kBlock) {
    if (may_hold(text.data() + at) && mentioned_between(text, at, at + kBlock)) return true;
  }
  return mentioned_between(text, at, text.size());
}

}  // namespace hfscan
