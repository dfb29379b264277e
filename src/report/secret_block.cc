#include "report/secret_block.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr int kNoStory = 5;  // behind every standing

using BlockKey = std::tuple<Sha256Digest, std::string_view>;

std::string_view first_commit(const Finding& finding) {
  return finding.story && finding.story->first ? std::string_view(finding.story->first->commit) : std::string_view();
}

std::int64_t precedence_of(const Rule& rule) {
  const auto* match = std::get_if<CredentialMatch>(&rule.match);
  return match == nullptr ? std::numeric_limits<std::int64_t>::min() : match->precedence;
}

bool leads(const Finding* a, const Finding* b) {
  const auto weight = [](const Finding& f) { return std::tuple(!f.look_alike, f.severity, precedence_of(*f.rule)); };
  return weight(*a) > weight(*b);
}

void add_places(SecretBlock& block, const Finding& finding) {
  for (const Occurrence& occurrence : finding.occurrences) block.places.push_back(&occurrence);
}

// Two rules that see a secret in the same file name the same place.
void settle_places(std::vector<const Occurrence*>& places) {
  const auto key = [](const Occurrence* place) { return std::tie(place->path, place->blob, place->kind); };
  std::stable_sort(places.begin(), places.end(), [&](const auto* a, const auto* b) { return key(a) < key(b); });
  places.erase(std::unique(places.begin(), places.end(), [&](const auto* a, const auto* b) { return key(a) == key(b); }),
               places.end());
}

SecretBlock block_of(std::vector<const Finding*> findings) {
  std::stable_sort(findings.begin(), findings.end(), leads);
  SecretBlock block;
  block.lead = findings.front();
  block.others.assign(findings.begin() + 1, findings.end());
  for (const Finding* finding : findings) {
    if (block.story == nullptr && finding->story) block.story = &*finding->story;
    add_places(block, *finding);
  }
  settle_places(block.places);
  return block;
}

int urgency(const SecretBlock& block) {
  return block.story == nullptr ? kNoStory : static_cast<int>(standing_of(*block.story));
}

std::int64_t first_time(const SecretBlock& block) {
  const bool known = block.story != nullptr && block.story->first && block.story->first->time;
  return known ? *block.story->first->time : std::numeric_limits<std::int64_t>::min();
}

bool comes_first(const SecretBlock& a, const SecretBlock& b) {
  const int urgency_a = urgency(a);
  const int urgency_b = urgency(b);
  if (urgency_a != urgency_b) return urgency_a < urgency_b;
  if (a.lead->severity != b.lead->severity) return a.lead->severity > b.lead->severity;
  return first_time(a) > first_time(b);
}

// Findings that belong together, in the order of their first members.
std::vector<std::vector<const Finding*>> by_secret(const std::vector<const Finding*>& findings) {
  std::vector<std::vector<const Finding*>> groups;
  std::map<BlockKey, std::size_t> index;
  for (const Finding* finding : findings) {
    if (finding->secret && finding->secret->id) {
      const auto [entry, is_new] = index.try_emplace({*finding->secret->id, first_commit(*finding)}, groups.size());
      if (!is_new) {
        groups[entry->second].push_back(finding);
        continue;
      }
    }
    groups.push_back({finding});
  }
  return groups;
}

// Secrets by standing; one that several repositories hold counts where it is most pressing.
struct Census {
  std::array<std::uint64_t, 5> standings{};
  std::uint64_t pushed = 0;

  explicit Census(const std::vector<SecretBlock>& blocks) {
    std::set<Sha256Digest> seen;
    for (const SecretBlock& block : blocks) {
      const bool is_secret = block.story != nullptr && block.lead->secret && !block.lead->look_alike;
      if (!is_secret || (block.lead->secret->id && !seen.insert(*block.lead->secret->id).second)) continue;
      ++standings.at(static_cast<std::size_t>(standing_of(*block.story)));
      if (block.story->pushed) ++pushed;
    }
  }

  [[nodiscard]] std::uint64_t of(Standing standing) const { return standings.at(static_cast<std::size_t>(standing)); }
};

}  // namespace

std::vector<SecretBlock> secret_blocks(const std::vector<const Finding*>& findings) {
  std::vector<SecretBlock> blocks;
  for (std::vector<const Finding*>& group : by_secret(findings)) blocks.push_back(block_of(std::move(group)));
  std::stable_sort(blocks.begin(), blocks.end(), comes_first);
  return blocks;
}

Standing standing_of(const SecretStory& story) {
  if (story.in_head) return Standing::in_head;
  if (story.pushed) return Standing::pushed;
  if (story.reachable) return Standing::reachable;
  return story.first ? Standing::unreachable : Standing::uncommitted;
}

// Were the tree of HEAD without it, some commit between that one and HEAD would lack it while its parent has it.
bool is_surely_in_head(const Occurrence& place) {
  return place.removed.empty() && std::find(place.refs.begin(), place.refs.end(), "HEAD") != place.refs.end();
}

// A commit that loses the secret takes it from some place and brings it to none. The reverse is not true (a commit may delete
// one copy of two), so these are the commits sought only when there are as many of them as the story counts.
std::vector<std::string_view> removing_commits(const SecretBlock& block) {
  std::set<std::string_view> introducing;
  for (const Occurrence* place : block.places) introducing.insert(place->introduced.begin(), place->introduced.end());
  std::set<std::string_view> seen;
  std::vector<std::string_view> removing;
  for (const Occurrence* place : block.places) {
    for (const std::string& commit : place->removed) {
      if (!introducing.contains(commit) && seen.insert(commit).second) removing.push_back(commit);
    }
  }
  if (block.story == nullptr || removing.size() != block.story->removed) removing.clear();
  return removing;
}

std::string standings_text(const std::vector<SecretBlock>& blocks) {
  const Census census(blocks);
  const std::uint64_t reachable = census.of(Standing::pushed) + census.of(Standing::reachable);
  std::string out;
  const auto add = [&out](std::uint64_t count, std::string_view what) {
    if (count != 0) out += cat(out.empty() ? "" : ", ", with_thousands(count), " ", what);
  };
  add(census.of(Standing::in_head), "in HEAD");
  add(reachable, "not in HEAD but reachable");
  add(census.of(Standing::unreachable), "unreachable");
  add(census.of(Standing::uncommitted), "in no commit");
  return census.pushed == 0 ? out : cat(out, "; ", with_thousands(census.pushed), " pushed");
}

}  // namespace hfscan
