#include "git/tree_links.h"

#include <algorithm>

namespace hfscan {
namespace {

// So many entries may have gone or come between one tree and the next until names are looked up again.
constexpr std::size_t kLookAhead = 3;

std::size_t start_of(std::string_view raw) {
  return std::size_t{static_cast<std::uint8_t>(raw[0])} << 8U | static_cast<std::uint8_t>(raw[1]);
}

}  // namespace

TreeLinks::TreeLinks(ObjectFormat format, std::span<const ObjectId> blobs) : blobs_(format), trees_(format) {
  for (const ObjectId& blob : blobs) {
    blobs_.add(blob.raw());
    blob_starts_.set(start_of(blob.raw()));
  }
}

void TreeLinks::add(const ObjectId& id, std::string_view bytes) {
  const std::uint32_t number = number_of(id.raw());
  if (places_[number].state != State::absent) return;
  const std::size_t begin = links_.size();
  TreeCursor cursor(bytes, static_cast<ObjectFormat>(trees_.width()));
  for (TreeCursor::Entry entry; cursor.next(entry) && links_.size() < kMostLinks;) {
    const std::uint32_t type = entry.mode & kModeTypeMask;
    if (type == kModeFolder)
      add_tree(entry);
    else if (type != kModeGitlink)
      add_blob(entry);
  }
  const State state = links_.size() == kMostLinks ? State::left_out : cursor.well_formed() ? State::whole : State::damaged;
  places_[number] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(links_.size() - begin), state};
  similar_ = begin;
  similar_end_ = links_.size();
}

std::uint32_t TreeLinks::number_of(std::string_view raw_id) {
  const std::uint32_t number = trees_.add(raw_id);
  if (number == places_.size()) places_.emplace_back();
  return number;
}

void TreeLinks::add_blob(const TreeCursor::Entry& entry) {
  if (!blob_starts_.test(start_of(entry.raw_id))) return;
  const std::uint32_t blob = blobs_.find(entry.raw_id);
  if (blob != IdTable::kNone) links_.push_back(TreeLink::to_blob(name_number(entry.name), blob));
}

// The tree before had most of this one's entries, in the same order: they are compared before they are looked up.
void TreeLinks::add_tree(const TreeCursor::Entry& entry) {
  for (std::size_t at = similar_; at < std::min(similar_ + kLookAhead, similar_end_); ++at) {
    const TreeLink link = links_[at];
    if (names_[link.name()] != entry.name) continue;
    similar_ = at + 1;
    const bool same = link.is_tree() && trees_.raw(link.target()) == entry.raw_id;
    links_.push_back(same ? link : TreeLink::to_tree(link.name(), number_of(entry.raw_id)));
    return;
  }
  links_.push_back(TreeLink::to_tree(name_number(entry.name), number_of(entry.raw_id)));
}

std::uint32_t TreeLinks::name_number(std::string_view name) {
  const auto [found, fresh] = name_numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(names_.size()));
  if (fresh) names_.push_back(found->first);
  return found->second;
}

}  // namespace hfscan
