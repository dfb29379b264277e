// An object as a reader meets it that also wants to know what it already knows: how the object was made of another one, and
// what was noted when that one was read. Separate because those who read packs and those who search the bytes share no other
// noun.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hfscan {

// Objects beyond this size are not handed out whole, so that places in them take four bytes.
constexpr std::uint64_t kMostMarkedBytes = ~std::uint32_t{0};

// Bytes that stand in an object as in its base.
struct CopiedRun {
  std::uint32_t begin = 0;  // in the object
  std::uint32_t size = 0;
  std::uint32_t base_begin = 0;
  bool operator==(const CopiedRun&) const = default;
};

// Runs of fewer bytes are not told: noting and looking them up costs more than searching them again, and a hostile delta of
// copies of one byte would take more memory than the object.
constexpr std::size_t kShortestRun = 64;

// Places in an object that its reader wants to have back when it reads what was made of the object. Whoever hands objects out
// keeps them as long as the object's bytes and does not look at them.
struct Marks {
  std::vector<std::uint32_t> places;
  bool complete = false;  // the object has been read and all its places noted

  void clear() {
    places.clear();
    complete = false;
  }
};

struct DeltaObject {
  std::string_view bytes;
  std::span<const CopiedRun> runs;  // in order of `begin`, neighbours joined; the bytes between them are new
  const Marks& base_marks;          // not complete: nothing is known of a base
  Marks& marks;                     // empty; of this object, for those made of it
};

}  // namespace hfscan
