// The literals of the anchor stage: for each a core of three bytes, which the kernels search, and the check that makes a core
// an anchor. Internal to the anchor stage.
//
// The kernels are of the Teddy kind: cores are put into eight buckets; for each of the three bytes two tables of 16 entries map
// the low and the high nibble to the set of buckets that can have it; the AND over all six leaves, per position, the buckets
// that may match there. A bucket may match by accident of nibbles, so every position that is left is compared exactly.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "detect/anchors.h"

namespace hfscan::anchor_detail {

constexpr std::size_t kCoreLength = 3;
constexpr unsigned kBuckets = 8;

// The further condition on an anchor whose literal stands at `offset`; `after` is where the literal ends. Bounded by
// kAnchorReach.
using Condition = bool (*)(std::string_view bytes, std::size_t after);

// A literal as a byte pattern: a plain byte stands for itself, [abc] and [a-c] for one byte of a set.
struct Core {
  std::string_view pattern;
  std::size_t at;  // which element of the pattern is the first of the three core bytes
  unsigned bucket;
  AnchorKind kind;
  Condition condition;  // null: the literal alone is the anchor
};

// Nibble tables for the SIMD kernels, byte tables for the scalar one; bit b stands for bucket b.
struct CoreTables {
  std::array<std::array<std::uint8_t, 16>, kCoreLength> low{};
  std::array<std::array<std::uint8_t, 16>, kCoreLength> high{};
  std::array<std::array<std::uint8_t, 256>, kCoreLength> exact{};
};

extern const CoreTables kCoreTables;

// Compares the cores of the given buckets exactly at `position`, runs their checks, and appends what stands.
void verify_cores(std::string_view bytes, std::size_t position, unsigned buckets, std::vector<Anchor>& anchors);

// The kernels: search core positions in [from, bytes.size()) and call verify_cores for each that may match.
void scan_scalar(std::string_view bytes, std::size_t from, std::vector<Anchor>& anchors);
void scan_ssse3(std::string_view bytes, std::vector<Anchor>& anchors);
void scan_avx2(std::string_view bytes, std::vector<Anchor>& anchors);
void scan_neon(std::string_view bytes, std::vector<Anchor>& anchors);

}  // namespace hfscan::anchor_detail
