// How much one file may unpack to. An archive is hostile input: a few kilobytes can claim petabytes, contain themselves, or
// hold millions of members. Separate from the unpacking, so that every limit stands in one place with its reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace hfscan {

// The limits that a user may move.
struct ArchiveLimits {
  // Archives in archives; a compressed tar counts as two. The deepest that people build is an image of layers of packages of
  // wheels. 0: nothing is unpacked.
  unsigned depth = 8;
  // What all archives of one depth in one file unpack to: 4 GiB take some ten seconds, and larger archives are rare.
  std::uint64_t max_bytes = std::uint64_t{4} << 30U;
};

// One outermost file. Each take_ function counts, and returns an Error, then and ever after, when that is more than is allowed:
// the limit and the next step, as a Diagnostic says it.
class UnpackBudget {
 public:
  // A bomb is told from good compression by both: text shrinks to a twentieth, and deflate ends at a thousandth.
  static constexpr std::uint64_t kRatio = 250;
  static constexpr std::uint64_t kRatioFrom = std::uint64_t{64} << 20U;
  // The largest archives that people share (data sets of images) have about as many.
  static constexpr std::uint64_t kMembers = 1'000'000;
  // Opening one costs some ten microseconds however small it is.
  static constexpr std::uint64_t kArchives = 100'000;
  // Each takes a kilobyte or two, and a token that is repeated costs the sender nothing.
  static constexpr std::uint64_t kFindings = 10'000;

  UnpackBudget(const ArchiveLimits& limits, std::uint64_t packed_bytes) : limits_(limits), packed_bytes_(packed_bytes) {}

  // `depth` is that of the archive, 1 for the outermost.
  Status take_bytes(unsigned depth, std::uint64_t count);
  Status take_member();
  Status take_archive();

  // How many of `count` findings may be kept. Those of what was read before another limit was met are kept as well.
  std::uint64_t take_findings(std::uint64_t count);

  // One more than may still be taken.
  [[nodiscard]] std::uint64_t findings_to_ask() const { return kFindings - findings_ + 1; }

  // Why there is no more, once something was refused.
  [[nodiscard]] const std::optional<Error>& refusal() const { return refusal_; }

 private:
  Error refuse(std::string message);

  ArchiveLimits limits_;
  std::uint64_t packed_bytes_;
  std::vector<std::uint64_t> bytes_;  // by depth: a tar in a gzip is not counted twice
  std::uint64_t members_ = 0;
  std::uint64_t archives_ = 0;
  std::uint64_t findings_ = 0;
  std::optional<Error> refusal_;
};

}  // namespace hfscan
