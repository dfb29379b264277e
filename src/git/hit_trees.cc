#include "git/hit_trees.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace hfscan {
namespace {

// States of a tree beside its number as a HitTree.
constexpr HitTree kUndecided = kNoHits - 1;
constexpr HitTree kOpen = kNoHits - 2;

const char* trouble_with(TreeLinks::State state) {
  switch (state) {
    case TreeLinks::State::absent: return "is missing or cannot be read";
    case TreeLinks::State::damaged: return "is malformed: its last entries cannot be read";
    case TreeLinks::State::left_out: return "is left out: the history has too many folders";
    case TreeLinks::State::whole: return nullptr;
  }
  return nullptr;
}

}  // namespace

HitTree HitTrees::visit(const ObjectId& root) {
  const std::uint32_t tree = links_.number_of(root.raw());
  if (state(tree) == kUndecided) enter(tree);
  while (!open_.empty()) advance();
  return state(tree);
}

// A number may have been given after the last question.
HitTree& HitTrees::state(std::uint32_t tree) {
  if (tree >= states_.size()) states_.resize(links_.size(), kUndecided);
  return states_[tree];
}

void HitTrees::enter(std::uint32_t tree) {
  if (const char* trouble = trouble_with(links_.state(tree))) diagnose(tree, trouble);
  state(tree) = kOpen;
  open_.push_back({tree, 0, found_.size()});
}

// Goes on to the next tree that has to be decided first, or to the end.
void HitTrees::advance() {
  Open& open = open_.back();
  const std::span<const TreeLink> links = links_.links(open.tree);
  for (; open.next_link < links.size(); ++open.next_link) {
    const TreeLink link = links[open.next_link];
    const HitTree child = link.is_tree() ? state(link.target()) : kNoHits;
    if (!link.is_tree())
      found_.push_back({link.name(), false, link.target()});
    else if (child == kUndecided)
      return enter(link.target());  // and then comes back to this link
    else if (child == kOpen)
      diagnose(link.target(), "contains itself");
    else if (child != kNoHits)
      found_.push_back({link.name(), true, child});
  }
  leave();
}

// The innermost tree is decided.
void HitTrees::leave() {
  const Open open = open_.back();
  open_.pop_back();
  const auto begin = found_.begin() + static_cast<std::ptrdiff_t>(open.first_found);
  state(open.tree) = begin == found_.end() ? kNoHits : size();
  if (begin == found_.end()) return;
  std::sort(begin, found_.end());
  entries_.insert(entries_.end(), begin, found_.end());
  first_entry_.push_back(entries_.size());
  found_.erase(begin, found_.end());
}

void HitTrees::diagnose(std::uint32_t tree, std::string message) {
  if (diagnostics_.size() < kMostNamed)
    diagnostics_.push_back({cat("tree ", links_.id(tree).hex()), std::move(message)});
  else
    ++not_named_;
}

std::vector<Diagnostic> HitTrees::diagnostics() const {
  std::vector<Diagnostic> diagnostics = diagnostics_;
  if (not_named_ > 0) diagnostics.push_back({"trees", cat(with_thousands(not_named_), " more are not there in full")});
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
