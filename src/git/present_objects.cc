// Tested by tests/unit/git/present_objects_test.cc.
#include "git/present_objects.h"

#include <algorithm>

#include "base/text.h"
#include "git/folder_entries.h"

namespace hfscan {
namespace {

bool before(const ObjectId& a, const ObjectId& b) { return a.raw() < b.raw(); }

}  // namespace

PresentObjects::PresentObjects(const ObjectStore& store) : store_(store) {
  for (const std::string& folder : store.folders_) {
    const std::vector<ObjectId> ids = loose_ids(folder, store.format());
    loose_.insert(loose_.end(), ids.begin(), ids.end());
  }
  std::sort(loose_.begin(), loose_.end(), before);
}

bool PresentObjects::contains(std::string_view raw) const {
  const auto holds = [raw](const auto& named) { return named.pack.offset_of(raw).has_value(); };
  if (std::any_of(store_.packs_.begin(), store_.packs_.end(), holds)) return true;
  return std::binary_search(loose_.begin(), loose_.end(), ObjectId::from_raw(raw), before);
}

std::vector<ObjectId> loose_ids(const std::string& folder, ObjectFormat format) {
  std::vector<ObjectId> ids;
  for (const std::string& first : folder_entries(folder)) {
    if (first.size() != 2) continue;
    for (const std::string& rest : folder_entries(cat(folder, "/", first))) {
      const std::optional<ObjectId> id = ObjectId::from_hex(first + rest);
      if (id && id->size == static_cast<std::size_t>(format)) ids.push_back(*id);
    }
  }
  return ids;
}

}  // namespace hfscan
