// What the remote has after the push, measured: its refs, its history as anybody would clone it, and whether it still hands out
// the old commits to those who know their ids.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "remedy/rewrite.h"

namespace hfscan {

struct ProbedCommit {
  enum class State { gone, fetchable, unknown };
  std::string id;  // of a first-changed commit, before
  State state = State::unknown;
};

struct RemoteCheck {
  std::vector<std::string> not_moved;  // refs that are not what was pushed; masked, as all names here
  std::vector<std::string> still_bad;  // refs that lead to a secret, and that can be pushed
  std::vector<std::string> host_refs;  // those that only the host can clean: for the request to its support
  std::vector<ProbedCommit> probed;
  std::uint64_t rescan_findings = 0;  // places that the scanner itself finds, host_refs aside
  bool rescan_complete = false;

  // The history is clean, whatever the host keeps for itself.
  [[nodiscard]] bool pushed_and_clean() const;
  // Nobody gets the old commits any more.
  [[nodiscard]] bool residue_gone() const;
};

// Clones the remote into a temporary folder, which is removed again.
Result<RemoteCheck> check_remote(const RewriteJob& job, const RewriteResult& result);

// Only asks for the old commits: cheap, for every `status`.
Result<std::vector<ProbedCommit>> probe_old_commits(const RewriteJob& job, const std::vector<std::string>& ids);

Json to_json(const RemoteCheck& check);

}  // namespace hfscan
