#include "base/checksum.h"

#include <array>
#include <cstring>

namespace hfscan {
namespace {

// Four sums side by side: a multiplication takes longer than reading a word does.
constexpr std::size_t kLanes = 4;
using Stripe = std::array<std::uint64_t, kLanes>;

// For a given word a permutation of the sums, and for a given sum one of the words: two that differ stay different.
std::uint64_t mixed(std::uint64_t sum, std::uint64_t word) {
  const std::uint64_t product = (sum ^ word) * 0x9e3779b97f4a7c15U;  // 2^64 divided by the golden ratio, odd
  return product ^ product >> 32U;
}

void add_stripe(Stripe& sums, const Stripe& words) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) sums[lane] = mixed(sums[lane], words[lane]);
}

}  // namespace

std::uint64_t checksum64(std::string_view bytes) {
  Stripe sums = {1, 2, 3, 4};
  std::uint64_t result = bytes.size();
  for (; bytes.size() >= sizeof(Stripe); bytes.remove_prefix(sizeof(Stripe))) {
    Stripe words;
    std::memcpy(words.data(), bytes.data(), sizeof words);
    add_stripe(sums, words);
  }
  Stripe rest{};
  bytes.copy(reinterpret_cast<char*>(rest.data()), bytes.size());
  add_stripe(sums, rest);
  for (const std::uint64_t sum : sums) result = mixed(result, sum);
  return result;
}

}  // namespace hfscan
