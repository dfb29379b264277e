#include "git/object_store.h"

#include <sys/stat.h>

#include <algorithm>

#include "base/text.h"
#include "git/folder_entries.h"
#include "git/object_walk.h"

namespace hfscan {
namespace {

constexpr const char* kMissing = "object is missing";
constexpr int kMostHops = 8;  // from pack to pack, for a delta whose base lies in another one

}  // namespace

ObjectStore ObjectStore::open(const RepositoryLayout& layout, const std::vector<std::string>& roots, unsigned threads) {
  ObjectStore store;
  store.layout_ = layout;
  store.roots_ = roots;
  for (std::size_t i = 0; i < layout.object_folders.size(); ++i) {
    const std::string& folder = layout.object_folders[i];
    const auto holds = [&](const std::string& root) { return lies_in(folder, root); };
    if (i > 0 && std::none_of(roots.begin(), roots.end(), holds)) {
      store.problems_.push_back(
          {layout.shown(layout.common_dir + "/objects/info/alternates"),
           "objects of an alternate outside the scanned root were not read; bring them in with 'git repack -a -d', remove this "
           "file, and scan again"});
    } else {
      store.add_folder(folder, threads);
    }
  }
  return store;
}

// What a push that was interrupted, or is under way, has left in quarantine is there too.
void ObjectStore::add_folder(const std::string& folder, unsigned threads) {
  folders_.push_back(folder);
  open_packs(folder, threads);
  for (const std::string& name : folder_entries(folder)) {
    if (!name.starts_with("tmp_objdir-") && !name.starts_with("incoming-")) continue;
    folders_.push_back(cat(folder, "/", name));
    open_packs(folders_.back(), threads);
  }
}

void ObjectStore::open_packs(const std::string& folder, unsigned threads) {
  for (const std::string& name : folder_entries(folder + "/pack")) {
    // A transfer that did not end leaves its half of a pack under such a name.
    if (!name.ends_with(".pack") && !name.starts_with("tmp_pack_")) continue;
    const std::string path = cat(folder, "/pack/", name);
    Result<Pack> pack = Pack::open(path, layout_.format, threads);
    if (!pack.ok()) {
      problems_.push_back({layout_.shown(path), pack.error().message});
      continue;
    }
    if (!pack->problem().empty()) problems_.push_back({layout_.shown(path), pack->problem()});
    packs_.push_back({path, std::move(*pack)});
  }
}

Result<GitObject> ObjectStore::read(const ObjectId& id, std::uint64_t limit) const {
  Result<GitObject> object = read_copy(id, limit, kMostHops);
  if (object.ok() || object.error().message != kMissing || problems_.empty()) return object;
  return Error{cat(kMissing, "; ", quoted(problems_.front().path), ": ", problems_.front().message)};
}

Result<GitObject> ObjectStore::read_copy(const ObjectId& id, std::uint64_t limit, int hops) const {
  Error error{kMissing};
  const auto from_loose = [&](LooseObject& loose) -> Result<GitObject> {
    HFSCAN_TRY_ASSIGN(std::string bytes, loose.read_all(limit));
    return GitObject{loose.type(), std::move(bytes)};
  };
  for (const std::string& folder : folders_) {
    const auto loose = LooseObject::open(folder, id);
    if (loose.ok() && *loose == nullptr) continue;
    Result<GitObject> object = loose.ok() ? from_loose(**loose) : Result<GitObject>(loose.error());
    if (object.ok()) return object;
    error = object.error();
  }
  const auto outside = [&](const ObjectId& base) -> Result<GitObject> {
    if (hops == 0) return Error{"delta chain is too long"};
    return read_copy(base, limit, hops - 1);
  };
  for (const NamedPack& named : packs_) {
    const std::optional<std::uint64_t> offset = named.pack.offset_of(id.raw());
    if (!offset) continue;
    Result<GitObject> object = named.pack.read(*offset, limit, outside);
    if (object.ok()) return object;
    error = object.error();
  }
  return error;
}

std::uint64_t ObjectStore::packed_count() const {
  std::uint64_t count = 0;
  for (const NamedPack& named : packs_) count += named.pack.index().count();
  return count;
}

bool ObjectStore::is_partial() const {
  const auto has_promise = [](const NamedPack& named) {
    struct stat status {};
    return ::stat(cat(named.path.substr(0, named.path.size() - 4), "promisor").c_str(), &status) == 0;
  };
  return std::any_of(packs_.begin(), packs_.end(), has_promise);
}

void ObjectStore::for_each(const ObjectWalkOptions& options, const ObjectVisitor& visitor) const {
  ObjectWalk(*this, options, visitor).run();
}

}  // namespace hfscan
