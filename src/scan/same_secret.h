// A secret in a member that is stored uncompressed is found twice: in the archive's own bytes and in the member. It is told
// once.
//
// Separate from fingerprints and baselines, which compare findings of different runs; here it is the same bytes read in two
// ways.
#pragma once

#include <vector>

#include "core/finding.h"

namespace hfscan {

// A finding in a member, with whether the member lies uncompressed in the archive that is spoken of.
struct MemberFinding {
  Finding finding;
  bool stored = false;
};

// Which of two equal findings is told when the member is stored. The archive's, where its position is one in a file on disk;
// the member's, where the archive itself is only unpacked in memory. An active finding goes before a suppressed one, and the
// rule with the higher precedence, which has seen more of the context, before the other, wherever they stand.
enum class Prefer { archive, member };

// Pairs members' findings with the archive's for the same secret and drops one of each pair. Stored members come first; of what
// is left, members that are packed in a way that kept the secret readable (a short run of zstd or xz) drop the archive's. What
// has no partner stays: the same secret in two members is two findings.
void drop_doubles(std::vector<Finding>& archive, std::vector<MemberFinding>& members, Prefer prefer);

}  // namespace hfscan
