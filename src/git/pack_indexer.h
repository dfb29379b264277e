// Makes the index of a pack that has none (an interrupted fetch, a damaged or foreign index): finds where each object begins by
// inflating one after the other, then rebuilds and hashes all of them. Separate because nothing else in this module needs
// hashes.
#pragma once

#include <cstdint>
#include <string>

#include "git/pack_file.h"

namespace hfscan {

struct IndexedPack {
  std::string index;        // pack_index.h reads it; whatever could be found
  std::uint32_t count = 0;  // of the objects in it
  std::string problem;      // what could not be found or named; empty when that is nothing
};
IndexedPack index_pack(const PackFile& pack, unsigned threads);

}  // namespace hfscan
