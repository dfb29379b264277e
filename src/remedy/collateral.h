// The proof that a rewrite changed what it had to and nothing else. Independent of the callbacks: old and new history are read
// side by side, and every difference must be one that the survey allows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "remedy/rewrite.h"

namespace hfscan {

// What git-filter-repo cannot keep, counted: it is named to the user and is no collateral.
struct Normalised {
  std::uint64_t signatures = 0;     // of commits and tags
  std::uint64_t other_headers = 0;  // of commits: merged tags, what other programs left
  std::uint64_t file_modes = 0;     // 100664 of old versions of git, which is 100644 now
  std::uint64_t empty_folders = 0;  // in trees, which git itself never writes
  std::uint64_t people_lines = 0;   // spelled otherwise: missing blanks, control characters
};

struct Collateral {
  std::vector<std::string> unexpected;  // one line each, masked; at most kMostNamed
  std::uint64_t unexpected_count = 0;
  std::vector<std::string> residue;  // objects and refs that still hold a secret; likewise
  std::uint64_t residue_count = 0;
  std::uint64_t commits = 0;  // pairs that were compared
  std::uint64_t trees = 0;
  std::uint64_t blobs = 0;
  Normalised normalised;
  bool rescanned = false;  // by the scanner itself
  bool rescan_complete = false;
  static constexpr std::size_t kMostNamed = 50;

  [[nodiscard]] bool holds() const { return unexpected_count == 0 && residue_count == 0 && rescan_complete; }
};

// Reads both repositories and runs `git fsck --full`; proof.json is written when it holds. An Error when something cannot be
// read.
Result<Collateral> prove_rewrite(const RewriteJob& job, const Survey& survey, const RewriteResult& result);

Json to_json(const Collateral& collateral);

}  // namespace hfscan
