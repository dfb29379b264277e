// The entries of a tree that its delta base does not have. A tree differs from its base in an entry or two of hundreds, and
// looking at those is all that a pass over millions of entries can afford.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

#include "core/delta_object.h"
#include "git/objects.h"

namespace hfscan {

// Reads one tree. Fills its marks with the places where entries begin and, behind them, where the last one ends.
class NewEntries {
 public:
  NewEntries(const DeltaObject& tree, ObjectFormat format) : tree_(tree), format_(format) {}

  // Calls `use(const TreeCursor::Entry&)` for every entry that was not copied as a whole from an entry of the base. False when
  // bytes are left that are no entry.
  template <typename Use>
  bool for_each(const Use& use) {
    if (tree_.base_marks.complete) {
      for (const CopiedRun& run : tree_.runs) {
        read_to(run.begin, use);
        step_over(run, use);
      }
    }
    read_to(tree_.bytes.size(), use);
    tree_.marks.places.push_back(at_);
    tree_.marks.complete = true;
    return at_ == tree_.bytes.size();
  }

 private:
  template <typename Use>
  bool read_one(const Use& use) {
    TreeCursor cursor(tree_.bytes.substr(at_), format_);
    TreeCursor::Entry entry;
    if (!cursor.next(entry)) return false;
    tree_.marks.places.push_back(at_);
    at_ = static_cast<std::uint32_t>(entry.raw_id.data() + entry.raw_id.size() - tree_.bytes.data());
    use(entry);
    return true;
  }

  template <typename Use>
  void read_to(std::size_t end, const Use& use) {
    while (at_ < end && read_one(use)) {
    }
  }

  // From the first entry that begins in the run where one of the base does, all that end in it are the base's.
  template <typename Use>
  void step_over(const CopiedRun& run, const Use& use) {
    const std::vector<std::uint32_t>& starts = tree_.base_marks.places;
    const std::uint32_t end = run.begin + run.size;
    while (at_ >= run.begin && at_ < end) {
      const std::uint32_t there = at_ - run.begin + run.base_begin;
      const auto first = std::lower_bound(starts.begin(), starts.end(), there);
      if (first != starts.end() && *first == there) {
        const auto last = std::upper_bound(first, starts.end(), run.base_begin + run.size) - 1;
        const std::uint32_t shift = at_ - there;  // modulo 2^32, as it may be negative
        std::transform(first, last, std::back_inserter(tree_.marks.places),
                       [shift](std::uint32_t start) { return start + shift; });
        at_ = *last + shift;
        return;
      }
      if (!read_one(use)) return;
    }
  }

  const DeltaObject& tree_;
  ObjectFormat format_;
  std::uint32_t at_ = 0;  // where the next entry begins
};

}  // namespace hfscan
