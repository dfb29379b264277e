// Which objects are there, asked for every entry of every tree: so that what a history names and a repository lacks is noticed.
// Separate from ObjectStore, which needs no list of the loose objects to read.
#pragma once

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

// The ids of all loose objects in a folder of objects (objects/ab/cdef...), sorted.
std::vector<ObjectId> loose_ids(const std::string& folder, ObjectFormat format);

}  // namespace hfscan
