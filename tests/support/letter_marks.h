// The simplest reader of objects that remembers something: where each `a` stands. What it notes in a delta comes out of the
// copied runs and the marks of the base alone, so that a wrong run, or marks of another object, show at once.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/delta_object.h"

namespace hfscan::test {

inline void find_letters(std::string_view bytes, std::size_t begin, std::size_t end, std::vector<std::uint32_t>& places) {
  for (std::size_t i = begin; i < end; ++i) {
    if (bytes[i] == 'a') places.push_back(static_cast<std::uint32_t>(i));
  }
}

inline std::vector<std::uint32_t> letters_in(std::string_view bytes) {
  std::vector<std::uint32_t> places;
  find_letters(bytes, 0, bytes.size(), places);
  return places;
}

inline void mark_letters(const DeltaObject& object) {
  std::size_t next = 0;
  for (const CopiedRun& run : object.base_marks.complete ? object.runs : std::span<const CopiedRun>()) {
    find_letters(object.bytes, next, run.begin, object.marks.places);
    for (const std::uint32_t place : object.base_marks.places) {
      if (place >= run.base_begin && place - run.base_begin < run.size)
        object.marks.places.push_back(run.begin + (place - run.base_begin));
    }
    next = std::size_t{run.begin} + run.size;
  }
  find_letters(object.bytes, next, object.bytes.size(), object.marks.places);
  object.marks.complete = true;
}

}  // namespace hfscan::test
