// The entries of a tree that the tree before it did not have. Trees come in the order of the deltas of a pack, so one differs
// from the one before in an entry or two, and looking at those is all that a pass over millions of entries can afford.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "git/objects.h"

namespace hfscan {

// One thread's. An entry counts as seen when the tree before has it at the same distance from its beginning or its end.
class NewEntries {
 public:
  explicit NewEntries(ObjectFormat format) : format_(format) {}

  // Takes the next tree. The new entries' bytes, as they stand in `tree`; entries of another tree may surround them, so what is
  // said of each entry may be said twice, and none is left out.
  std::string_view next(std::string_view tree);

  // Whether the bytes of the tree that next() took can be understood to their end.
  [[nodiscard]] bool well_formed() const { return well_formed_; }

 private:
  std::size_t parse(std::string_view tree, std::size_t begin, std::size_t meeting);

  ObjectFormat format_;
  std::string before_;                 // the last tree
  std::vector<std::uint32_t> starts_;  // of its entries, and behind it the place where the last one ends
  std::vector<std::uint32_t> fresh_;   // starts of the entries that were parsed for this tree
  bool well_formed_ = true;
};

}  // namespace hfscan
