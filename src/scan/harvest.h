// What one worker has found so far.
#pragma once

#include <cstdint>
#include <vector>

#include "core/diagnostic.h"
#include "core/fact.h"
#include "core/finding.h"

namespace hfscan {

struct Harvest {
  std::vector<Finding> findings;
  std::vector<Diagnostic> diagnostics;
  std::vector<Skip> skipped;
  std::vector<Fact> facts;
  std::uint64_t blobs = 0;
  std::uint64_t members = 0;
  std::uint64_t bytes = 0;
  std::uint64_t look_alikes = 0;
};

}  // namespace hfscan
