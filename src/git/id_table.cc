#include "git/id_table.h"

#include <algorithm>
#include <cstring>

namespace hfscan {
namespace {

constexpr std::size_t kFirstSlots = 1024;

// An id is a hash already, but a hostile repository names its objects as it likes: so all of its bytes count.
std::size_t hash_of(std::string_view raw) {
  std::uint64_t hash = 0;
  for (std::size_t at = 0; at < raw.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, raw.data() + at, std::min(sizeof word, raw.size() - at));
    hash = (hash ^ word) * 0x9e3779b97f4a7c15U;  // 2^64 divided by the golden ratio, odd
    hash ^= hash >> 32U;
  }
  return hash;
}

}  // namespace

std::uint32_t IdTable::add(std::string_view raw) {
  if ((std::size_t{count_} + 1) * 3 > slots_.size() * 2) grow();
  const std::size_t slot = slot_of(raw);
  if (slots_[slot] == kNone) {
    ids_.append(raw);
    slots_[slot] = count_++;
  }
  return slots_[slot];
}

std::uint32_t IdTable::find(std::string_view raw) const {
  return slots_.empty() || raw.size() != width_ ? kNone : slots_[slot_of(raw)];
}

std::size_t IdTable::slot_of(std::string_view wanted) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_of(wanted) & mask;
  while (slots_[slot] != kNone && raw(slots_[slot]) != wanted) slot = (slot + 1) & mask;
  return slot;
}

void IdTable::grow() {
  slots_.assign(std::max(kFirstSlots, slots_.size() * 2), kNone);
  for (std::uint32_t number = 0; number < count_; ++number) slots_[slot_of(raw(number))] = number;
}

}  // namespace hfscan
