// A copy of everything that the remote has, taken before anything is changed: a mirror to read from, and the same as one file.
#pragma once

#include "base/result.h"
#include "remedy/git_command.h"
#include "remedy/rewrite_job.h"

namespace hfscan {

// A fresh mirror of the source at mirror.git, unless there is a whole one. It is never written to afterwards.
Status take_mirror(const RewriteJob& job);

// The bundle, unless there is a whole one; written for the owner only, and read back by git.
Status write_bundle(const RewriteJob& job);

// What was measured: the three lists of refs are the same.
struct BackupProof {
  RefMap mirror;
  RefMap bundle;
  RefMap remote;
  [[nodiscard]] bool holds() const { return mirror == bundle && mirror == remote; }
};
// Asks the source.
Result<BackupProof> prove_backup(const RewriteJob& job);

// Without asking: whether the bundle names the same refs as the mirror. The empty repository has no bundle.
[[nodiscard]] bool is_backed_up(const RewriteJob& job);

// Names of refs that the first has otherwise than the second, or that only one of them has; masked.
std::vector<std::string> differing_refs(const RefMap& a, const RefMap& b);

// When the remote moved, or a stage failed: mirror, bundle and all that was made from them go, so that the next run takes
// everything anew.
Status drop_stale(const RewriteJob& job);

}  // namespace hfscan
