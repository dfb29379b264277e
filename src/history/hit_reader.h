// The second pass over a history: objects with hits once more, now under their paths, with the rules as they are anywhere.
// Separate from the first pass because few objects get here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/report.h"
#include "history/hit_places.h"
#include "scan/scan.h"

namespace hfscan {

// Something to read, and the places for which its findings stand.
struct ReadUnit {
  Item item;                          // with the path of the first place
  std::optional<std::string> bytes;   // else item.object_id is read, or item.store is asked when there is one
  std::vector<std::uint32_t> places;  // indices into HitPlaces::places
};

struct UnitFinding {
  std::uint32_t unit = 0;
  Finding finding;
};

struct HitReadings {
  std::vector<UnitFinding> findings;  // by unit, in the order in which they stand there
  Harvest rest;                       // counts, diagnostics, what was skipped
};

// The units of all places but those that `excluded` leaves out, which are skipped. One blob is read once for all paths that
// rules do not tell apart.
std::vector<ReadUnit> units_of(const ObjectStore& store, const HitPlaces& places, const Detector& detector,
                               const ScanOptions& options, std::vector<Skip>& skipped);

HitReadings read_units(const ObjectStore& store, const std::vector<ReadUnit>& units, const Detector& detector,
                       const std::vector<const Rule*>& rules, const ScanOptions& options);

}  // namespace hfscan
