// The engine of the anchor stage: searches the literals of anchor_table.inc. Internal to the stage.
//
// A literal has a core of three bytes, which the kernels search. They are of the Teddy kind: cores are put into sixteen
// buckets; for each of the three bytes two tables of 16 entries map the low and the high nibble to the set of buckets that can
// have it; the AND over all six leaves, per position, the buckets that may match there. A bucket may match by accident of
// nibbles, so every position that is left is compared exactly. A vector lane has eight bits, so there are two sets of eight
// buckets.
//
// A literal of encoded text has two cores without a common byte boundary: wherever a line break cuts the literal, one of them
// is whole, and the rest is compared across the break.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "detect/anchors.h"

namespace hfscan::anchor_detail {

constexpr std::size_t kCoreLength = 3;
constexpr unsigned kBuckets = 16;
constexpr unsigned kSets = 2;  // of eight buckets

// The nibble tables of one byte of the core, for one set: bit b of an entry stands for bucket 8 * set + b.
struct NibbleTables {
  std::array<std::uint8_t, 16> low{};
  std::array<std::uint8_t, 16> high{};
};

struct CoreTables {
  std::array<std::array<NibbleTables, kCoreLength>, kSets> nibbles{};  // for the SIMD kernels
  std::array<std::array<std::uint16_t, 256>, kCoreLength> exact{};     // for the scalar one; bit b stands for bucket b
};

extern const CoreTables kCoreTables;

constexpr unsigned kEveryBucket = (1U << kBuckets) - 1;

// Whether a core of the given buckets stands at `position`; the three bytes there decide that alone.
[[nodiscard]] bool core_at(std::string_view bytes, std::size_t position, unsigned buckets);

// Compares the cores of the given buckets exactly at `position`, runs their checks, and appends what stands.
void verify_cores(std::string_view bytes, std::size_t position, unsigned buckets, std::vector<Anchor>& anchors);

// Takes what a kernel finds, in ascending order: positions where a core of one of the buckets may stand.
class CoreSink {
 public:
  CoreSink() = default;
  virtual ~CoreSink() = default;
  CoreSink(const CoreSink&) = delete;
  CoreSink& operator=(const CoreSink&) = delete;
  CoreSink(CoreSink&&) = delete;
  CoreSink& operator=(CoreSink&&) = delete;

  virtual void add(std::size_t position, unsigned buckets) = 0;
};

// Core positions [from, to): the three bytes of each lie in the bytes.
struct CoreRange {
  std::size_t from;
  std::size_t to;
};

inline CoreRange every_position(std::string_view bytes) {
  return {0, bytes.size() < kCoreLength ? 0 : bytes.size() - (kCoreLength - 1)};
}

// The kernels: search the positions of the range.
void scan_scalar(std::string_view bytes, CoreRange range, CoreSink& sink);
void scan_ssse3(std::string_view bytes, CoreRange range, CoreSink& sink);
void scan_avx2(std::string_view bytes, CoreRange range, CoreSink& sink);
void scan_neon(std::string_view bytes, CoreRange range, CoreSink& sink);
// By the given one.
void scan_cores(std::string_view bytes, CoreRange range, CoreSink& sink, AnchorKernel kernel);

}  // namespace hfscan::anchor_detail
