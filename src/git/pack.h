// A pack and its index: single objects by id, and the order in which a walk goes. Thread-safe.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "git/loose_object.h"
#include "git/pack_file.h"
#include "git/pack_index.h"

namespace hfscan {

class Pack {
 public:
  // `path` ends in ".pack". An index that is missing, damaged, incomplete or another pack's is made again in memory, which
  // inflates the whole pack once. Error: the pack cannot be opened, or nothing in it can be found.
  static Result<Pack> open(const std::string& path, ObjectFormat format, unsigned threads);

  [[nodiscard]] const PackFile& file() const { return file_; }
  [[nodiscard]] const PackIndex& index() const { return index_; }

  // Something of the pack that cannot be read and has no name, because no index knows it; empty when all is there.
  [[nodiscard]] const std::string& problem() const { return problem_; }

  // The entries in order of offset, each with its position in the index.
  struct Order {
    std::vector<std::uint64_t> offsets;
    std::vector<std::uint32_t> positions;
  };
  [[nodiscard]] Order order() const;

  // Where an object lies, by its raw id.
  [[nodiscard]] std::optional<std::uint64_t> offset_of(std::string_view raw_id) const;

  // The object at an offset; a chain of deltas is followed as far as it goes. `outside` reads a base that is not in this pack.
  // Errors: "object is larger than ...", "delta chain is too long" (as a cycle is), and those of the parts.
  using ReadBase = std::function<Result<GitObject>(const ObjectId&)>;
  [[nodiscard]] Result<GitObject> read(std::uint64_t offset, std::uint64_t limit, const ReadBase& outside) const;

 private:
  PackFile file_;
  PackIndex index_;
  std::string problem_;
};

}  // namespace hfscan
