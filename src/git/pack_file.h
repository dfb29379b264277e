// The bytes of one pack (gitformat-pack(5)) and the entries in it, without knowledge of ids: those are the index's.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/mapped_file.h"
#include "core/blob.h"
#include "git/loose_object.h"
#include "git/object_id.h"

namespace hfscan {

// The numbers are those of the format.
enum class PackEntryKind : std::uint8_t {
  none = 0,
  commit = 1,
  tree = 2,
  blob = 3,
  tag = 4,
  offset_delta = 6,
  reference_delta = 7
};

// Only for a kind that is no delta.
ObjectType object_type_of(PackEntryKind kind);

struct PackEntry {
  PackEntryKind kind = PackEntryKind::none;
  std::uint64_t size = 0;         // of the inflated object or delta, as the header claims
  std::uint64_t base_offset = 0;  // of an offset_delta: always before the entry
  std::string_view base_id;       // of a reference_delta: raw
  std::string_view stream;        // the zlib stream, and whatever follows up to the end that was asked for

  [[nodiscard]] bool is_delta() const { return kind == PackEntryKind::offset_delta || kind == PackEntryKind::reference_delta; }
};

// Thread-safe. The file stays mapped, so that it may be deleted meanwhile.
class PackFile {
 public:
  // Version 2 or 3. Errors do not name the path: "not a pack file". A pack that is cut short is opened all the same.
  static Result<PackFile> open(const std::string& path, ObjectFormat format);

  [[nodiscard]] std::uint32_t object_count() const;  // as the header claims
  [[nodiscard]] std::uint64_t size() const { return bytes().size(); }
  [[nodiscard]] static std::uint64_t first_offset() { return 12; }  // of the first entry, behind the header
  [[nodiscard]] std::uint64_t end_offset() const;                   // of the last entry: where the checksum begins
  [[nodiscard]] std::string_view checksum() const;                  // not verified
  [[nodiscard]] ObjectFormat format() const { return format_; }

  // The header of the entry that lies in `offset` up to `end`, the offset of the next one. Error: "pack entry is damaged".
  [[nodiscard]] Result<PackEntry> entry(std::uint64_t offset, std::uint64_t end) const;

 private:
  [[nodiscard]] std::string_view bytes() const { return file_.bytes(); }

  MappedFile file_;
  ObjectFormat format_ = ObjectFormat::sha1;
};

// The inflated bytes of an entry in constant memory, for those too large to be held; the pack must outlive it. Reading ends
// with an error when the stream is damaged, or longer or shorter than the header says.
std::unique_ptr<Content> open_stream(const PackEntry& entry);

}  // namespace hfscan
