// A quick checksum against damage: torn writes, lost blocks, flipped bits. It proves nothing about who wrote the bytes, which
// is what SHA-256 is for, but takes a twentieth of its time, so that a cache is not slower to check than to make again.
#pragma once

#include <cstdint>
#include <string_view>

namespace hfscan {

// Damage within one aligned word of eight bytes always changes it; any other goes unseen once in 2^64 times. The value depends
// on the byte order of the machine: for files that stay there.
std::uint64_t checksum64(std::string_view bytes);

}  // namespace hfscan
