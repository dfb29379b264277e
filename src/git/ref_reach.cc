#include "git/ref_reach.h"

#include <algorithm>
#include <bit>

namespace hfscan {
namespace {

constexpr std::size_t kSetsAtOnce = 64;  // bits of a word

// For every commit the sets, as bits, of which it or an ancestor is a member.
std::vector<std::uint64_t> descendants(const CommitGraph& graph, std::span<const std::vector<CommitNumber>> sets) {
  std::vector<std::uint64_t> reached(graph.size(), 0);
  CommitNumber first = graph.size();
  for (std::size_t set = 0; set < sets.size(); ++set) {
    for (const CommitNumber commit : sets[set]) {
      reached[commit] |= std::uint64_t{1} << set;
      first = std::min(first, commit);
    }
  }
  for (CommitNumber commit = first; commit < graph.size(); ++commit) {
    for (const CommitNumber parent : graph.parents(commit)) reached[commit] |= reached[parent];
  }
  return reached;
}

}  // namespace

RefKind ref_kind(std::string_view name) {
  struct Prefix {
    std::string_view text;
    RefKind kind;
  };
  static constexpr Prefix kPrefixes[] = {{"refs/heads/", RefKind::branch},
                                         {"refs/tags/", RefKind::tag},
                                         {"refs/remotes/", RefKind::remote_tracking},
                                         {"refs/notes/", RefKind::notes}};
  if (name == "HEAD") return RefKind::head;
  if (name == "refs/stash") return RefKind::stash;
  for (const Prefix& prefix : kPrefixes) {
    if (name.substr(0, prefix.text.size()) == prefix.text) return prefix.kind;
  }
  return RefKind::other;
}

void RefSubset::add(std::uint32_t index, RefKind kind, std::size_t most_named) {
  if (named.size() < most_named)
    named.push_back(index);
  else
    ++others;
  from_head = from_head || kind == RefKind::head;
  from_remote = from_remote || kind == RefKind::remote_tracking;
  reachable = reachable || kind != RefKind::stash;
}

std::vector<RefSubset> refs_reaching(const CommitGraph& graph, std::span<const CommitRef> refs,
                                     std::span<const std::vector<CommitNumber>> sets, std::size_t most_named) {
  std::vector<RefSubset> subsets(sets.size());
  for (std::size_t begin = 0; begin < sets.size(); begin += kSetsAtOnce) {
    const auto chunk = sets.subspan(begin, std::min(kSetsAtOnce, sets.size() - begin));
    const std::vector<std::uint64_t> reached = descendants(graph, chunk);
    for (std::uint32_t ref = 0; ref < refs.size(); ++ref) {
      const RefKind kind = ref_kind(refs[ref].name);
      for (std::uint64_t bits = reached[refs[ref].commit]; bits != 0; bits &= bits - 1) {
        subsets[begin + static_cast<std::size_t>(std::countr_zero(bits))].add(ref, kind, most_named);
      }
    }
  }
  return subsets;
}

}  // namespace hfscan
