// Every object of a repository, reachable or not, as the git program hands it out: what tests of readers and walks start from.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>

#include "support/scratch_repository.h"

namespace hfscan::test {

struct StoredObject {
  std::string type;
  std::string bytes;
};

// By hexadecimal id.
using StoredObjects = std::map<std::string, StoredObject>;

inline StoredObjects stored_objects(const ScratchRepository& repository, const std::string& folder = "") {
  StoredObjects objects;
  std::istringstream in(repository.git({"cat-file", "--batch-all-objects", "--batch"}, folder));
  std::string id, type;
  for (std::size_t size = 0; in >> id >> type >> size;) {
    in.get();  // the end of the header line
    std::string bytes(size, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(size));
    objects[id] = {type, std::move(bytes)};
  }
  return objects;
}

}  // namespace hfscan::test
