#include "git/object_walk.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "base/run_workers.h"
#include "base/text.h"
#include "git/present_objects.h"

namespace hfscan {
namespace {

// Each may follow a long chain of deltas, so a hostile pack gets no more than this.
constexpr std::size_t kMostRetries = 1000;
const std::string kVanished = "object disappeared during the scan";

}  // namespace

void ObjectWalk::run() {
  for (std::size_t i = 0; i < store_.packs_.size(); ++i) walk_pack_number(i);
  walk_loose();
  retry();
  report();
}

bool ObjectWalk::wanted(const ObjectId& id, std::size_t packs_before) const {
  return (!options_.wanted || options_.wanted(id)) && is_first_copy(id, packs_before);
}

// An object is read from the first pack that has it, and from later ones only if that failed.
bool ObjectWalk::is_first_copy(const ObjectId& id, std::size_t packs_before) const {
  if (failed_.contains(id)) return true;
  const auto end = store_.packs_.begin() + static_cast<std::ptrdiff_t>(packs_before);
  return std::none_of(store_.packs_.begin(), end,
                      [&](const auto& named) { return named.pack.offset_of(id.raw()).has_value(); });
}

void ObjectWalk::walk_pack_number(std::size_t number) {
  const std::string& path = store_.packs_[number].path;
  const Pack& pack = store_.packs_[number].pack;
  Pack::Order order = pack.order();
  const auto id_of = [&](PackNode node) { return pack.index().id(order.positions[node]); };
  DeltaForestOptions forest_options;
  forest_options.offset_of = [&](std::string_view raw_id) { return pack.offset_of(raw_id); };
  forest_options.types = options_.types;
  forest_options.threads = options_.threads;
  if (number > 0 || options_.wanted) forest_options.wanted = [&](PackNode node) { return wanted(id_of(node), number); };
  const DeltaForest forest(pack.file(), std::move(order.offsets), forest_options);
  add_problems(forest, id_of, number);

  PackVisitor visitor;
  visitor.object = [&](unsigned worker, PackNode node, std::string_view bytes) {
    visitor_.object(worker, id_of(node), forest.type(node), bytes);
  };
  if (visitor_.delta_object) {
    visitor.delta_object = [&](unsigned worker, PackNode node, const DeltaObject& object) {
      visitor_.delta_object(worker, id_of(node), forest.type(node), object);
    };
  }
  visitor.problem = [&](PackNode node, const std::string& message) { fail(id_of(node), message); };
  visitor.gap = [&](PackNode node) { add_gap(path, forest.offset(node)); };
  if (visitor_.large) {
    visitor.large = [&](unsigned worker, PackNode node, Content& content) {
      visitor_.large(worker, id_of(node), forest.type(node), content);
    };
  }
  const Status walked = walk_pack(pack.file(), forest, options_.threads, options_.limits, visitor);
  if (!walked.ok()) problems_.push_back({store_.layout_.shown(path), walked.error().message});
  settle([&](const ObjectId& id) { return pack.offset_of(id.raw()).has_value(); });
}

// What the forest could not place, unless another pack gave it.
template <typename IdOf>
void ObjectWalk::add_problems(const DeltaForest& forest, const IdOf& id_of, std::size_t packs_before) {
  for (const DeltaForest::Problem& problem : forest.problems()) {
    if (wanted(id_of(problem.node), packs_before)) fail(id_of(problem.node), problem.message);
    if (!problem.base.empty() && !bases_elsewhere_) bases_elsewhere_ = contains(ObjectId::from_raw(problem.base));
  }
}

bool ObjectWalk::contains(const ObjectId& id) const {
  if (!is_first_copy(id, store_.packs_.size())) return true;
  const auto has_it = [&](const std::string& folder) {
    const auto loose = LooseObject::open(folder, id);
    return loose.ok() && *loose != nullptr;
  };
  return std::any_of(store_.folders_.begin(), store_.folders_.end(), has_it);
}

void ObjectWalk::fail(const ObjectId& id, const std::string& message) {
  const std::lock_guard lock(mutex_);
  failing_.emplace(id, message);
}

void ObjectWalk::add_gap(const std::string& path, std::uint64_t offset) {
  const std::lock_guard lock(mutex_);
  problems_.push_back({store_.layout_.shown(path),
                       cat("bytes behind the object at offset ", std::to_string(offset), " belong to no object of the index")});
}

// After a pack or folder has been read: what failed before and was there in a better state is no longer a failure.
template <typename Holds>
void ObjectWalk::settle(const Holds& holds) {
  std::erase_if(failed_, [&](const auto& failure) { return !failing_.contains(failure.first) && holds(failure.first); });
  failed_.merge(failing_);
  failing_.clear();
}

// What is read without the objects it was made of.
void ObjectWalk::visit(unsigned worker, const ObjectId& id, ObjectType type, std::string_view bytes) const {
  if (!visitor_.delta_object) return visitor_.object(worker, id, type, bytes);
  Marks marks;
  visitor_.delta_object(worker, id, type, {bytes, {}, Marks(), marks});
}

void ObjectWalk::walk_loose() {
  std::unordered_set<ObjectId, ObjectIdHash> seen;
  for (const std::string& folder : store_.folders_) {
    std::vector<ObjectId> ids = loose_ids(folder, store_.layout_.format);
    const auto known = [&](const ObjectId& id) {
      return !wanted(id, store_.packs_.size()) || (!failed_.contains(id) && seen.contains(id));
    };
    std::erase_if(ids, known);
    seen.insert(ids.begin(), ids.end());
    std::atomic<std::size_t> next = 0;
    run_workers(std::max(options_.threads, 1U), [&](unsigned worker) {
      for (std::size_t i = next++; i < ids.size() && !stopped(); i = next++) read_loose(worker, ids[i], folder);
    });
    const std::unordered_set<ObjectId, ObjectIdHash> read(ids.begin(), ids.end());
    settle([&](const ObjectId& id) { return read.contains(id); });
  }
}

void ObjectWalk::read_loose(unsigned worker, const ObjectId& id, const std::string& folder) {
  const auto object = LooseObject::open(folder, id);
  if (!object.ok()) return fail(id, object.error().message);
  if (*object == nullptr) return fail(id, kVanished);
  LooseObject& loose = **object;
  if (!options_.types.has(loose.type())) return;
  if (loose.size_hint() > options_.limits.object_bytes && visitor_.large)
    return visitor_.large(worker, id, loose.type(), loose);
  if (loose.size_hint() > options_.limits.object_bytes) {
    return fail(id, cat("object is larger than ", human_bytes(options_.limits.object_bytes)));
  }
  std::string bytes;
  std::array<char, 8192> buffer{};
  Result<std::size_t> count = loose.read(buffer);
  for (; count.ok() && *count > 0; count = loose.read(buffer)) bytes.append(buffer.data(), *count);
  if (count.ok() || !bytes.empty()) visit(worker, id, loose.type(), bytes);  // up to the damage, if there is any
  if (!count.ok()) fail(id, count.error().message);
}

// Loose objects that were packed meanwhile, and deltas whose base lies in another pack.
void ObjectWalk::retry() {
  std::vector<ObjectId> ids;
  bool vanished = false;
  for (const auto& [id, message] : failed_) {
    vanished = vanished || message == kVanished;
    if (bases_elsewhere_ || message == kVanished) ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end(), [](const ObjectId& a, const ObjectId& b) { return a.raw() < b.raw(); });
  if (ids.size() > kMostRetries && !vanished) ids.resize(kMostRetries);
  std::optional<ObjectStore> fresh;
  if (vanished) fresh = ObjectStore::open(store_.layout_, store_.roots_, options_.threads);
  for (const ObjectId& id : ids) {
    const Result<GitObject> object = (fresh ? *fresh : store_).read(id, options_.limits.object_bytes);
    if (!object.ok()) continue;
    if (options_.types.has(object->type)) visit(0, id, object->type, object->bytes);
    failed_.erase(id);
  }
}

void ObjectWalk::report() {
  std::sort(problems_.begin(), problems_.end(),
            [](const Diagnostic& a, const Diagnostic& b) { return std::tie(a.path, a.message) < std::tie(b.path, b.message); });
  std::vector<Diagnostic> objects;
  for (const auto& [id, message] : failed_) objects.push_back({cat("object ", id.hex()), message});
  std::sort(objects.begin(), objects.end(), [](const Diagnostic& a, const Diagnostic& b) { return a.path < b.path; });
  for (const auto* list : {&store_.problems_, &std::as_const(problems_), &std::as_const(objects)}) {
    for (const Diagnostic& diagnostic : *list) visitor_.problem(diagnostic);
  }
}

}  // namespace hfscan
