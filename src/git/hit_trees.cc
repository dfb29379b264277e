#include "git/hit_trees.h"

#include <algorithm>

#include "base/text.h"

namespace hfscan {
namespace {

// States of a tree beside its number as a HitTree.
constexpr HitTree kUnread = kNoHits - 1;
constexpr HitTree kOpen = kNoHits - 2;

std::size_t start_of(std::string_view raw) {
  return std::size_t{static_cast<std::uint8_t>(raw[0])} << 8U | static_cast<std::uint8_t>(raw[1]);
}

}  // namespace

HitTrees::HitTrees(ObjectFormat format, std::span<const ObjectId> blobs, TreeSource& source)
    : source_(source), blobs_(format), trees_(format) {
  for (const ObjectId& blob : blobs) {
    blobs_.add(blob.raw());
    blob_starts_.set(start_of(blob.raw()));
  }
}

HitTree HitTrees::visit(const ObjectId& root) {
  const std::uint32_t number = trees_.add(root.raw());
  if (number == states_.size()) states_.push_back(kUnread);
  if (states_[number] == kUnread) enter(number);
  while (!open_.empty()) advance(open_.back());
  return states_[number];
}

bool HitTrees::enter(std::uint32_t number) {
  states_[number] = kNoHits;
  Result<std::string> bytes = source_.read_tree(trees_.id(number));
  ++read_;
  if (bytes.ok() && open_bytes_ + bytes->size() > kMostOpenBytes) bytes = Error{"trees around it are too large together"};
  if (!bytes.ok()) {
    diagnose(number, cat("cannot be read: ", bytes.error().message));
    return false;
  }
  states_[number] = kOpen;
  open_bytes_ += bytes->size();
  const auto format = static_cast<ObjectFormat>(trees_.width());
  Open& open = open_.emplace_back(Open{number, std::move(*bytes), TreeCursor({}, format), found_.size()});
  open.cursor = TreeCursor(open.bytes, format);
  return true;
}

// Goes on to the next tree that has to be read first, or to the end.
void HitTrees::advance(Open& open) {
  if (open.child != IdTable::kNone) link_tree(open, open.child);
  open.child = IdTable::kNone;
  while (open.cursor.next(open.entry)) {
    const std::uint32_t type = open.entry.mode & kModeTypeMask;
    if (type == kModeGitlink) continue;
    if (type != kModeFolder) {
      link_blob(open);
      continue;
    }
    const std::uint32_t child = trees_.add(open.entry.raw_id);
    if (child == states_.size()) states_.push_back(kUnread);
    if (states_[child] == kUnread) {
      open.child = child;
      if (enter(child)) return;
      open.child = IdTable::kNone;
    }
    link_tree(open, child);
  }
  if (!open.cursor.well_formed()) diagnose(open.number, "is malformed: its last entries cannot be read");
  leave();
}

// The innermost tree has been read to its end.
void HitTrees::leave() {
  const Open& open = open_.back();
  const auto begin = found_.begin() + static_cast<std::ptrdiff_t>(open.first_found);
  states_[open.number] = kNoHits;
  if (begin != found_.end() && entries_.size() + found_.size() - open.first_found > kMostEntries) {
    diagnose(open.number, "too many trees lead to hits: those below it have no path");
  } else if (begin != found_.end()) {
    states_[open.number] = size();
    std::sort(begin, found_.end());
    entries_.insert(entries_.end(), begin, found_.end());
    first_entry_.push_back(entries_.size());
  }
  found_.resize(open.first_found);
  open_bytes_ -= open.bytes.size();
  open_.pop_back();
}

void HitTrees::link_tree(const Open& open, std::uint32_t child) {
  const HitTree state = states_[child];
  if (state == kOpen) return diagnose(child, "contains itself");
  if (state != kNoHits) found_.push_back({name_number(open.entry.name), true, state});
}

void HitTrees::link_blob(const Open& open) {
  if (!blob_starts_.test(start_of(open.entry.raw_id))) return;
  const std::uint32_t blob = blobs_.find(open.entry.raw_id);
  if (blob != IdTable::kNone) found_.push_back({name_number(open.entry.name), false, blob});
}

std::uint32_t HitTrees::name_number(std::string_view name) {
  const auto [found, fresh] = name_numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(names_.size()));
  if (fresh) names_.push_back(&found->first);
  return found->second;
}

void HitTrees::diagnose(std::uint32_t number, std::string message) {
  if (diagnostics_.size() < kMostNamed)
    diagnostics_.push_back({cat("tree ", trees_.id(number).hex()), std::move(message)});
  else
    ++not_named_;
}

std::vector<Diagnostic> HitTrees::diagnostics() const {
  std::vector<Diagnostic> diagnostics = diagnostics_;
  if (not_named_ > 0) diagnostics.push_back({"trees", cat(with_thousands(not_named_), " more cannot be read in full")});
  return diagnostics;
}

std::vector<std::uint64_t> HitTrees::bits(std::span<const std::uint64_t> bits_of_blobs) const {
  std::vector<std::uint64_t> bits(size(), 0);
  for (HitTree tree = 0; tree < size(); ++tree) {
    for (const HitEntry& entry : entries(tree)) bits[tree] |= entry.is_tree ? bits[entry.target] : bits_of_blobs[entry.target];
  }
  return bits;
}

}  // namespace hfscan
