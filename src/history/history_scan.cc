// Tested by tests/unit/history/history_scan_test.cc.
#include "history/history_scan.h"

#include <algorithm>
#include <memory>
#include <thread>

#include "base/mask.h"
#include "base/text.h"
#include "git/present_objects.h"
#include "git/repository.h"
#include "git/submodules.h"
#include "history/gaps.h"
#include "history/history_cache.h"
#include "history/history_rules.h"
#include "history/hit_reader.h"
#include "history/stories.h"
#include "sources/git_folder.h"

namespace hfscan {
namespace {

template <typename T>
void append(std::vector<T>& list, std::vector<T> more) {
  std::move(more.begin(), more.end(), std::back_inserter(list));
}

// One repository: that of the user, or the store of a submodule.
class RepositoryScan {
 public:
  RepositoryScan(const RepositoryLayout& layout, const std::vector<const Rule*>& rules, const HistoryOptions& options,
                 const HistoryCache& cache)
      : layout_(layout), rules_(rules), options_(options), cache_(cache), detector_(rules, options.detection) {}

  // `prefix` is put before every path.
  Status run(const std::string& prefix, Report& report) {
    store_ = ObjectStore::open(layout_, {root()}, options_.scan.jobs);
    if (options_.progress != nullptr) options_.progress->objects_in_all += store_.packed_count();
    const ScannedObjects known = known_objects();
    ObjectScanResult scanned = scan_objects(store_, object_options(known));
    const RefList refs = list_refs(layout_, store_, *scanned.commits_graph);
    const bool stopped = options_.stop != nullptr && *options_.stop;
    Result<std::optional<CommitSet>> selected = select_range(refs, *scanned.commits_graph);
    if (!selected.ok() && !stopped) return selected.error();
    const std::optional<CommitSet> range = selected.ok() ? std::move(*selected) : CommitSet(scanned.commits_graph->size());
    HitPlaces places = find_places({store_, refs, scanned, indexes(report), range, options_.scan.jobs, options_.stop});
    for (HitPlace& place : places.places) place.path = prefix + place.path;

    if (!stopped) {  // else more was not read than is missing
      append(report.diagnostics, describe_gaps(layout_, store_, scanned, range));
      append(report.diagnostics, without(std::move(places.diagnostics), scanned.missing));
    }
    append(report.diagnostics, std::move(scanned.diagnostics));
    append(report.diagnostics, refs.problems);
    add(report.counts, scanned.counts);
    if (scanned.counts.objects == 0) report.notes.push_back(cat(prefix.empty() ? "the repository" : prefix, " has no objects"));
    if (range) report.notes.push_back(range_note(*range));

    std::vector<ReadUnit> units = units_of(store_, places, detector_, options_.scan, report.skipped);
    GitFolder folder(layout_);
    if (!range) add_git_files(folder, units, report);
    HitReadings readings = read_units(store_, units, detector_, rules_, options_.scan);
    append(report.diagnostics, std::move(readings.rest.diagnostics));
    append(report.skipped, std::move(readings.rest.skipped));
    const StoryRequest stories{store_, refs, *scanned.commits_graph, places, units, prefix.size()};
    append(report.findings, tell_stories(stories, readings.findings));
    if (report.diagnostics.empty() && !store_.is_partial()) keep(known, scanned.scanned, report);
    return {};
  }

 private:
  // Alternates are read when they lie where the user pointed.
  [[nodiscard]] std::string root() const { return layout_.work_tree.empty() ? layout_.common_dir : layout_.work_tree; }

  [[nodiscard]] ObjectScanOptions object_options(const ScannedObjects& known) const {
    return {rules_, options_.detection,      options_.scan.archives, options_.scan.jobs, options_.engine,
            &known, !options_.range.empty(), options_.stop,          options_.progress};
  }

  // What is known and gone may be missing from what is here, so then everything is looked at again.
  [[nodiscard]] ScannedObjects known_objects() const {
    if (store_.is_partial()) return {};
    ScannedObjects known = cache_.scanned_objects(layout_);
    if (known.empty()) return known;
    const PresentObjects present(store_);
    bool all = true;
    known.for_each([&](std::string_view id, ScannedObject) { all = all && present.contains(id); });
    if (!all) return cache_.forgotten_objects(layout_);
    return known;
  }

  // Not of a scan that was ended early, nor of one with gaps: what is known is not looked at again.
  void keep(const ScannedObjects& known, const std::vector<ScannedList>& scanned, Report& report) const {
    if (options_.stop != nullptr && options_.stop->load()) return;
    const Status written = known.write_with(scanned);
    if (!written.ok()) report.notes.push_back(cat("cache not written: ", written.error().message));
  }

  Result<std::optional<CommitSet>> select_range(const RefList& refs, const CommitGraph& graph) const {
    if (options_.range.empty()) return std::optional<CommitSet>();
    const CommitRefs leading = commit_refs(refs, graph);
    Result<CommitSet> range = Revisions{graph, leading.refs}.select(options_.range);
    if (!range.ok()) return Error{cat(range.error().message, hint_of_gaps(layout_))};
    return std::optional<CommitSet>(std::move(*range));
  }

  static std::string range_note(const CommitSet& range) {
    const auto commits = static_cast<std::uint64_t>(std::count(range.begin(), range.end(), true));
    if (commits == 0) return "the range holds no commits, so nothing of it could be reported";
    return cat("all objects were read, and only what ", count_of(commits, "commit", "commits"),
               " of the range introduced is told");
  }

  // Of the work tree; a broken one hides only how staged files are called.
  std::vector<const Index*> indexes(Report& report) {
    Result<Index> index = Repository(layout_).read_index();
    if (!index.ok()) {
      report.notes.push_back(cat(index.error().message, "; staged files are named by their object"));
      return {};
    }
    index_ = std::move(*index);
    return {&index_};
  }

  void add_git_files(GitFolder& folder, std::vector<ReadUnit>& units, Report& report) {
    class Sink : public SourceSink {
     public:
      Sink(std::vector<ReadUnit>& to, Report& about) : units_(to), report_(about) {}
      void push(Item item) override { units_.push_back({std::move(item), std::nullopt, {}}); }
      void diagnose(Diagnostic diagnostic) override { report_.diagnostics.push_back(std::move(diagnostic)); }
      void skip(Skip skip) override { report_.skipped.push_back(std::move(skip)); }

     private:
      std::vector<ReadUnit>& units_;
      Report& report_;
    };
    Sink sink(units, report);
    const Status read = folder.for_each(sink);
    if (!read.ok()) report.diagnostics.push_back({layout_.shown(layout_.common_dir), read.error().message});
  }

  // Trees that are missing were named by the first pass.
  static std::vector<Diagnostic> without(std::vector<Diagnostic> diagnostics, const std::vector<ObjectId>& missing) {
    std::erase_if(diagnostics, [&](const Diagnostic& diagnostic) {
      return std::any_of(missing.begin(), missing.end(),
                         [&](const ObjectId& id) { return diagnostic.path == cat("tree ", id.hex()); });
    });
    return diagnostics;
  }

  static void add(Counts& all, const Counts& more) {
    all.objects += more.objects;
    all.blobs += more.blobs;
    all.bytes += more.bytes;
    all.members += more.members;
    all.look_alikes += more.look_alikes;
  }

  const RepositoryLayout& layout_;
  const std::vector<const Rule*>& rules_;
  const HistoryOptions& options_;
  const HistoryCache& cache_;
  Detector detector_;
  ObjectStore store_;
  Index index_;
};

struct Todo {
  std::string prefix;
  RepositoryLayout layout;
  bool checked_out = true;  // false: a store in .git/modules, whose layout has the work tree around it
};

// Submodules whose repository lies in the work tree are read too, and those that lie nowhere are named. True when there is one
// to read.
bool add_checked_out(const Todo& from, const SubmoduleStores& stores, std::vector<Todo>& todo, Report& report) {
  if (!from.checked_out) return false;
  const Result<Index> index = Repository(from.layout).read_index();
  if (!index.ok()) return false;
  CheckedOutSubmodules found = find_checked_out_submodules(from.layout, *index);
  for (std::string& path : found.absent) {
    const bool stored = std::any_of(stores.stores.begin(), stores.stores.end(),
                                    [&](const SubmoduleStore& store) { return store.name == path; });
    if (!stored) report.skipped.push_back({cat(from.prefix, path), SkipReason::submodule});
  }
  for (SubmoduleStore& store : found.stores) todo.push_back({cat(from.prefix, store.name, "/"), std::move(store.layout)});
  return !found.stores.empty();
}

void mask_paths(Report& report) {
  for (Diagnostic& diagnostic : report.diagnostics) {
    diagnostic.path = mask_token_shapes(diagnostic.path);
    diagnostic.message = mask_token_shapes(diagnostic.message);
  }
  for (Skip& skip : report.skipped) skip.path = mask_token_shapes(skip.path);
}

}  // namespace

Result<Report> scan_history(const RepositoryLayout& layout, const std::vector<const Rule*>& rules,
                            const HistoryOptions& options) {
  HistoryOptions with = options;
  std::vector<const Rule*> asked = rules;
  asked.insert(asked.end(), options.silent_rules.begin(), options.silent_rules.end());
  if (with.scan.jobs == 0) with.scan.jobs = std::max(1U, std::thread::hardware_concurrency());
  const CacheFolder no_folder;
  const HistoryCache cache(options.cache == nullptr ? no_folder : *options.cache, layout, options);
  if (std::optional<Report> stored = cache.stored_report(rules)) return std::move(*stored);
  Report report;
  report.command = with.scan.command;
  report.rules = rules;
  std::vector<Todo> todo = {{"", layout}};
  bool more_than_state = false;  // something was read whose changes the cache would not see
  while (!todo.empty()) {
    const Todo next = std::move(todo.back());
    todo.pop_back();
    HFSCAN_TRY(RepositoryScan(next.layout, asked, with, cache).run(next.prefix, report));
    if (!with.range.empty()) break;
    SubmoduleStores submodules = find_submodule_stores(next.layout);
    append(report.diagnostics, std::move(submodules.problems));
    more_than_state = add_checked_out(next, submodules, todo, report) || more_than_state;
    for (SubmoduleStore& store : submodules.stores)
      todo.push_back({cat(next.prefix, store.name, "/"), std::move(store.layout), false});
  }
  if (with.stop != nullptr && with.stop->load()) {
    report.diagnostics.push_back(
        {"objects", cat("stopped after ", with_thousands(report.counts.objects), " objects; the others were not read")});
  }
  append(report.findings, run_history_rules(rules, report.findings, {options.now, options.rotation}));
  std::erase_if(report.findings, [&](const Finding& finding) {
    return std::find(options.silent_rules.begin(), options.silent_rules.end(), finding.rule) != options.silent_rules.end();
  });
  mask_paths(report);
  settle_report(report);
  const Status kept = more_than_state ? Status() : cache.keep(report);
  if (!kept.ok()) report.notes.push_back(cat("cache not written: ", kept.error().message));
  return report;
}

}  // namespace hfscan
