#include "git/pack.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/text.h"
#include "git/delta.h"
#include "git/inflate.h"
#include "git/pack_indexer.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostDeltas = 10000;  // as in a walk

// Whether the index is of this pack and can name all of it. Two entries at one offset show in a walk.
bool belongs_to(const PackIndex& index, const PackFile& pack) {
  if (index.count() != pack.object_count() || index.pack_checksum() != pack.checksum()) return false;
  for (std::uint32_t i = 0; i < index.count(); ++i) {
    const std::uint64_t offset = index.offset(i);
    if (offset < PackFile::first_offset() || offset >= pack.end_offset()) return false;
  }
  return true;
}

Result<std::string> inflate_whole(StreamInflater& inflater, const PackEntry& entry, std::uint64_t limit) {
  if (!can_inflate_to(entry.size, entry.stream.size())) return Error{"object is shorter than its header says"};
  if (entry.size > limit) return Error{cat("object is larger than ", human_bytes(limit))};
  std::string bytes(static_cast<std::size_t>(entry.size), '\0');
  HFSCAN_TRY(inflater.inflate(entry.stream, bytes));
  return bytes;
}

Result<std::string> rebuild(std::string_view delta_bytes, std::string_view base, std::uint64_t limit) {
  HFSCAN_TRY_ASSIGN(const DeltaHeader delta, read_delta_header(delta_bytes));
  if (delta.result_size > limit) return Error{cat("object is larger than ", human_bytes(limit))};
  std::string result(static_cast<std::size_t>(delta.result_size), '\0');
  HFSCAN_TRY(apply_delta(delta, base, result));
  return result;
}

struct Place {
  std::uint64_t offset;
  std::uint32_t position;
};

// Digit by digit, the least significant first: a third of the time that comparing takes, which counts, for no second thread can
// help yet.
void sort_by_offset(std::vector<Place>& places) {
  constexpr unsigned kDigitBits = 11;
  constexpr std::uint64_t kDigits = 1U << kDigitBits;
  std::uint64_t largest = 0;
  for (const Place& place : places) largest = std::max(largest, place.offset);
  std::vector<Place> sorted(places.size());
  for (unsigned shift = 0; shift < 64 && largest >> shift != 0; shift += kDigitBits) {
    std::array<std::uint32_t, kDigits + 1> begin{};
    for (const Place& place : places) ++begin.at((place.offset >> shift) % kDigits + 1);
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    for (const Place& place : places) sorted[begin.at((place.offset >> shift) % kDigits)++] = place;
    places.swap(sorted);
  }
}

}  // namespace

Result<Pack> Pack::open(const std::string& path, ObjectFormat format, unsigned threads) {
  Pack pack;
  HFSCAN_TRY_ASSIGN(pack.file_, PackFile::open(path, format));
  Result<PackIndex> index = PackIndex::open(path.substr(0, path.size() - 4) + "idx", format);
  if (index.ok() && belongs_to(*index, pack.file_)) {
    pack.index_ = std::move(*index);
    return pack;
  }
  IndexedPack indexed = index_pack(pack.file_, threads);
  // A pack that is cut short: its old index at least names what is gone.
  if (!indexed.problem.empty() && index.ok() && index->count() > indexed.count) {
    pack.index_ = std::move(*index);
    return pack;
  }
  HFSCAN_TRY_ASSIGN(pack.index_, PackIndex::from_bytes(std::move(indexed.index), format));
  pack.problem_ = std::move(indexed.problem);
  return pack;
}

Pack::Order Pack::order() const {
  std::vector<Place> places(index_.count());
  for (std::uint32_t i = 0; i < index_.count(); ++i) places[i] = {index_.offset(i), i};
  sort_by_offset(places);
  Order order;
  order.offsets.reserve(places.size());
  order.positions.reserve(places.size());
  for (const Place& place : places) {
    order.offsets.push_back(place.offset);
    order.positions.push_back(place.position);
  }
  return order;
}

std::optional<std::uint64_t> Pack::offset_of(std::string_view raw_id) const {
  const std::optional<std::uint32_t> position = index_.find(raw_id);
  if (!position) return std::nullopt;
  return index_.offset(*position);
}

Result<GitObject> Pack::read(std::uint64_t offset, std::uint64_t limit, const ReadBase& outside) const {
  std::vector<PackEntry> deltas;
  HFSCAN_TRY_ASSIGN(PackEntry entry, file_.entry(offset, file_.end_offset()));
  std::optional<ObjectId> outside_base;
  while (entry.is_delta() && !outside_base) {
    if (deltas.size() == kMostDeltas) return Error{"delta chain is too long"};
    deltas.push_back(entry);
    const bool by_id = entry.kind == PackEntryKind::reference_delta;
    const std::optional<std::uint64_t> base = by_id ? offset_of(entry.base_id) : entry.base_offset;
    if (!base) {
      outside_base = ObjectId::from_raw(entry.base_id);
    } else {
      HFSCAN_TRY_ASSIGN(entry, file_.entry(*base, file_.end_offset()));
    }
  }
  StreamInflater inflater;
  GitObject object;
  if (outside_base) {
    HFSCAN_TRY_ASSIGN(object, outside(*outside_base));
  } else {
    object.type = object_type_of(entry.kind);
    HFSCAN_TRY_ASSIGN(object.bytes, inflate_whole(inflater, entry, limit));
  }
  for (; !deltas.empty(); deltas.pop_back()) {
    HFSCAN_TRY_ASSIGN(const std::string delta_bytes, inflate_whole(inflater, deltas.back(), limit));
    HFSCAN_TRY_ASSIGN(object.bytes, rebuild(delta_bytes, object.bytes, limit));
  }
  return object;
}

}  // namespace hfscan
