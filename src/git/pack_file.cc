#include "git/pack_file.h"

#include <algorithm>
#include <array>

#include "base/inflate.h"
#include "git/big_endian.h"

namespace hfscan {
namespace {

constexpr std::size_t kHeaderSize = 12;    // "PACK", version, number of objects
constexpr unsigned kMostOffsetBytes = 10;  // 64 bits in groups of seven

std::uint64_t take_byte(std::string_view& bytes) {
  const auto byte = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  return byte;
}

// Three bits of kind and four of the size, then seven bits of the size a byte, the least significant first.
bool take_kind_and_size(std::string_view& bytes, PackEntry& entry) {
  if (bytes.empty()) return false;
  std::uint64_t byte = take_byte(bytes);
  entry.kind = static_cast<PackEntryKind>(byte >> 4U & 7U);
  entry.size = byte & 15U;
  for (unsigned shift = 4; (byte & 0x80U) != 0; shift += 7) {
    if (bytes.empty() || shift > 63 - 7) return false;
    byte = take_byte(bytes);
    entry.size |= (byte & 0x7FU) << shift;
  }
  return true;
}

// How far before the entry its base lies: seven bits a byte, the most significant first, each further byte adding one. 0 when
// it is damaged.
std::uint64_t take_distance(std::string_view& bytes) {
  std::uint64_t distance = 0;
  for (unsigned i = 0; i < kMostOffsetBytes && !bytes.empty(); ++i) {
    const std::uint64_t byte = take_byte(bytes);
    distance = distance << 7U | (byte & 0x7FU);
    if ((byte & 0x80U) == 0) return distance;
    if (distance >= std::uint64_t{1} << 56U) return 0;
    ++distance;
  }
  return 0;
}

Error damaged() { return Error{"pack entry is damaged"}; }

class PackStream : public Content {
 public:
  explicit PackStream(const PackEntry& entry) : input_(entry.stream), size_(entry.size) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size_ - given_, buffer.size()));
    if (given_ == size_) {
      HFSCAN_TRY(check_end());
      return std::size_t{0};
    }
    HFSCAN_TRY_ASSIGN(const std::size_t count, inflate_some(buffer.first(wanted)));
    if (count == 0 && wanted > 0) return Error{"object is shorter than its header says"};
    given_ += count;
    return count;
  }
  [[nodiscard]] std::uint64_t size_hint() const override { return size_; }

 private:
  // 0 only at the end of the stream.
  Result<std::size_t> inflate_some(std::span<char> buffer) {
    while (!finished_ && !buffer.empty()) {
      HFSCAN_TRY_ASSIGN(const Inflater::Step step, inflater_.step(input_, buffer));
      input_.remove_prefix(step.consumed);
      finished_ = step.finished;
      if (step.produced > 0) return step.produced;
      if (step.consumed == 0 && !finished_) return Error{"zlib stream is damaged"};
    }
    return std::size_t{0};
  }

  Status check_end() {
    std::array<char, 1> extra{};
    HFSCAN_TRY_ASSIGN(const std::size_t count, inflate_some(extra));
    if (count > 0) return Error{"object is longer than its header says"};
    return {};
  }

  Inflater inflater_;
  std::string_view input_;
  std::uint64_t size_;
  std::uint64_t given_ = 0;
  bool finished_ = false;
};

}  // namespace

ObjectType object_type_of(PackEntryKind kind) {
  switch (kind) {
    case PackEntryKind::commit: return ObjectType::commit;
    case PackEntryKind::tree: return ObjectType::tree;
    case PackEntryKind::tag: return ObjectType::tag;
    default: return ObjectType::blob;
  }
}

Result<PackFile> PackFile::open(const std::string& path, ObjectFormat format) {
  PackFile pack;
  HFSCAN_TRY_ASSIGN(pack.file_, MappedFile::open(path));
  pack.format_ = format;
  const std::string_view bytes = pack.bytes();
  if (bytes.size() < kHeaderSize || bytes.substr(0, 4) != "PACK") return Error{"not a pack file"};
  const std::uint32_t version = read_big_endian32(bytes.data() + 4);
  if (version != 2 && version != 3) return Error{"pack file of an unknown version"};
  return pack;
}

std::uint32_t PackFile::object_count() const { return read_big_endian32(bytes().data() + 8); }

std::uint64_t PackFile::end_offset() const {
  const auto checksum_size = static_cast<std::uint64_t>(format_);
  return std::max<std::uint64_t>(kHeaderSize, bytes().size() - std::min<std::uint64_t>(checksum_size, bytes().size()));
}

std::string_view PackFile::checksum() const { return bytes().substr(static_cast<std::size_t>(end_offset())); }

Result<PackEntry> PackFile::entry(std::uint64_t offset, std::uint64_t end) const {
  if (offset < kHeaderSize || offset >= end || end > end_offset()) return damaged();
  std::string_view rest = bytes().substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(end - offset));
  PackEntry entry;
  if (!take_kind_and_size(rest, entry) || entry.kind == PackEntryKind::none || static_cast<int>(entry.kind) == 5)
    return damaged();
  if (entry.kind == PackEntryKind::offset_delta) {
    const std::uint64_t distance = take_distance(rest);
    if (distance == 0 || distance > offset - kHeaderSize) return damaged();
    entry.base_offset = offset - distance;
  }
  if (entry.kind == PackEntryKind::reference_delta) {
    const auto id_size = static_cast<std::size_t>(format_);
    if (rest.size() < id_size) return damaged();
    entry.base_id = rest.substr(0, id_size);
    rest.remove_prefix(id_size);
  }
  entry.stream = rest;
  return entry;
}

std::unique_ptr<Content> open_stream(const PackEntry& entry) { return std::make_unique<PackStream>(entry); }

}  // namespace hfscan
