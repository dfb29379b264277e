#include "git/pack_indexer.h"

#include <array>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/inflate.h"
#include "base/text.h"
#include "git/inflate.h"
#include "git/object_hash.h"
#include "git/pack_index.h"
#include "git/pack_walk.h"

namespace hfscan {
namespace {

// Each round names the deltas whose base, given by its id, was named in an earlier one. git writes chains of at most 50 by
// default.
constexpr int kMostRounds = 256;

// How much of its stream a large entry takes, in constant memory.
Result<std::size_t> length_of_large(const PackEntry& entry) {
  Inflater inflater;
  std::array<char, 65536> window{};
  std::string_view rest = entry.stream;
  std::uint64_t size = 0;
  for (bool finished = false; !finished;) {
    HFSCAN_TRY_ASSIGN(const Inflater::Step step, inflater.step(rest, window));
    rest.remove_prefix(step.consumed);
    size += step.produced;
    finished = step.finished;
    if (size > entry.size) return Error{"object is longer than its header says"};
    if (step.consumed + step.produced == 0 && !finished) return Error{"zlib stream is damaged"};
  }
  return entry.stream.size() - rest.size();
}

// How much of its stream the entry takes.
Result<std::size_t> length_of(const PackEntry& entry, StreamInflater& inflater, std::string& scratch) {
  if (!can_inflate_to(entry.size, entry.stream.size())) return Error{"object is shorter than its header says"};
  if (entry.size <= kMostObjectBytes) {
    if (scratch.size() < entry.size) scratch.resize(static_cast<std::size_t>(entry.size));
    return inflater.inflate(entry.stream, std::span(scratch).first(static_cast<std::size_t>(entry.size)));
  }
  return length_of_large(entry);
}

struct Entries {
  std::vector<std::uint64_t> offsets;
  std::string problem;
};

Entries find_entries(const PackFile& pack) {
  Entries entries;
  StreamInflater inflater;
  std::string scratch;
  std::uint64_t offset = PackFile::first_offset();
  while (offset < pack.end_offset()) {
    const Result<PackEntry> entry = pack.entry(offset, pack.end_offset());
    const Result<std::size_t> length = entry.ok() ? length_of(*entry, inflater, scratch) : Result<std::size_t>(entry.error());
    if (!length.ok()) {
      entries.problem = cat("without an index, objects from offset ", std::to_string(offset),
                            " on cannot be found: ", length.error().message);
      return entries;
    }
    entries.offsets.push_back(offset);
    offset = pack.end_offset() - entry->stream.size() + *length;
  }
  if (entries.offsets.size() < pack.object_count()) {
    entries.problem =
        cat("holds ", with_thousands(entries.offsets.size()), " objects of ", with_thousands(pack.object_count()));
  }
  return entries;
}

class Naming {
 public:
  Naming(const PackFile& pack, std::vector<std::uint64_t> offsets)
      : pack_(pack), offsets_(std::move(offsets)), ids_(offsets_.size()) {}

  std::vector<IndexedEntry> run(unsigned threads) {
    for (int round = 0; round < kMostRounds && name_some(threads); ++round) {
    }
    std::vector<IndexedEntry> named;
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (ids_[i].size != 0) named.push_back({ids_[i], offsets_[i]});
    }
    return named;
  }

 private:
  // False when no further object got its id.
  bool name_some(unsigned threads) {
    DeltaForestOptions options;
    options.offset_of = [this](std::string_view raw_id) -> std::optional<std::uint64_t> {
      const auto found = by_id_.find(ObjectId::from_raw(raw_id));
      if (found == by_id_.end()) return std::nullopt;
      return found->second;
    };
    options.threads = threads;
    options.wanted = [this](PackNode node) { return ids_[node].size == 0; };
    const DeltaForest forest(pack_, offsets_, options);
    PackVisitor visitor;
    visitor.object = [&](unsigned, PackNode node, std::string_view bytes) {
      ids_[node] = hash_object(forest.type(node), bytes, pack_.format());
    };
    visitor.problem = [&](PackNode node, const std::string&) { ids_[node] = {}; };  // it was visited in part
    visitor.gap = [](PackNode) {};
    const Status walked = walk_pack(pack_, forest, threads, {}, visitor);
    const std::size_t before = by_id_.size();
    for (std::size_t i = 0; i < ids_.size(); ++i) {
      if (ids_[i].size != 0) by_id_.emplace(ids_[i], offsets_[i]);
    }
    return walked.ok() && by_id_.size() > before;
  }

  const PackFile& pack_;
  std::vector<std::uint64_t> offsets_;
  std::vector<ObjectId> ids_;  // by node; no two threads write to the same one
  std::unordered_map<ObjectId, std::uint64_t, ObjectIdHash> by_id_;
};

}  // namespace

IndexedPack index_pack(const PackFile& pack, unsigned threads) {
  Entries entries = find_entries(pack);
  const std::size_t found = entries.offsets.size();
  std::vector<IndexedEntry> named = Naming(pack, std::move(entries.offsets)).run(threads);
  IndexedPack indexed;
  indexed.count = static_cast<std::uint32_t>(named.size());
  indexed.problem = std::move(entries.problem);
  if (indexed.problem.empty() && named.size() < found) {
    indexed.problem = cat("without an index, ", count_of(found - named.size(), "object", "objects"), " could not be rebuilt");
  }
  indexed.index = write_pack_index(std::move(named), pack.checksum());
  return indexed;
}

}  // namespace hfscan
