// Reads all objects of a pack: every stream is inflated once, children follow their base depth first, the heaviest last, and a
// base is given up before the last of them. So each live buffer has at least as many objects waiting for it as lie below the
// next one, and about log2(objects of the tree) of them live at a time; there is no cache and nothing is inflated twice.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/delta_object.h"
#include "git/delta_forest.h"

namespace hfscan {

struct PackWalkLimits {
  // A larger one is handed out as a stream, or is a problem if it is a delta. At most kMostMarkedBytes.
  std::uint64_t object_bytes = kMostObjectBytes;
  std::uint64_t live_bytes =
      3 * kMostObjectBytes;       // of one thread: bases that wait for their last child, and what is being rebuilt; no marks
  std::uint64_t total_bytes = 0;  // all objects together; 0: 64 times the size of the pack, at least 8 GiB
  const std::atomic<bool>* stop = nullptr;  // once true, the walk ends as soon as the object in hand is done
};

// Called by several threads at once; `worker` is less than the number of threads. Bytes and content are valid during the call.
struct PackVisitor {
  std::function<void(unsigned worker, PackNode node, std::string_view bytes)> object;
  // In place of `object` if it is not empty. A base that is not wanted has no marks.
  std::function<void(unsigned worker, PackNode node, const DeltaObject& object)> delta_object;
  std::function<void(unsigned worker, PackNode node, Content& content)> large;  // empty: too large is a problem
  // An object that could not be read, or not whole: then its bytes up to the damage were visited before.
  std::function<void(PackNode node, const std::string& message)> problem;
  // Between this object and the next one are bytes that belong to neither: the index leaves something out.
  std::function<void(PackNode node)> gap;
};

// Visits what is wanted of the forest, in no order, and names every object below a damaged one. What the forest itself lists as
// problems is not repeated. Returns when all is done; the calling thread is worker 0. Whether an object is within object_bytes
// and live_bytes does not depend on threads or timing. Error: total_bytes are spent, so that not every object was visited or
// named.
Status walk_pack(const PackFile& pack, const DeltaForest& forest, unsigned threads, const PackWalkLimits& limits,
                 const PackVisitor& visitor);

}  // namespace hfscan
