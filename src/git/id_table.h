// A set of object ids, each with the number of its turn: 0, 1, 2... Separate because graphs over millions of objects link them
// by 32-bit numbers; an id costs its own 20 (or 32) bytes and about 10 more here, a third of what a node of std::unordered_map
// takes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "git/object_id.h"

namespace hfscan {

class IdTable {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  explicit IdTable(ObjectFormat format) : width_(static_cast<std::size_t>(format)) {}

  // The number of an id, which is added unless it is there. `raw` has the length of the format.
  std::uint32_t add(std::string_view raw);

  // kNone when it is not there, whatever its length.
  [[nodiscard]] std::uint32_t find(std::string_view raw) const;

  [[nodiscard]] std::string_view raw(std::uint32_t number) const { return {ids_.data() + number * width_, width_}; }
  [[nodiscard]] ObjectId id(std::uint32_t number) const { return ObjectId::from_raw(raw(number)); }
  [[nodiscard]] std::uint32_t size() const { return count_; }
  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] std::size_t memory() const { return ids_.capacity() + slots_.capacity() * sizeof slots_[0]; }  // bytes

 private:
  // The slot of the id, or the free one where it belongs.
  [[nodiscard]] std::size_t slot_of(std::string_view wanted) const;
  void grow();

  std::size_t width_;
  std::string ids_;                   // one behind the other
  std::vector<std::uint32_t> slots_;  // open addressing; as many as a power of two, at most two thirds taken
  std::uint32_t count_ = 0;
};

}  // namespace hfscan
