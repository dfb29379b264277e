// Tested by tests/unit/history/hit_places_test.cc.
#include "history/hit_places.h"

#include <algorithm>
#include <mutex>
#include <set>
#include <unordered_map>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostNamedRefs = 20;
constexpr std::size_t kMostBlobsBelow = 100'000;  // of a folder whose name holds a secret

// All trees of a store, for attribution.
class StoredTrees : public TreeSource {
 public:
  StoredTrees(const ObjectStore& store, unsigned threads, const std::atomic<bool>* stop)
      : store_(store), threads_(threads), stop_(stop) {}

  void for_each_tree(const UseTree& use) override {
    std::mutex mutex;
    ObjectVisitor visitor;
    visitor.object = [&](unsigned, const ObjectId& id, ObjectType, std::string_view bytes) {
      const std::lock_guard lock(mutex);
      use(id, bytes);
    };
    visitor.problem = [](const Diagnostic&) {};  // the first pass has told
    ObjectWalkOptions options;
    options.types = {ObjectType::tree};
    options.threads = threads_;
    options.limits.stop = stop_;
    store_.for_each(options, visitor);
  }

 private:
  const ObjectStore& store_;
  unsigned threads_;
  const std::atomic<bool>* stop_;
};

// The blobs below a tree, each once.
std::set<std::string> blobs_below(const ObjectStore& store, const ObjectId& root) {
  std::set<std::string> blobs;
  std::set<std::string> seen;
  std::vector<ObjectId> todo = {root};
  while (!todo.empty() && blobs.size() < kMostBlobsBelow) {
    const ObjectId id = todo.back();
    todo.pop_back();
    if (!seen.insert(std::string(id.raw())).second) continue;
    const Result<GitObject> tree = store.read(id);
    if (!tree.ok() || tree->type != ObjectType::tree) continue;
    for (const TreeEntry& entry : parse_tree(tree->bytes, store.format()).entries) {
      if (entry.is_folder())
        todo.push_back(entry.id);
      else if (!entry.is_gitlink())
        blobs.emplace(entry.id.raw());
    }
  }
  return blobs;
}

// "a/b/c" and the name "b": "a/b". Empty when no part of the path has the name.
std::string path_through(std::string_view path, std::string_view name) {
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    if (path.substr(begin, end - begin) == name) return std::string(path.substr(0, end));
    begin = end + 1;
  }
  return "";
}

// What a blob is called when only some refs lead to it.
PlaceKind kind_of(const RefSubset& refs, const RefList& list) {
  const auto only = [&](RefKind kind) {
    return !refs.named.empty() && refs.others == 0 && std::all_of(refs.named.begin(), refs.named.end(), [&](std::uint32_t ref) {
      return ref_kind(list.refs[ref].peeled.name) == kind;
    });
  };
  if (only(RefKind::notes)) return PlaceKind::note;
  return only(RefKind::stash) ? PlaceKind::stash : PlaceKind::blob;
}

// The work of find_places(), one step a function, in this order.
class PlaceFinder {
 public:
  explicit PlaceFinder(const HitPlaceRequest& request)
      : request_(request), graph_(*request.hits.commits_graph), refs_(commit_refs(request.refs, graph_)) {}

  HitPlaces run() {
    if (!request_.hits.blobs.empty() || !request_.hits.names.empty()) attribute_blobs();
    add_commits();
    add_tags();
    return std::move(found_);
  }

 private:
  void attribute_blobs() {
    AttributionRequest request;
    std::map<SecretIdentity, std::size_t> numbers;
    for (const ObjectHit& hit : request_.hits.blobs) {
      if (hit.secrets.empty()) request.secrets.push_back({hit.id});
      for (const SecretIdentity& secret : hit.secrets) {
        const auto [entry, fresh] = numbers.try_emplace(secret, request.secrets.size());
        if (fresh) request.secrets.emplace_back();
        request.secrets[entry->second].push_back(hit.id);
      }
    }
    const std::size_t first_name = request.secrets.size();
    const std::vector<NameGroup> names = name_groups();
    for (const NameGroup& group : names) request.secrets.push_back(group.blobs);
    for (const NamedRef& ref : request_.refs.refs) request.refs.push_back(ref.peeled);
    request.most_named_refs = kMostNamedRefs;
    StoredTrees trees(request_.store, request_.threads, request_.stop);
    Attribution attribution = attribute(request, graph_, trees);
    if (request_.range) limit_to_range(attribution, *request_.range);
    std::move(attribution.diagnostics.begin(), attribution.diagnostics.end(), std::back_inserter(found_.diagnostics));
    for (const auto& [secret, number] : numbers) add_secret(secret, attribution.secrets[number]);
    for (std::size_t i = 0; i < names.size(); ++i) add_names(names[i], attribution, attribution.secrets[first_name + i]);
    add_blob_places(std::move(attribution.places));
  }

  void add_secret(const SecretIdentity& secret, SecretHistory history) {
    if (history.places.empty() && history.introduced.empty()) return;  // outside the range
    history.places.clear();
    found_.secrets.emplace(secret, std::move(history));
  }

  void add_blob_places(std::vector<BlobPlace> places) {
    std::set<std::string> hits;
    for (const ObjectHit& hit : request_.hits.blobs) hits.emplace(hit.id.raw());
    std::unordered_map<ObjectId, std::string, ObjectIdHash> staged;
    for (const Index* index : request_.indexes) {
      for (const IndexEntry& entry : index->entries()) {
        if (hits.contains(std::string(entry.id.raw()))) staged.try_emplace(entry.id, entry.path);
      }
    }
    for (BlobPlace& place : places) {
      if (!hits.contains(std::string(place.blob.raw()))) continue;
      const PlaceKind kind = kind_of(place.refs, request_.refs);
      if (place.path.empty()) {
        const auto path = staged.find(place.blob);
        place.path = path == staged.end() ? cat("blob ", place.blob.hex()) : path->second;
      }
      found_.places.push_back({kind, std::move(place.path), place.blob, std::move(place.introduced), std::move(place.removed),
                               std::move(place.refs)});
    }
  }

  // One name with all that ever stood under it.
  struct NameGroup {
    std::string name;
    std::vector<ObjectId> blobs;
    std::vector<SecretIdentity> secrets;
  };

  [[nodiscard]] std::vector<NameGroup> name_groups() const {
    std::vector<NameGroup> groups;
    std::set<std::string> blobs;
    const auto flush = [&] {
      if (groups.empty()) return;
      for (const std::string& raw : blobs) groups.back().blobs.push_back(ObjectId::from_raw(raw));
      blobs.clear();
    };
    for (const NameHit& hit : request_.hits.names) {  // sorted by name
      if (groups.empty() || groups.back().name != hit.name) {
        flush();
        groups.push_back({hit.name, {}, hit.secrets});
      }
      if (hit.is_folder)
        blobs.merge(blobs_below(request_.store, hit.target));
      else
        blobs.emplace(hit.target.raw());
    }
    flush();
    return groups;
  }

  void add_names(const NameGroup& group, const Attribution& attribution, const SecretHistory& history) {
    std::set<std::string> paths;
    for (const std::uint32_t place : history.places) paths.insert(path_through(attribution.places[place].path, group.name));
    paths.erase("");
    for (const std::string& path : paths) {
      found_.places.push_back({PlaceKind::path, path, {}, history.introduced, history.removed, history.refs});
    }
    if (paths.empty() && !request_.range) found_.places.push_back({PlaceKind::path, group.name, {}, {}, {}, {}});
    for (const SecretIdentity& secret : group.secrets) merge(secret, history);
  }

  // Another history of the same secret joins what is known of it.
  void merge(const SecretIdentity& secret, const SecretHistory& more) {
    const auto [entry, fresh] = found_.secrets.try_emplace(secret, more);
    SecretHistory& all = entry->second;
    all.places.clear();
    if (fresh) return;
    const auto join = [&](std::vector<CommitNumber>& list, const std::vector<CommitNumber>& added) {
      list.insert(list.end(), added.begin(), added.end());
      sort_by_date(graph_, list);
      list.erase(std::unique(list.begin(), list.end()), list.end());
    };
    join(all.introduced, more.introduced);
    join(all.removed, more.removed);
    all.first = earlier(all.first, more.first);
    all.last = later(all.last, more.last);
    all.in_head = all.in_head || more.in_head;
    for (const std::uint32_t ref : more.refs.named) {
      if (std::find(all.refs.named.begin(), all.refs.named.end(), ref) == all.refs.named.end())
        all.refs.add(ref, ref_kind(request_.refs.refs[ref].peeled.name), kMostNamedRefs);
    }
    all.refs.others = std::max(all.refs.others, more.refs.others);
    std::sort(all.refs.named.begin(), all.refs.named.end());
  }

  [[nodiscard]] CommitNumber earlier(CommitNumber a, CommitNumber b) const {
    if (a == kNoCommit || b == kNoCommit) return a == kNoCommit ? b : a;
    std::vector<CommitNumber> both = {a, b};
    sort_by_date(graph_, both);
    return both.front();
  }

  [[nodiscard]] CommitNumber later(CommitNumber a, CommitNumber b) const {
    if (a == kNoCommit || b == kNoCommit) return a == kNoCommit ? b : a;
    std::vector<CommitNumber> both = {a, b};
    sort_by_date(graph_, both);
    return both.back();
  }

  // Messages and idents: the commit itself is the place.
  void add_commits() {
    std::vector<std::vector<CommitNumber>> sets;
    std::vector<const ObjectHit*> hits;
    for (const ObjectHit& hit : request_.hits.commits) {
      const CommitNumber commit = graph_.find(hit.id);
      if (commit == kNoCommit || (request_.range && !(*request_.range)[commit])) continue;
      sets.push_back({commit});
      hits.push_back(&hit);
    }
    std::vector<RefSubset> subsets = refs_reaching(graph_, refs_.refs, sets, kMostNamedRefs);
    for (std::size_t i = 0; i < hits.size(); ++i) {
      for (std::uint32_t& ref : subsets[i].named) ref = refs_.indices[ref];
      SecretHistory history;
      history.introduced = sets[i];
      history.first = history.last = sets[i].front();
      history.refs = subsets[i];
      for (const SecretIdentity& secret : hits[i]->secrets) merge(secret, history);
      found_.places.push_back(
          {PlaceKind::commit_message, cat("commit ", hits[i]->id.hex()), hits[i]->id, sets[i], {}, std::move(subsets[i])});
    }
  }

  void add_tags() {
    for (const ObjectHit& hit : request_.hits.tags) {
      SecretHistory history;
      bool in_range = !request_.range;
      for (std::uint32_t i = 0; i < request_.refs.refs.size(); ++i) {
        const NamedRef& ref = request_.refs.refs[i];
        if (std::find(ref.tags.begin(), ref.tags.end(), hit.id) == ref.tags.end()) continue;
        history.refs.add(i, ref_kind(ref.peeled.name), kMostNamedRefs);
        const CommitNumber commit = graph_.find(ref.peeled.target);
        in_range = in_range || (commit != kNoCommit && (*request_.range)[commit]);
      }
      if (!in_range) continue;
      for (const SecretIdentity& secret : hit.secrets) merge(secret, history);
      found_.places.push_back({PlaceKind::tag_message, cat("tag ", hit.id.hex()), hit.id, {}, {}, history.refs});
    }
  }

  const HitPlaceRequest& request_;
  const CommitGraph& graph_;
  CommitRefs refs_;
  HitPlaces found_;
};

}  // namespace

HitPlaces find_places(const HitPlaceRequest& request) { return PlaceFinder(request).run(); }

CommitRefs commit_refs(const RefList& refs, const CommitGraph& graph) {
  CommitRefs found;
  for (std::uint32_t i = 0; i < refs.refs.size(); ++i) {
    const PeeledRef& ref = refs.refs[i].peeled;
    const CommitNumber commit = ref.type == ObjectType::commit ? graph.find(ref.target) : kNoCommit;
    if (commit == kNoCommit) continue;
    found.refs.push_back({ref.name, commit});
    found.indices.push_back(i);
  }
  return found;
}

std::optional<ObjectId> object_at(const ObjectStore& store, ObjectId tree, std::string_view path) {
  while (!path.empty()) {
    const Result<GitObject> object = store.read(tree);
    if (!object.ok() || object->type != ObjectType::tree) return std::nullopt;
    const std::string_view name = path.substr(0, path.find('/'));
    const std::vector<TreeEntry> entries = parse_tree(object->bytes, store.format()).entries;
    const auto entry = std::find_if(entries.begin(), entries.end(), [&](const TreeEntry& e) { return e.name == name; });
    if (entry == entries.end()) return std::nullopt;
    tree = entry->id;
    path.remove_prefix(std::min(path.size(), name.size() + 1));
  }
  return tree;
}

}  // namespace hfscan
