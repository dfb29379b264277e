#include "support/pack_writer.h"

#include <zlib.h>

#include <algorithm>

#include "base/sha256.h"
#include "git/big_endian.h"
#include "git/object_hash.h"
#include "git/pack_index.h"

namespace hfscan::test {
namespace {

std::string entry_header(PackEntryKind kind, std::uint64_t size) {
  std::string out;
  auto byte = static_cast<unsigned>(kind) << 4U | static_cast<unsigned>(size & 15U);
  for (size >>= 4U; size != 0; size >>= 7U) {
    out.push_back(static_cast<char>(byte | 0x80U));
    byte = static_cast<unsigned>(size & 0x7FU);
  }
  out.push_back(static_cast<char>(byte));
  return out;
}

std::string distance_bytes(std::uint64_t distance) {
  std::string out(1, static_cast<char>(distance & 0x7FU));
  while ((distance >>= 7U) != 0) out.push_back(static_cast<char>(0x80U | (--distance & 0x7FU)));
  std::reverse(out.begin(), out.end());
  return out;
}

// Nobody verifies it, but index and pack have to agree on it.
std::string checksum() { return std::string(20, 'c'); }

}  // namespace

std::string zlib_stream(std::string_view bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string out(size, '\0');
  compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
            static_cast<uLong>(bytes.size()), Z_BEST_COMPRESSION);
  out.resize(size);
  return out;
}

std::string delta_size(std::uint64_t size) {
  std::string out;
  for (; size > 0x7F; size >>= 7U) out.push_back(static_cast<char>(0x80U | (size & 0x7FU)));
  out.push_back(static_cast<char>(size));
  return out;
}

std::string delta_sizes(std::uint64_t base, std::uint64_t result) { return delta_size(base) + delta_size(result); }

std::string delta_copy(std::uint32_t offset, std::uint32_t size) {
  unsigned instruction = 0x80;
  std::string operands;
  for (unsigned i = 0; i < 7; ++i) {
    const unsigned byte = (i < 4 ? offset >> 8U * i : size >> 8U * (i - 4)) & 0xFFU;
    if (byte == 0) continue;
    instruction |= 1U << i;
    operands.push_back(static_cast<char>(byte));
  }
  return static_cast<char>(instruction) + operands;
}

std::string delta_insert(std::string_view bytes) { return static_cast<char>(bytes.size()) + std::string(bytes); }

ObjectId invented_id(std::string_view name) {
  const Sha256Digest digest = sha256(name);
  return ObjectId::from_raw({reinterpret_cast<const char*>(digest.data()), 20});
}

std::uint64_t PackWriter::add(PackEntryKind kind, const ObjectId& id, std::uint64_t size, std::string_view stream) {
  const std::uint64_t offset = next_offset();
  ids_.emplace_back(id, offset);
  entries_ += entry_header(kind, size);
  entries_ += stream;
  return offset;
}

std::uint64_t PackWriter::add_blob(std::string_view bytes) {
  return add(PackEntryKind::blob, hash_object(ObjectType::blob, bytes, ObjectFormat::sha1), bytes.size(), zlib_stream(bytes));
}

std::uint64_t PackWriter::add_offset_delta(const ObjectId& id, std::uint64_t distance, std::string_view delta) {
  return add(PackEntryKind::offset_delta, id, delta.size(), distance_bytes(distance) + zlib_stream(delta));
}

std::uint64_t PackWriter::add_reference_delta(const ObjectId& id, const ObjectId& base, std::string_view delta) {
  return add(PackEntryKind::reference_delta, id, delta.size(), std::string(base.raw()) + zlib_stream(delta));
}

std::string PackWriter::pack() const {
  std::string out = "PACK";
  append_big_endian32(out, 2);
  append_big_endian32(out, static_cast<std::uint32_t>(ids_.size()));
  return out + entries_ + checksum();
}

std::string PackWriter::index() const {
  std::vector<IndexedEntry> entries;
  for (const auto& [id, offset] : ids_) entries.push_back({id, offset});
  return write_pack_index(std::move(entries), checksum());
}

}  // namespace hfscan::test
