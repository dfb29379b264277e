// Tested by tests/unit/syntax/offset_map_test.cc.
#include "syntax/offset_map.h"

#include <algorithm>

namespace hfscan {

void OffsetMap::add_copied(std::size_t length, std::uint64_t parent_begin) {
  if (length == 0) return;
  if (!runs_.empty() && runs_.back().copied && runs_.back().parent.end == parent_begin) {
    runs_.back().length += length;
    runs_.back().parent.end += length;
  } else {
    runs_.push_back({size_, length, {parent_begin, parent_begin + length}, true});
  }
  size_ += length;
}

void OffsetMap::add_spelled(std::size_t length, ByteSpan parent) {
  if (length == 0) return;
  runs_.push_back({size_, length, parent, false});
  size_ += length;
}

void OffsetMap::append(const OffsetMap& other) {
  for (const Run& run : other.runs_) {
    if (run.copied)
      add_copied(run.length, run.parent.begin);
    else
      add_spelled(run.length, run.parent);
  }
}

OffsetMap OffsetMap::tail(std::size_t begin) const {
  OffsetMap rest;
  for (const Run& run : runs_) {
    if (run.begin + run.length <= begin) continue;
    const std::size_t cut = begin - std::min(begin, run.begin);
    if (run.copied)
      rest.add_copied(run.length - cut, run.parent.begin + cut);
    else
      rest.add_spelled(run.length - cut, run.parent);
  }
  return rest;
}

const OffsetMap::Run& OffsetMap::run_at(std::size_t offset) const {
  const auto after =
      std::upper_bound(runs_.begin(), runs_.end(), offset, [](std::size_t at, const Run& run) { return at < run.begin; });
  return *(after == runs_.begin() ? after : after - 1);
}

ByteSpan OffsetMap::to_parent(ByteSpan span) const {
  if (runs_.empty()) return {};
  const auto begin = std::min(static_cast<std::size_t>(span.begin), size_);
  const auto end = std::clamp(static_cast<std::size_t>(span.end), begin, size_);
  const Run& first = run_at(begin);
  const bool past = begin == size_;
  const std::uint64_t parent_begin = past           ? runs_.back().parent.end
                                     : first.copied ? first.parent.begin + (begin - first.begin)
                                                    : first.parent.begin;
  if (begin == end) return {parent_begin, parent_begin};
  const Run& last = run_at(end - 1);
  return {parent_begin, last.copied ? last.parent.begin + (end - last.begin) : last.parent.end};
}

OffsetMap OffsetMap::through(const OffsetMap& parent) const {
  OffsetMap whole;
  for (const Run& run : runs_) {
    if (!run.copied) {
      whole.add_spelled(run.length, parent.to_parent(run.parent));
      continue;
    }
    // A copied run may lie over several runs of the parent: cut it where they meet.
    std::uint64_t at = run.parent.begin;
    while (at < run.parent.end) {
      const Run& outer = parent.run_at(static_cast<std::size_t>(at));
      const std::uint64_t outer_end = outer.begin + outer.length;
      const std::uint64_t end = outer_end > at ? std::min(run.parent.end, outer_end) : run.parent.end;
      const ByteSpan target = parent.to_parent({at, end});
      if (outer.copied)
        whole.add_copied(static_cast<std::size_t>(end - at), target.begin);
      else
        whole.add_spelled(static_cast<std::size_t>(end - at), target);
      at = end;
    }
  }
  return whole;
}

}  // namespace hfscan
