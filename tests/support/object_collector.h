// What ObjectStore::for_each said, in a form that tests can compare.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "git/object_store.h"

namespace hfscan::test {

struct CollectedObjects {
  struct Object {
    ObjectType type = ObjectType::blob;
    std::string bytes;
    bool operator==(const Object&) const = default;
  };
  std::map<std::string, Object> objects;        // by hexadecimal id
  std::map<std::string, std::string> problems;  // message by path
  int repeated = 0;                             // visits of an object that had been visited
};

inline CollectedObjects collect(const ObjectStore& store, const ObjectWalkOptions& options) {
  CollectedObjects collected;
  std::mutex mutex;
  ObjectVisitor visitor;
  visitor.object = [&](unsigned worker, const ObjectId& id, ObjectType type, std::string_view bytes) {
    const std::lock_guard lock(mutex);
    EXPECT_LT(worker, options.threads);
    if (!collected.objects.emplace(id.hex(), CollectedObjects::Object{type, std::string(bytes)}).second) ++collected.repeated;
  };
  visitor.problem = [&](const Diagnostic& diagnostic) { collected.problems.emplace(diagnostic.path, diagnostic.message); };
  store.for_each(options, visitor);
  return collected;
}

inline ObjectWalkOptions every_type(unsigned threads) {
  ObjectWalkOptions options;
  options.types = ObjectTypes::all();
  options.threads = threads;
  return options;
}

}  // namespace hfscan::test
