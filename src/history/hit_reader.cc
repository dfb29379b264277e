// Tested by tests/unit/history/history_scan_test.cc.
#include "history/hit_reader.h"

#include <algorithm>
#include <map>
#include <thread>
#include <unordered_map>

#include "base/run_workers.h"
#include "base/text.h"
#include "scan/item_scan.h"
#include "scan/watched_content.h"

namespace hfscan {
namespace {

// Up to so many objects are read one by one: resolving the deltas of a whole pack takes longer.
constexpr std::size_t kFewObjects = 64;

// The two texts of a commit or tag: its message, and the lines before it with the people in them.
struct CommitTexts {
  std::string headers;
  std::string message;
};

CommitTexts split_message(std::string bytes) {
  const std::size_t gap = std::min(bytes.find("\n\n"), bytes.size());
  CommitTexts texts;
  texts.message = bytes.substr(std::min(gap + 2, bytes.size()));
  bytes.resize(gap);
  texts.headers = std::move(bytes);
  return texts;
}

ReadUnit unit_of(const HitPlace& place, PlaceKind kind, std::uint32_t index) {
  ReadUnit unit;
  unit.item.path = place.path;
  unit.item.kind = kind;
  if (place.object.size != 0) unit.item.object_id = place.object.hex();
  unit.places = {index};
  return unit;
}

class UnitMaker {
 public:
  UnitMaker(const ObjectStore& store, const HitPlaces& places, const Detector& detector)
      : store_(store), places_(places.places), detector_(detector) {}

  void add(std::uint32_t index) {
    const HitPlace& place = places_[index];
    switch (place.kind) {
      case PlaceKind::commit_message:
      case PlaceKind::tag_message: return add_message(place, index);
      case PlaceKind::path: return add_name(place, index);
      default: return add_blob(place, index);
    }
  }

  std::vector<ReadUnit> take() { return std::move(units_); }

 private:
  void add_message(const HitPlace& place, std::uint32_t index) {
    Result<GitObject> object = store_.read(place.object);
    CommitTexts texts = split_message(object.ok() ? std::move(object->bytes) : std::string());
    units_.push_back(unit_of(place, place.kind, index));
    units_.back().bytes = std::move(texts.message);
    units_.push_back(unit_of(place, PlaceKind::ident, index));
    units_.back().bytes = std::move(texts.headers);
  }

  void add_name(const HitPlace& place, std::uint32_t index) {
    units_.push_back(unit_of(place, place.kind, index));
    units_.back().bytes = file_name(place.path);
  }

  void add_blob(const HitPlace& place, std::uint32_t index) {
    const auto [entry, fresh] =
        by_key_.try_emplace({std::string(place.object.raw()), detector_.path_key(place.path)}, units_.size());
    if (fresh)
      units_.push_back(unit_of(place, place.kind, index));
    else
      units_[entry->second].places.push_back(index);
  }

  const ObjectStore& store_;
  const std::vector<HitPlace>& places_;
  const Detector& detector_;
  std::map<std::pair<std::string, std::string>, std::size_t> by_key_;  // by blob and path key
  std::vector<ReadUnit> units_;
};

// One thread's.
class Reader {
 public:
  Reader(const Detector& detector, const std::vector<const Rule*>& rules, const ScanOptions& options)
      : items_(detector, rules, {options.archives, options.excluded}) {}

  void read(std::uint32_t number, const Item& item, Content& content) {
    items_.scan(item, content);
    keep(number);
  }
  void read(std::uint32_t number, const Item& item) {
    items_.scan(item);
    keep(number);
  }

  HitReadings take() { return std::move(readings_); }

 private:
  void keep(std::uint32_t number) {
    Harvest harvest = items_.take();
    for (Finding& finding : harvest.findings) readings_.findings.push_back({number, std::move(finding)});
    Harvest& rest = readings_.rest;
    std::move(harvest.diagnostics.begin(), harvest.diagnostics.end(), std::back_inserter(rest.diagnostics));
    std::move(harvest.skipped.begin(), harvest.skipped.end(), std::back_inserter(rest.skipped));
    rest.bytes += harvest.bytes;
    rest.look_alikes += harvest.look_alikes;
  }

  ItemScan items_;
  HitReadings readings_;
};

// Units that are read from the store, by their object.
using UnitsOfObjects = std::unordered_map<ObjectId, std::vector<std::uint32_t>, ObjectIdHash>;

class UnitReading {
 public:
  UnitReading(const ObjectStore& store, const std::vector<ReadUnit>& units, std::vector<std::unique_ptr<Reader>>& readers)
      : store_(store), units_(units), readers_(readers) {}

  void run() {
    for (std::uint32_t i = 0; i < units_.size(); ++i) {
      const ReadUnit& unit = units_[i];
      const bool stored = !unit.bytes && unit.item.store == nullptr;
      if (stored) by_object_[*ObjectId::from_hex(unit.item.object_id)].push_back(i);
      if (!stored) read_here(i);
    }
    if (by_object_.size() <= kFewObjects) read_singly();
    if (!by_object_.empty()) read_in_order();
  }

 private:
  void read_in_order() {
    ObjectVisitor visitor;
    visitor.object = [this](unsigned worker, const ObjectId& id, ObjectType, std::string_view bytes) {
      read(worker, id, bytes);
    };
    visitor.large = [this](unsigned worker, const ObjectId& id, ObjectType, Content& content) {
      const std::vector<std::uint32_t>& numbers = by_object_.at(id);  // a stream is read once
      readers_[worker]->read(numbers.front(), units_[numbers.front()].item, content);
    };
    visitor.problem = [](const Diagnostic&) {};  // the first pass has told
    ObjectWalkOptions options;
    options.threads = static_cast<unsigned>(readers_.size());
    options.wanted = [this](const ObjectId& id) { return by_object_.contains(id); };
    store_.for_each(options, visitor);
  }

  void read_here(std::uint32_t number) {
    const ReadUnit& unit = units_[number];
    if (!unit.bytes) return readers_[0]->read(number, unit.item);
    BytesContent content(*unit.bytes);
    readers_[0]->read(number, unit.item, content);
  }

  // Large and damaged objects stay: they are given to visitors only, as a stream and up to the damage.
  void read_singly() {
    std::erase_if(by_object_, [this](const auto& entry) {
      const Result<GitObject> object = store_.read(entry.first);
      if (object.ok()) read(0, entry.first, object->bytes);
      return object.ok();
    });
  }

  void read(unsigned worker, const ObjectId& id, std::string_view bytes) {
    for (const std::uint32_t number : by_object_.at(id)) {
      BytesContent content(bytes);
      readers_[worker]->read(number, units_[number].item, content);
    }
  }

  const ObjectStore& store_;
  const std::vector<ReadUnit>& units_;
  std::vector<std::unique_ptr<Reader>>& readers_;
  UnitsOfObjects by_object_;
};

}  // namespace

std::vector<ReadUnit> units_of(const ObjectStore& store, const HitPlaces& places, const Detector& detector,
                               const ScanOptions& options, std::vector<Skip>& skipped) {
  UnitMaker maker(store, places, detector);
  for (std::uint32_t i = 0; i < places.places.size(); ++i) {
    const std::string& path = places.places[i].path;
    if (options.excluded && options.excluded(path))
      skipped.push_back({path, SkipReason::user_excluded});
    else
      maker.add(i);
  }
  return maker.take();
}

HitReadings read_units(const ObjectStore& store, const std::vector<ReadUnit>& units, const Detector& detector,
                       const std::vector<const Rule*>& rules, const ScanOptions& options) {
  std::vector<std::unique_ptr<Reader>> readers;
  for (unsigned i = 0; i < std::max(options.jobs, 1U); ++i)
    readers.push_back(std::make_unique<Reader>(detector, rules, options));
  UnitReading(store, units, readers).run();
  HitReadings all;
  for (const auto& reader : readers) {
    HitReadings part = reader->take();
    std::move(part.findings.begin(), part.findings.end(), std::back_inserter(all.findings));
    std::move(part.rest.diagnostics.begin(), part.rest.diagnostics.end(), std::back_inserter(all.rest.diagnostics));
    std::move(part.rest.skipped.begin(), part.rest.skipped.end(), std::back_inserter(all.rest.skipped));
    all.rest.bytes += part.rest.bytes;
    all.rest.look_alikes += part.rest.look_alikes;
  }
  std::stable_sort(all.findings.begin(), all.findings.end(),
                   [](const UnitFinding& a, const UnitFinding& b) { return a.unit < b.unit; });
  return all;
}

}  // namespace hfscan
