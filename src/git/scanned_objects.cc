#include "git/scanned_objects.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "git/big_endian.h"

namespace hfscan {
namespace {

// The payload is a sequence of records: an id, then the size and the type of its object in one number, size * 4 + type.
constexpr std::string_view kKindSha1 = "HFSob20a";
constexpr std::string_view kKindSha256 = "HFSob32a";
constexpr std::size_t kNoteBytes = sizeof(std::uint64_t);
constexpr std::size_t kPrefixes = std::size_t{1} << 16U;

Seal seal_of(const ScannedObjectsFile& file) {
  return {file.format == ObjectFormat::sha1 ? kKindSha1 : kKindSha256, file.basis};
}

std::size_t prefix_of(std::string_view id) {
  return std::size_t{static_cast<unsigned char>(id[0])} << 8U | static_cast<unsigned char>(id[1]);
}

// A record that is to be put in order, with the first bytes of its id as a number: most comparisons end there.
struct Keyed {
  std::uint64_t key;
  std::string_view record;

  [[nodiscard]] std::string_view id() const { return record.substr(0, record.size() - kNoteBytes); }
  bool operator<(const Keyed& other) const { return key != other.key ? key < other.key : id() < other.id(); }
};

void append_records(std::vector<Keyed>& out, std::string_view records, std::size_t width) {
  for (; records.size() >= width; records.remove_prefix(width)) {
    out.push_back({read_big_endian64(records.data()), records.substr(0, width)});
  }
}

// `sorted` as bytes, each id once.
std::string payload_of(const std::vector<Keyed>& sorted, std::size_t width) {
  std::string payload;
  payload.reserve(sorted.size() * width);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i == 0 || sorted[i].id() != sorted[i - 1].id()) payload.append(sorted[i].record);
  }
  return payload;
}

}  // namespace

ScannedObject ScannedObjects::object_of(std::string_view record) {
  std::uint64_t note = 0;
  std::memcpy(&note, record.data() + record.size() - kNoteBytes, kNoteBytes);
  return {static_cast<ObjectType>(note & 3U), note >> 2U};
}

void ScannedList::add(const ObjectId& id, ScannedObject object) {
  const std::uint64_t note = object.size << 2U | static_cast<std::uint64_t>(object.type);
  records_.append(id.raw()).append(reinterpret_cast<const char*>(&note), sizeof note);
}

ScannedObjects ScannedObjects::read(ScannedObjectsFile file) {
  ScannedObjects objects;
  objects.file_ = std::move(file);
  objects.width_ = static_cast<std::size_t>(objects.file_.format) + kNoteBytes;
  objects.bytes_ = SealedFile::read(objects.file_.path, seal_of(objects.file_));
  if (objects.bytes_) objects.records_ = objects.bytes_->payload();
  objects.index_prefixes();
  return objects;
}

ScannedObjects ScannedObjects::none(ScannedObjectsFile file) {
  ScannedObjects objects;
  objects.width_ = static_cast<std::size_t>(file.format) + kNoteBytes;
  objects.file_ = std::move(file);
  return objects;
}

void ScannedObjects::index_prefixes() {
  ends_.assign(kPrefixes, 0);
  for (std::size_t position = 0; position < size(); ++position) ++ends_[prefix_of(record(position))];
  std::uint32_t end = 0;
  for (std::uint32_t& count : ends_) count = end += count;
}

std::optional<ScannedObject> ScannedObjects::find(std::string_view raw) const {
  if (records_.empty() || raw.size() + kNoteBytes != width_) return std::nullopt;
  const std::size_t prefix = prefix_of(raw);
  std::size_t begin = prefix == 0 ? 0 : ends_[prefix - 1];
  std::size_t end = ends_[prefix];
  while (begin < end) {
    const std::size_t middle = begin + (end - begin) / 2;
    const int order = record(middle).compare(0, raw.size(), raw);
    if (order == 0) return object_of(record(middle));
    (order < 0 ? begin : end) = order < 0 ? middle + 1 : middle;
  }
  return std::nullopt;
}

Status ScannedObjects::write_with(std::span<const ScannedList> added) const {
  if (!keeps()) return {};
  std::size_t bytes = records_.size();
  for (const ScannedList& list : added) bytes += list.records_.size();
  std::vector<Keyed> records;
  records.reserve(bytes / width_);
  append_records(records, records_, width_);
  const auto known = static_cast<std::ptrdiff_t>(records.size());
  for (const ScannedList& list : added) append_records(records, list.records_, width_);
  if (std::cmp_equal(records.size(), known)) return {};
  std::sort(records.begin() + known, records.end());
  std::inplace_merge(records.begin(), records.begin() + known, records.end());
  return SealedFile::write(file_.path, seal_of(file_), payload_of(records, width_));
}

}  // namespace hfscan
