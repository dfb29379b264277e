// The findings of a history by secret: who leads, what comes first. Separate from their wording, so that the order can be
// tested alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"

namespace hfscan {

// Where a secret stands today, the most pressing first.
enum class Standing {
  in_head,      // whoever opens the repository sees it
  pushed,       // others may have it
  reachable,    // whoever gets a copy of the repository gets it
  unreachable,  // only a stash or objects that git has not pruned have it
  uncommitted,  // no commit has it: staged, or in the git folder itself
};

// All findings of one secret. Findings without a secret's id are alone.
struct SecretBlock {
  const Finding* lead = nullptr;  // the most severe rule, of these the one with the highest precedence
  std::vector<const Finding*> others;
  const SecretStory* story = nullptr;     // none for a finding that is about no secret
  std::vector<const Occurrence*> places;  // of all its findings, each once, sorted by path and blob
};

// Stories that differ are those of different repositories (submodules) and make different blocks. Sorted by standing, then
// severity, then the younger first commit, then as in `findings`.
std::vector<SecretBlock> secret_blocks(const std::vector<const Finding*>& findings);

Standing standing_of(const SecretStory& story);

// Whether the tree of HEAD is certain to have the secret there: HEAD leads to a commit that has it, and none ever lost it.
[[nodiscard]] bool is_surely_in_head(const Occurrence& place);

// The commits that lack the secret while a parent has it, as far as the places tell: empty when they do not tell exactly.
std::vector<std::string_view> removing_commits(const SecretBlock& block);

// How many secrets have each standing: "1 in HEAD, 2 not in HEAD but reachable; 2 of them pushed". Empty when there are none.
std::string standings_text(const std::vector<SecretBlock>& blocks);

}  // namespace hfscan
