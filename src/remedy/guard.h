// Against old clones that push the old history back: the ids of the commits in which the token came first, and what refuses
// them before a push and in CI. Ids of commits are no secret.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "git/layout.h"
#include "remedy/leak.h"

namespace hfscan {

struct GuardTexts {
  std::string banned;      // .hfscan/banned-commits: to be committed
  std::string hook;        // pre-push
  std::string ci;          // a script for CI
  std::string colleagues;  // a mail
};
GuardTexts guard_texts(const std::vector<std::string>& banned, const std::string& remote);

// As files banned-commits, pre-push, ci-check.sh and colleagues.txt of a folder that is made.
Status write_guard(const std::string& folder, const GuardTexts& texts);

// foreign: another hook is there, and ours must be called from it; elsewhere: core.hooksPath names another folder, and git
// looks nowhere else.
enum class HookState { absent, foreign, elsewhere, active };
HookState hook_state(const RepositoryLayout& layout);

struct CloneCheck {
  std::vector<std::string> banned_refs;  // refs that lead to a banned commit; masked
  std::uint64_t banned_commits = 0;      // that are there at all, in reflogs or waiting for clean-up
  std::uint64_t objects_with_secret = 0;
  std::uint64_t refs_with_secret = 0;  // in their names
  bool complete = true;                // everything could be read
  [[nodiscard]] bool clean() const {
    return banned_commits == 0 && objects_with_secret == 0 && refs_with_secret == 0 && complete;
  }
};

// Any clone on this machine; only reads.
Result<CloneCheck> check_clone(const std::string& path, const std::vector<std::string>& banned,
                               const std::vector<KnownSecret>& secrets);

}  // namespace hfscan
