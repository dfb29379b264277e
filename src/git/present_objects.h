// Which objects are there, asked for every entry of every tree: so that what a history names and a repository lacks is noticed.
// Separate from ObjectStore, which needs no list of the loose objects to read.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "git/object_store.h"

namespace hfscan {

// Immutable, so thread-safe.
class PresentObjects {
 public:
  // `store` outlives this. Loose objects are those of this moment.
  explicit PresentObjects(const ObjectStore& store);

  // `raw` has the length of the store's format.
  [[nodiscard]] bool contains(std::string_view raw) const;

 private:
  const ObjectStore& store_;
  std::vector<ObjectId> loose_;  // sorted by raw id
};

// Ids that one thread has asked about lately: the same folders and files are named by tree after tree.
class RecentIds {
 public:
  explicit RecentIds(ObjectFormat format) : width_(static_cast<std::size_t>(format)), slots_(kSlots * width_, '\0') {
    slots_.front() = '\1';  // no id of that slot, so it holds none
  }

  // Whether the id is remembered; from now on it is.
  bool remember(std::string_view raw) {
    const std::size_t slot = std::size_t{static_cast<unsigned char>(raw[0])} << 8U | static_cast<unsigned char>(raw[1]);
    char* place = slots_.data() + slot * width_;
    if (std::string_view(place, width_) == raw) return true;
    std::copy_n(raw.data(), width_, place);
    return false;
  }

 private:
  static constexpr std::size_t kSlots = std::size_t{1} << 16U;  // by the first two bytes of an id

  std::size_t width_;
  std::string slots_;
};

// The ids of all loose objects in a folder of objects (objects/ab/cdef...), sorted.
std::vector<ObjectId> loose_ids(const std::string& folder, ObjectFormat format);

}  // namespace hfscan
