// Tested by tests/unit/history/object_scan_test.cc and, against an independent reading of every object, by
// tests/e2e/history.bats.
#include "history/object_scan.h"

#include <algorithm>
#include <mutex>
#include <tuple>

#include "base/text.h"
#include "git/memory_content.h"
#include "git/new_entries.h"
#include "git/present_objects.h"
#include "scan/item_scan.h"
#include "scan/watched_content.h"
#include "sources/container_kind.h"

namespace hfscan {
namespace {

// In bytes; a name that is shorter is no secret. The shortest there are have 26 characters.
constexpr std::size_t kShortestSecret = 16;

// The same rules, but whatever the path.
class PathlessRules {
 public:
  explicit PathlessRules(const std::vector<const Rule*>& rules) {
    copies_.reserve(rules.size());
    for (const Rule* rule : rules) {
      copies_.push_back(*rule);
      copies_.back().paths.clear();
    }
    for (const Rule& rule : copies_) pointers_.push_back(&rule);
  }

  [[nodiscard]] const std::vector<const Rule*>& all() const { return pointers_; }

 private:
  std::vector<Rule> copies_;
  std::vector<const Rule*> pointers_;
};

// Opens what ItemScan wants to read a second time: archives that were too large to keep.
class StoredObjects : public ContentStore {
 public:
  explicit StoredObjects(const ObjectStore& store) : store_(store) {}

  [[nodiscard]] Result<std::unique_ptr<Content>> open(const Item& item) const override {
    HFSCAN_TRY_ASSIGN(GitObject object, store_.read(*ObjectId::from_hex(item.object_id)));
    return std::unique_ptr<Content>(std::make_unique<MemoryContent>(std::move(object.bytes)));
  }

 private:
  const ObjectStore& store_;
};

template <typename T>
void append(std::vector<T>& list, std::vector<T>&& more) {
  std::move(more.begin(), more.end(), std::back_inserter(list));
}

// A placeholder is in every version of a file: none of them is counted.
DetectorOptions only_findings(DetectorOptions detection) {
  detection.drop_look_alikes = !detection.look_alikes;
  return detection;
}

// What all workers share.
struct Pass {
  const ObjectScanOptions& options;
  PathlessRules rules;
  Detector detector;
  StoredObjects objects;
  PresentObjects present;
  std::mutex mutex;  // of graph
  CommitGraphBuilder graph;

  Pass(const ObjectStore& store, const ObjectScanOptions& with)
      : options(with),
        rules(with.rules),
        detector(rules.all(), only_findings(with.detection)),
        objects(store),
        present(store),
        graph(store.format()) {}
};

class Worker {
 public:
  Worker(Pass& pass, ObjectFormat format)
      : pass_(pass),
        items_(pass.detector, pass.rules.all(), {pass.options.archives, {}}),
        recent_(format),
        format_(format),
        keeps_(pass.options.known != nullptr && pass.options.known->keeps()) {}

  void object(const ObjectId& id, ObjectType type, const DeltaObject& object) {
    count(type, object.bytes.size());
    const std::uint64_t noted = notes();
    switch (type) {
      case ObjectType::blob: search(id, object, result_.blobs); break;
      case ObjectType::tag: search(id, object, result_.tags); break;
      case ObjectType::tree: tree(id, object); break;
      case ObjectType::commit: commit(id, object); break;
    }
    if (keeps_ && notes() == noted) clean_.add(id, {type, object.bytes.size()});
  }

  void large(const ObjectId& id, ObjectType type, Content& content) {
    count(type, content.size_hint());
    look_inside(id, content,
                type == ObjectType::blob  ? result_.blobs
                : type == ObjectType::tag ? result_.tags
                                          : result_.commits);
  }

  ObjectScanResult take() {
    result_.scanned.push_back(std::move(clean_));
    return std::move(result_);
  }

 private:
  // Whatever is said of an object makes this larger.
  [[nodiscard]] std::uint64_t notes() const {
    return result_.blobs.size() + result_.commits.size() + result_.tags.size() + result_.names.size() + result_.missing.size() +
           result_.diagnostics.size() + result_.counts.members + result_.counts.look_alikes;
  }

  void commit(const ObjectId& id, const DeltaObject& object) {
    search(id, object, result_.commits);
    const std::lock_guard lock(pass_.mutex);
    pass_.graph.add(id, object.bytes);
  }

  void count(ObjectType type, std::uint64_t size) {
    result_.counts.objects += 1;
    result_.counts.blobs += type == ObjectType::blob ? 1 : 0;
    result_.counts.bytes += size;
    if (HistoryProgress* progress = pass_.options.progress) {
      progress->objects.fetch_add(1, std::memory_order_relaxed);
      progress->bytes.fetch_add(size, std::memory_order_relaxed);
    }
  }

  bool may_find(const DeltaObject& object) {
    return pass_.options.engine == AnchorEngine::delta ? pass_.detector.may_find(object, scratch_)
                                                       : pass_.detector.may_find(object.bytes, scratch_);
  }

  void search(const ObjectId& id, const DeltaObject& object, std::vector<ObjectHit>& hits) {
    const std::string_view bytes = object.bytes;
    if (bytes.size() > Detector::kWholeBlob || may_be_packed(bytes)) {
      BytesContent content(bytes);
      return look_inside(id, content, hits);
    }
    if (!may_find(object)) return;
    const Item item = item_of(id);
    BlobResult found = pass_.detector.scan_bytes(bytes, item, scratch_);
    result_.counts.look_alikes += found.look_alikes;
    for (std::string& reason : found.gave_up) result_.diagnostics.push_back({item.path, std::move(reason)});
    if (!found.findings.empty()) hits.push_back({id, identities(found.findings)});
  }

  static bool may_be_packed(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, kContainerHead);
    return container_at(head) || ends_in_zip(bytes, bytes.size()) || !unread_archive_format(head).empty();
  }

  [[nodiscard]] Item item_of(const ObjectId& id) const {
    Item item;
    item.object_id = id.hex();
    item.path = cat("object ", item.object_id);
    item.store = &pass_.objects;
    return item;
  }

  void look_inside(const ObjectId& id, Content& content, std::vector<ObjectHit>& hits) {
    items_.scan(item_of(id), content);
    Harvest harvest = items_.take();
    result_.counts.members += harvest.members;
    result_.counts.look_alikes += harvest.look_alikes;
    append(result_.diagnostics, std::move(harvest.diagnostics));
    if (!harvest.findings.empty() || !harvest.skipped.empty()) hits.push_back({id, identities(harvest.findings)});
  }

  static std::vector<SecretIdentity> identities(const std::vector<Finding>& findings) {
    std::vector<SecretIdentity> secrets;
    secrets.reserve(findings.size());
    for (const Finding& finding : findings) secrets.push_back(identity_of(finding));
    std::sort(secrets.begin(), secrets.end());
    secrets.erase(std::unique(secrets.begin(), secrets.end()), secrets.end());
    return secrets;
  }

  void tree(const ObjectId& id, const DeltaObject& object) {
    const bool well_formed = NewEntries(object, format_).for_each([this](const TreeCursor::Entry& entry) {
      const std::uint32_t type = entry.mode & kModeTypeMask;
      if (entry.name.size() >= kShortestSecret && pass_.detector.may_find(entry.name, scratch_))
        name(entry, type == kModeFolder);
      if (type != kModeGitlink && !recent_.remember(entry.raw_id) && !pass_.present.contains(entry.raw_id))
        result_.missing.push_back(ObjectId::from_raw(entry.raw_id));
    });
    if (well_formed) return;
    result_.diagnostics.push_back({cat("tree ", id.hex()), "tree is malformed; what follows its last good entry has no name"});
  }

  void name(const TreeCursor::Entry& entry, bool is_folder) {
    const BlobResult found = pass_.detector.scan_bytes(entry.name, Item(), scratch_);
    if (found.findings.empty()) return;
    result_.names.push_back({std::string(entry.name), ObjectId::from_raw(entry.raw_id), is_folder, identities(found.findings)});
  }

  Pass& pass_;
  Detector::Scratch scratch_;
  ItemScan items_;
  RecentIds recent_;
  ObjectFormat format_;
  ObjectScanResult result_;
  bool keeps_;  // somebody wants to know what held nothing
  ScannedList clean_;
};

void add(ObjectScanResult& all, ObjectScanResult&& part) {
  append(all.blobs, std::move(part.blobs));
  append(all.commits, std::move(part.commits));
  append(all.tags, std::move(part.tags));
  append(all.names, std::move(part.names));
  append(all.missing, std::move(part.missing));
  append(all.scanned, std::move(part.scanned));
  append(all.diagnostics, std::move(part.diagnostics));
  all.counts.objects += part.counts.objects;
  all.counts.blobs += part.counts.blobs;
  all.counts.bytes += part.counts.bytes;
  all.counts.members += part.counts.members;
  all.counts.look_alikes += part.counts.look_alikes;
}

// What was not read because it is known: it counts, and its commits are part of the graph if anybody asks for that.
void add_known(const ObjectStore& store, const ObjectScanOptions& options, Pass& pass, ObjectScanResult& result) {
  options.known->for_each([&](std::string_view, ScannedObject object) {
    result.counts.objects += 1;
    result.counts.blobs += object.type == ObjectType::blob ? 1 : 0;
    result.counts.bytes += object.size;
  });
  const bool hits = !result.blobs.empty() || !result.commits.empty() || !result.tags.empty() || !result.names.empty();
  if (!hits && !options.needs_every_commit) return;
  ObjectVisitor visitor;
  visitor.object = [&](unsigned, const ObjectId& id, ObjectType, std::string_view bytes) {
    const std::lock_guard lock(pass.mutex);
    pass.graph.add(id, bytes);
  };
  visitor.problem = [](const Diagnostic&) {};  // read without trouble when they became known
  ObjectWalkOptions walk;
  walk.types = {ObjectType::commit};
  walk.threads = options.threads;
  walk.wanted = [&](const ObjectId& id) { return options.known->find(id.raw()).has_value(); };
  store.for_each(walk, visitor);
}

bool by_id(const ObjectId& a, const ObjectId& b) { return a.raw() < b.raw(); }

// One object may come twice: up to its damage from one pack, whole from another.
void sort_hits(std::vector<ObjectHit>& hits) {
  std::sort(hits.begin(), hits.end(), [](const ObjectHit& a, const ObjectHit& b) {
    return a.id != b.id ? by_id(a.id, b.id) : a.secrets.size() > b.secrets.size();
  });
  hits.erase(std::unique(hits.begin(), hits.end(), [](const ObjectHit& a, const ObjectHit& b) { return a.id == b.id; }),
             hits.end());
}

void settle(ObjectScanResult& result, const Pass& pass) {
  sort_hits(result.blobs);
  sort_hits(result.commits);
  sort_hits(result.tags);
  const auto before = [](const NameHit& a, const NameHit& b) { return a.key() < b.key(); };
  std::sort(result.names.begin(), result.names.end(), before);
  const auto same = [](const NameHit& a, const NameHit& b) { return a.key() == b.key(); };
  result.names.erase(std::unique(result.names.begin(), result.names.end(), same), result.names.end());
  for (CommitNumber commit = 0; commit < result.commits_graph->size(); ++commit) {
    const ObjectId tree = result.commits_graph->tree(commit);
    if (tree.size != 0 && !pass.present.contains(tree.raw())) result.missing.push_back(tree);
  }
  for (const auto& [commit, parent] : result.commits_graph->missing_parents()) {
    if (!pass.present.contains(parent.raw())) result.missing_parents.emplace_back(commit, parent);
  }
  std::sort(result.missing.begin(), result.missing.end(), by_id);
  result.missing.erase(std::unique(result.missing.begin(), result.missing.end()), result.missing.end());
}

}  // namespace

SecretIdentity identity_of(const Finding& finding) {
  if (finding.secret && finding.secret->id) return *finding.secret->id;
  return sha256(cat(finding.rule->id, "\n", finding.hit_text));
}

ObjectScanResult scan_objects(const ObjectStore& store, const ObjectScanOptions& options) {
  Pass pass(store, options);
  std::vector<std::unique_ptr<Worker>> workers;
  for (unsigned i = 0; i < std::max(options.threads, 1U); ++i)
    workers.push_back(std::make_unique<Worker>(pass, store.format()));
  ObjectScanResult result;
  ObjectVisitor visitor;
  visitor.delta_object = [&](unsigned worker, const ObjectId& id, ObjectType type, const DeltaObject& object) {
    workers[worker]->object(id, type, object);
  };
  visitor.large = [&](unsigned worker, const ObjectId& id, ObjectType type, Content& content) {
    workers[worker]->large(id, type, content);
  };
  visitor.problem = [&](Diagnostic problem) { result.diagnostics.push_back(std::move(problem)); };
  ObjectWalkOptions walk;
  walk.types = ObjectTypes::all();
  walk.threads = options.threads;
  walk.limits.stop = options.stop;
  if (options.known != nullptr && !options.known->empty())
    walk.wanted = [&](const ObjectId& id) { return !options.known->find(id.raw()); };
  store.for_each(walk, visitor);
  for (const auto& worker : workers) add(result, worker->take());
  if (walk.wanted) add_known(store, options, pass, result);
  result.commits_graph = pass.graph.build();
  append(result.diagnostics, std::vector<Diagnostic>(pass.graph.diagnostics()));
  settle(result, pass);
  return result;
}

}  // namespace hfscan
