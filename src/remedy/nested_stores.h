// What belongs to a repository without being in its history: files in LFS and submodules. A rewrite does not reach them, and
// the token would be back with the next checkout.
#pragma once

#include <cstdint>

#include "git/layout.h"
#include "remedy/token_search.h"

namespace hfscan {

struct NestedStores {
  std::uint64_t lfs_files = 0;   // of this clone, that hold one of the secrets
  std::uint64_t submodules = 0;  // of this clone, with an object that does
};

// Only what this clone has. Larger files than 64 MiB are not read.
NestedStores search_nested_stores(const RepositoryLayout& layout, const TokenSearch& search);

}  // namespace hfscan
