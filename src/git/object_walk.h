// One run of ObjectStore::for_each: pack after pack, then the loose objects, then what could not be read in the first place.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "git/object_store.h"

namespace hfscan {

class ObjectWalk {
 public:
  // All of them outlive the walk.
  ObjectWalk(const ObjectStore& store, const ObjectWalkOptions& options, const ObjectVisitor& visitor)
      : store_(store), options_(options), visitor_(visitor) {}

  void run();

 private:
  using Failures = std::unordered_map<ObjectId, std::string, ObjectIdHash>;  // each with its message

  void walk_pack_number(std::size_t number);
  [[nodiscard]] bool wanted(const ObjectId& id, std::size_t packs_before) const;
  [[nodiscard]] bool is_first_copy(const ObjectId& id, std::size_t packs_before) const;
  [[nodiscard]] bool stopped() const { return options_.limits.stop != nullptr && options_.limits.stop->load(); }
  [[nodiscard]] bool contains(const ObjectId& id) const;
  template <typename IdOf>
  void add_problems(const DeltaForest& forest, const IdOf& id_of, std::size_t packs_before);
  void walk_loose();
  void read_loose(unsigned worker, const ObjectId& id, const std::string& folder);
  void retry();
  void report();

  // By several threads at once.
  void fail(const ObjectId& id, const std::string& message);
  void add_gap(const std::string& path, std::uint64_t offset);

  void visit(unsigned worker, const ObjectId& id, ObjectType type, std::string_view bytes) const;

  template <typename Holds>
  void settle(const Holds& holds);

  const ObjectStore& store_;
  const ObjectWalkOptions& options_;
  const ObjectVisitor& visitor_;

  std::mutex mutex_;                  // of failing_ and problems_
  Failures failing_;                  // in the pack, or among the loose objects, being read
  Failures failed_;                   // in all copies so far
  std::vector<Diagnostic> problems_;  // with files
  bool bases_elsewhere_ = false;      // a delta has its base in another pack
};

}  // namespace hfscan
