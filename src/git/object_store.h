// All objects of a repository, wherever they lie: packs, loose objects, alternates. Which of them are there is decided by
// looking at the files, never by refs, so that what is unreachable, stashed or hidden is seen too, and a broken ref hides
// nothing.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/delta_object.h"
#include "core/diagnostic.h"
#include "git/layout.h"
#include "git/pack.h"
#include "git/pack_walk.h"

namespace hfscan {

struct ObjectWalkOptions {
  ObjectTypes types = {ObjectType::blob};            // what is not asked for costs next to nothing
  std::function<bool(const ObjectId&)> wanted = {};  // of those types; empty: every one. Called by several threads at once
  unsigned threads = 1;
  PackWalkLimits limits;
};

// Called by several threads at once; `worker` is less than the number of threads. Bytes and content are valid during the call.
struct ObjectVisitor {
  std::function<void(unsigned worker, const ObjectId&, ObjectType, std::string_view bytes)> object;
  // In place of `object` if it is not empty: for a reader that looks only at what is new in an object. The marks of a base are
  // there when it was visited in the same pack.
  std::function<void(unsigned worker, const ObjectId&, ObjectType, const DeltaObject& object)> delta_object;
  // An object larger than limits.object_bytes that is no delta; empty: it is a problem.
  std::function<void(unsigned worker, const ObjectId&, ObjectType, Content&)> large;
  // An object ("object 0123...") or a file that could not be read; from the calling thread, in an order that is always the
  // same.
  std::function<void(Diagnostic)> problem;
};

// Immutable once opened, so thread-safe.
class ObjectStore {
 public:
  // Holds nothing.
  ObjectStore() = default;

  // Every pack is opened; one without a usable index is indexed in memory, by so many threads. Alternates are read when they
  // lie in one of `roots` (absolute, without links; "/" allows all). What cannot be opened is reported by for_each.
  static ObjectStore open(const RepositoryLayout& layout, const std::vector<std::string>& roots, unsigned threads);

  // Visits every object of the types once, however many copies there are, in no order. What one copy cannot give is taken from
  // another; an object that none gives is a problem. A multi-pack-index is not needed and not read.
  void for_each(const ObjectWalkOptions& options, const ObjectVisitor& visitor) const;

  // One object of at most `limit` bytes, from the first copy that can be read. The error does not name it: "object is missing",
  // and which file could not be opened, if there is one.
  [[nodiscard]] Result<GitObject> read(const ObjectId& id, std::uint64_t limit = kMostObjectBytes) const;

  [[nodiscard]] ObjectFormat format() const { return layout_.format; }

  // Objects in packs, copies counted: about what for_each will visit, where loose objects are few.
  [[nodiscard]] std::uint64_t packed_count() const;

  // Whether a pack says that it leaves out objects on purpose: a partial clone (gitformat-pack(5), `.promisor`).
  [[nodiscard]] bool is_partial() const;

 private:
  friend class ObjectWalk;
  friend class PresentObjects;

  void add_folder(const std::string& folder, unsigned threads);
  void open_packs(const std::string& folder, unsigned threads);
  [[nodiscard]] Result<GitObject> read_copy(const ObjectId& id, std::uint64_t limit, int hops) const;

  struct NamedPack {
    std::string path;
    Pack pack;
  };

  RepositoryLayout layout_;
  std::vector<std::string> roots_;
  std::vector<std::string> folders_;
  std::vector<NamedPack> packs_;
  std::vector<Diagnostic> problems_;
};

}  // namespace hfscan
