// Tested by tests/unit/git/new_entries_test.cc.
#include "git/new_entries.h"

#include <cstring>

namespace hfscan {
namespace {

// How many bytes two texts have in common, from the front.
std::size_t common_prefix(std::string_view a, std::string_view b) {
  constexpr std::size_t kBlock = 256;
  const std::size_t size = std::min(a.size(), b.size());
  std::size_t same = 0;
  while (size - same >= kBlock && std::memcmp(a.data() + same, b.data() + same, kBlock) == 0) same += kBlock;
  while (same < size && a[same] == b[same]) ++same;
  return same;
}

std::size_t common_suffix(std::string_view a, std::string_view b) {
  constexpr std::size_t kBlock = 256;
  const std::size_t size = std::min(a.size(), b.size());
  a.remove_prefix(a.size() - size);
  b.remove_prefix(b.size() - size);
  std::size_t left = size;
  while (left >= kBlock && std::memcmp(a.data() + left - kBlock, b.data() + left - kBlock, kBlock) == 0) left -= kBlock;
  while (left > 0 && a[left - 1] == b[left - 1]) --left;
  return size - left;
}

}  // namespace

// Starts of the entries from `begin` on go to fresh_, until one begins at `meeting`. Returns where the last one ends.
std::size_t NewEntries::parse(std::string_view tree, std::size_t begin, std::size_t meeting) {
  fresh_.clear();
  TreeCursor cursor(tree.substr(begin), format_);
  std::size_t at = begin;
  for (TreeCursor::Entry entry; at != meeting && cursor.next(entry);) {
    fresh_.push_back(static_cast<std::uint32_t>(at));
    at = static_cast<std::size_t>(entry.raw_id.data() - tree.data()) + entry.raw_id.size();
  }
  return at;
}

std::string_view NewEntries::next(std::string_view tree) {
  if (starts_.empty()) starts_.push_back(0);
  const auto kept = std::upper_bound(starts_.begin(), starts_.end(), common_prefix(before_, tree)) - 1;
  const std::size_t begin = *kept;
  const std::size_t suffix = common_suffix(std::string_view(before_).substr(begin), tree.substr(begin));
  const auto tail = std::lower_bound(kept, starts_.end(), before_.size() - suffix);
  const bool may_meet = well_formed_ && tail != starts_.end();
  const std::size_t meeting = may_meet ? *tail + tree.size() - before_.size() : tree.size();

  const std::size_t end = parse(tree, begin, meeting);
  if (may_meet && end == meeting) {
    before_.replace(begin, *tail - begin, tree.substr(begin, end - begin));
    const std::uint32_t shift = static_cast<std::uint32_t>(end) - *tail;  // modulo 2^32, as it may be negative
    if (shift != 0) std::for_each(tail, starts_.end(), [shift](std::uint32_t& start) { start += shift; });
    const auto same_count = std::min(static_cast<std::size_t>(tail - kept), fresh_.size());
    const auto rest = std::copy_n(fresh_.begin(), same_count, kept);
    if (rest == tail)
      starts_.insert(rest, fresh_.begin() + static_cast<std::ptrdiff_t>(same_count), fresh_.end());
    else
      starts_.erase(rest, tail);
  } else {
    before_.assign(tree);
    starts_.erase(kept, starts_.end());
    starts_.insert(starts_.end(), fresh_.begin(), fresh_.end());
    starts_.push_back(static_cast<std::uint32_t>(end));
    well_formed_ = end == tree.size();
  }
  return tree.substr(begin, end - begin);
}

}  // namespace hfscan
