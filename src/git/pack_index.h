// The index of a pack, version 2 (gitformat-pack(5)): which object lies at which offset. Separate from the pack because it may
// be missing or damaged, and is then made again in memory (pack_indexer), in the same format, so that there is one reader.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/mapped_file.h"
#include "git/object_id.h"

namespace hfscan {

// Thread-safe. Every position is less than count().
class PackIndex {
 public:
  // Errors do not name the path: "pack index is damaged", "pack index of an unknown version".
  static Result<PackIndex> open(const std::string& path, ObjectFormat format);
  static Result<PackIndex> from_bytes(std::string bytes, ObjectFormat format);

  [[nodiscard]] std::uint32_t count() const { return count_; }
  [[nodiscard]] std::string_view raw_id(std::uint32_t position) const;
  [[nodiscard]] ObjectId id(std::uint32_t position) const { return ObjectId::from_raw(raw_id(position)); }
  // As the index claims; kNoOffset when it points outside of its own table.
  static constexpr std::uint64_t kNoOffset = ~std::uint64_t{0};
  [[nodiscard]] std::uint64_t offset(std::uint32_t position) const;
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view id) const;
  // That of the pack it was made for.
  [[nodiscard]] std::string_view pack_checksum() const;

 private:
  Status parse(ObjectFormat format);
  void close_in(std::string_view id, std::uint32_t& low, std::uint32_t& high) const;
  [[nodiscard]] std::string_view bytes() const { return memory_.empty() ? file_.bytes() : std::string_view(memory_); }
  [[nodiscard]] std::size_t ids_begin() const;
  [[nodiscard]] std::size_t offsets_begin() const;
  [[nodiscard]] std::size_t large_offsets_begin() const;

  MappedFile file_;
  std::string memory_;  // instead of the file
  std::size_t id_size_ = 0;
  std::uint32_t count_ = 0;
  std::uint64_t large_count_ = 0;  // offsets of 2 GiB and more
};

// An index of this format. `entries` in any order.
struct IndexedEntry {
  ObjectId id;
  std::uint64_t offset = 0;
};
std::string write_pack_index(std::vector<IndexedEntry> entries, std::string_view pack_checksum);

}  // namespace hfscan
