// Packs made by hand, as git's own programs would never write them: any size in a header, any base, any delta.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "git/object_id.h"
#include "git/pack_file.h"

namespace hfscan::test {

// A zlib stream of the best compression.
std::string zlib_stream(std::string_view bytes);

// Parts of a delta.
std::string delta_size(std::uint64_t size);
std::string delta_sizes(std::uint64_t base, std::uint64_t result);
std::string delta_copy(std::uint32_t offset, std::uint32_t size);  // size up to 0xFFFFFF
std::string delta_insert(std::string_view bytes);                  // up to 127

// What an id would be, for objects that can never be rebuilt.
ObjectId invented_id(std::string_view name);

class PackWriter {
 public:
  // Each returns the offset of the new entry. `size` is what the header claims.
  std::uint64_t add(PackEntryKind kind, const ObjectId& id, std::uint64_t size, std::string_view stream);
  std::uint64_t add_blob(std::string_view bytes);
  std::uint64_t add_offset_delta(const ObjectId& id, std::uint64_t distance, std::string_view delta);
  std::uint64_t add_reference_delta(const ObjectId& id, const ObjectId& base, std::string_view delta);
  // Bytes that belong to no entry.
  void add_raw(std::string_view bytes) { entries_.append(bytes); }

  [[nodiscard]] std::uint64_t next_offset() const { return 12 + entries_.size(); }
  [[nodiscard]] std::string pack() const;
  [[nodiscard]] std::string index() const;

 private:
  std::string entries_;
  std::vector<std::pair<ObjectId, std::uint64_t>> ids_;
};

}  // namespace hfscan::test
