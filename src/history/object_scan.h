// The first pass over a history: every object once, in the order in which packs are cheap to read, to learn which objects hold
// a secret. Rules are asked without their conditions on paths, since an object has many paths or none; where it stands is asked
// afterwards, for hits only.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "core/report.h"
#include "git/commit_graph.h"
#include "git/object_store.h"
#include "git/scanned_objects.h"
#include "history/progress.h"
#include "scan/scan.h"

namespace hfscan {

// What groups the places of one secret: its SHA-256, or that of what may be shown of it when the secret could be guessed.
using SecretIdentity = Sha256Digest;
SecretIdentity identity_of(const Finding& finding);

struct ObjectHit {
  ObjectId id;
  std::vector<SecretIdentity> secrets;  // sorted, each once
};

// An entry of a tree whose name holds a secret.
struct NameHit {
  std::string name;
  ObjectId target;  // the tree or blob of that name
  bool is_folder = false;
  std::vector<SecretIdentity> secrets;
  auto key() const { return std::tuple(std::string_view(name), target.raw()); }
};

// How anchors are found: in all bytes of every object, or only in what a delta adds to its base. Both find the same.
enum class AnchorEngine { full, delta };

struct ObjectScanOptions {
  const std::vector<const Rule*>& rules;
  DetectorOptions detection;
  ArchiveLimits archives;
  unsigned threads = 1;
  AnchorEngine engine = AnchorEngine::delta;
  const ScannedObjects* known = nullptr;  // need not be read again; all of them are there. Null: nothing is known
  bool needs_every_commit = false;        // also when there are no hits: somebody asks for a range
  const std::atomic<bool>* stop = nullptr;
  HistoryProgress* progress = nullptr;  // may be null
};

// All lists are sorted.
struct ObjectScanResult {
  std::vector<ObjectHit> blobs;
  std::vector<ObjectHit> commits;
  std::vector<ObjectHit> tags;
  std::vector<NameHit> names;
  std::optional<CommitGraph> commits_graph;  // of all commits when there are hits, else of those that were not known
  std::vector<ScannedList> scanned;          // what was read and held nothing
  std::vector<ObjectId> missing;             // trees and blobs that a tree or a commit names and that are not there
  std::vector<std::pair<CommitNumber, ObjectId>> missing_parents;  // as CommitGraph::missing_parents, less those that are there
  std::vector<Diagnostic> diagnostics;
  Counts counts;
};

// Whatever cannot be read is a diagnostic. When it is stopped, the result is what was found until then.
ObjectScanResult scan_objects(const ObjectStore& store, const ObjectScanOptions& options);

}  // namespace hfscan
