// Where the hits of the first pass stand: paths, commits, refs. Joins the attribution of blobs with what has a place of its
// own: messages, idents, tags, names.
#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/blob.h"
#include "git/attribution.h"
#include "git/index.h"
#include "git/ref_list.h"
#include "git/revision_range.h"
#include "history/object_scan.h"

namespace hfscan {

// One object under one name.
struct HitPlace {
  PlaceKind kind = PlaceKind::blob;
  std::string path;  // any bytes, or "commit <id>", "tag <id>", "blob <id>" for what has none
  ObjectId object;
  std::vector<CommitNumber> introduced;  // oldest first
  std::vector<CommitNumber> removed;
  RefSubset refs;
};

struct HitPlaces {
  std::vector<HitPlace> places;
  std::map<SecretIdentity, SecretHistory> secrets;  // SecretHistory::places stays empty
  std::vector<Diagnostic> diagnostics;
};

struct HitPlaceRequest {
  const ObjectStore& store;
  const RefList& refs;
  const ObjectScanResult& hits;
  const std::vector<const Index*>& indexes;  // of the work trees: staged blobs that no commit has
  std::optional<CommitSet> range;            // only what these commits introduced
  unsigned threads = 1;
  const std::atomic<bool>* stop = nullptr;  // once true, blobs whose trees were not seen are named by their id
};

HitPlaces find_places(const HitPlaceRequest& request);

// The refs of a request that lead to commits, as questions about reachability take them; `indices` of each in the list.
struct CommitRefs {
  std::vector<CommitRef> refs;
  std::vector<std::uint32_t> indices;
};
CommitRefs commit_refs(const RefList& refs, const CommitGraph& graph);

// What a tree has at a path; nothing when there is no such thing, or something on the way cannot be read.
std::optional<ObjectId> object_at(const ObjectStore& store, ObjectId tree, std::string_view path);

}  // namespace hfscan
