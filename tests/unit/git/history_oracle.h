// Attribution by brute force: every commit written out as a list of (path, blob), compared with its parents' lists; and the
// same once more as `git log --all -m --raw` tells it. Slow, plain, and independent of what it checks.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "git/attribution.h"
#include "support/stored_objects.h"

namespace hfscan::test {

using Names = std::set<std::string>;
using PathAndBlob = std::pair<std::string, std::string>;

struct Changes {
  std::map<PathAndBlob, Names> introduced;  // commits
  std::map<PathAndBlob, Names> removed;
  bool operator==(const Changes&) const = default;
};

// Trees out of a map; ids in `missing` are not there.
class MapSource : public TreeSource {
 public:
  explicit MapSource(const StoredObjects& objects, Names missing = {}) : objects_(objects), missing_(std::move(missing)) {}

  void for_each_tree(const UseTree& use) override {
    for (const auto& [id, object] : objects_) {
      if (object.type == "tree" && !missing_.contains(id)) use(*ObjectId::from_hex(id), object.bytes);
    }
  }

 private:
  const StoredObjects& objects_;
  const Names missing_;
};

class HistoryOracle {
 public:
  explicit HistoryOracle(const ScratchRepository& repository, std::string folder = "")
      : repository_(repository), folder_(std::move(folder)), objects_(stored_objects(repository, folder_)) {
    for (const auto& [id, object] : objects_) {
      if (object.type == "commit") read_commit(id, object.bytes);
    }
    for (const auto& [id, commit] : commits_) snapshots_[id] = flatten(commit.tree);
  }

  [[nodiscard]] const StoredObjects& objects() const { return objects_; }

  [[nodiscard]] Names ids(const std::string& type) const {
    Names ids;
    for (const auto& [id, object] : objects_) {
      if (object.type == type) ids.insert(id);
    }
    return ids;
  }

  [[nodiscard]] CommitGraph graph() const {
    CommitGraphBuilder builder(objects_.begin()->first.size() == 40 ? ObjectFormat::sha1 : ObjectFormat::sha256);
    for (const auto& [id, object] : objects_) {
      if (object.type == "commit") builder.add(*ObjectId::from_hex(id), object.bytes);
    }
    return builder.build();
  }

  // All refs and HEAD, peeled by git.
  [[nodiscard]] std::vector<PeeledRef> refs() const {
    std::vector<PeeledRef> refs;
    const std::string listing = repository_.git({"for-each-ref", "--format=%(refname) %(objectname) %(*objectname)"}, folder_);
    for (const std::string_view line : split_lines(listing)) {
      const std::string name(line.substr(0, line.find(' ')));
      std::string id = repository_.git({"rev-parse", name + "^{}"}, folder_);
      id.pop_back();
      const std::string type = objects_.contains(id) ? objects_.at(id).type : "commit";
      refs.push_back({name, *ObjectId::from_hex(id), *object_type_from(type)});
    }
    std::string head = repository_.git({"rev-parse", "--revs-only", "HEAD"}, folder_);
    if (!head.empty()) refs.insert(refs.begin(), {"HEAD", *ObjectId::from_hex(trim(head)), ObjectType::commit});
    return refs;
  }

  [[nodiscard]] Changes by_brute_force(const Names& blobs) const {
    Changes changes;
    for (const auto& [id, commit] : commits_) {
      std::set<PathAndBlob> before;
      for (const std::string& parent : commit.parents) {
        if (snapshots_.contains(parent)) before.insert(snapshots_.at(parent).begin(), snapshots_.at(parent).end());
      }
      const std::set<PathAndBlob>& now = snapshots_.at(id);
      for (const PathAndBlob& place : now) {
        if (blobs.contains(place.second) && !before.contains(place)) changes.introduced[place].insert(id);
      }
      for (const PathAndBlob& place : before) {
        if (blobs.contains(place.second) && !now.contains(place)) changes.removed[place].insert(id);
      }
    }
    return changes;
  }

  // Reachable commits only. Introduced: the new side of the comparison with every parent; removed: the old side of any.
  [[nodiscard]] Changes by_git_log(const Names& blobs) const {
    std::map<std::string, std::map<PathAndBlob, int>> added;
    Changes changes;
    std::istringstream lines(repository_.git(
        {"-c", "core.quotePath=false", "log", "--all", "-m", "--raw", "--no-renames", "--no-abbrev", "--root", "--format=@%H"},
        folder_));
    std::string commit;
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with('@'))
        commit = line.substr(1);
      else if (line.starts_with(':')) {
        const PathAndBlob old_side = {line.substr(line.find('\t') + 1), raw_field(line, 2)};
        const PathAndBlob new_side = {old_side.first, raw_field(line, 3)};
        if (old_side.second == new_side.second) continue;
        if (blobs.contains(new_side.second)) ++added[commit][new_side];
        if (blobs.contains(old_side.second)) changes.removed[old_side].insert(commit);
      }
    }
    for (const auto& [id, places] : added) {
      const int parents = std::max<int>(1, static_cast<int>(known_parents(id)));
      for (const auto& [place, count] : places) {
        if (count == parents) changes.introduced[place].insert(id);
      }
    }
    return changes;
  }

  // Whether the commit has one of the blobs anywhere.
  [[nodiscard]] bool has(const std::string& commit, const Names& blobs) const {
    const auto& now = snapshots_.at(commit);
    return std::any_of(now.begin(), now.end(), [&](const PathAndBlob& place) { return blobs.contains(place.second); });
  }

  [[nodiscard]] bool has_in_a_parent(const std::string& commit, const Names& blobs) const {
    const auto& parents = commits_.at(commit).parents;
    return std::any_of(parents.begin(), parents.end(),
                       [&](const std::string& parent) { return snapshots_.contains(parent) && has(parent, blobs); });
  }

  // As `git rev-list` walks.
  [[nodiscard]] Names reachable_from(const std::vector<std::string>& revisions) const {
    std::vector<std::string> arguments = {"rev-list"};
    arguments.insert(arguments.end(), revisions.begin(), revisions.end());
    const std::string listing = repository_.git(arguments, folder_);
    Names ids;
    for (const std::string_view line : split_lines(listing)) ids.emplace(line);
    return ids;
  }

 private:
  struct OracleCommit {
    std::string tree;
    std::vector<std::string> parents;
  };

  void read_commit(const std::string& id, const std::string& bytes) {
    OracleCommit& commit = commits_[id];
    std::istringstream lines(bytes);
    std::string key, value;
    while (lines >> key >> value && (key == "tree" || key == "parent")) {
      if (key == "tree")
        commit.tree = value;
      else
        commit.parents.push_back(value);
    }
  }

  [[nodiscard]] std::set<PathAndBlob> flatten(const std::string& tree, const std::string& prefix = "") const {
    std::set<PathAndBlob> places;
    const auto found = objects_.find(tree);
    if (found == objects_.end()) return places;
    const std::string& bytes = found->second.bytes;
    const std::size_t width = tree.size() / 2;
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t space = bytes.find(' ', at);
      const std::size_t nul = bytes.find('\0', space);
      const std::string mode = bytes.substr(at, space - at);
      const std::string path = prefix + bytes.substr(space + 1, nul - space - 1);
      const std::string id = ObjectId::from_raw(std::string_view(bytes).substr(nul + 1, width)).hex();
      at = nul + 1 + width;
      if (mode == "40000")
        places.merge(flatten(id, path + "/"));
      else if (mode != "160000")
        places.emplace(path, id);
    }
    return places;
  }

  static std::string raw_field(const std::string& line, int number) {
    std::istringstream fields(line);
    std::string field;
    for (int i = 0; i <= number; ++i) fields >> field;
    return field;
  }

  [[nodiscard]] std::size_t known_parents(const std::string& commit) const {
    const auto& parents = commits_.at(commit).parents;
    return static_cast<std::size_t>(
        std::count_if(parents.begin(), parents.end(), [&](const std::string& parent) { return commits_.contains(parent); }));
  }

  const ScratchRepository& repository_;
  const std::string folder_;
  const StoredObjects objects_;
  std::map<std::string, OracleCommit> commits_;
  std::map<std::string, std::set<PathAndBlob>> snapshots_;
};

inline Names names_of(const CommitGraph& graph, const std::vector<CommitNumber>& commits) {
  Names names;
  for (const CommitNumber commit : commits) names.insert(graph.id(commit).hex());
  return names;
}

inline Changes changes_of(const Attribution& attribution, const CommitGraph& graph) {
  Changes changes;
  for (const BlobPlace& place : attribution.places) {
    if (!place.introduced.empty()) changes.introduced[{place.path, place.blob.hex()}] = names_of(graph, place.introduced);
    if (!place.removed.empty()) changes.removed[{place.path, place.blob.hex()}] = names_of(graph, place.removed);
  }
  return changes;
}

// Only what reachable commits did.
inline Changes limited(Changes changes, const Names& commits) {
  for (auto* side : {&changes.introduced, &changes.removed}) {
    for (auto& [place, names] : *side) std::erase_if(names, [&](const std::string& name) { return !commits.contains(name); });
    std::erase_if(*side, [](const auto& item) { return item.second.empty(); });
  }
  return changes;
}

inline std::vector<ObjectId> object_ids(const Names& names) {
  std::vector<ObjectId> ids;
  for (const std::string& name : names) ids.push_back(*ObjectId::from_hex(name));
  return ids;
}

inline Names ref_names(const RefSubset& subset, const std::vector<PeeledRef>& refs) {
  Names names;
  for (const std::uint32_t ref : subset.named) names.insert(refs.at(ref).name);
  return names;
}

// The refs from which one of the commits can be reached.
inline Names refs_to(const HistoryOracle& oracle, const std::vector<PeeledRef>& refs, const Names& commits) {
  static std::map<std::string, Names> reachable;  // by tip; ids of commits are the same everywhere
  Names names;
  for (const PeeledRef& ref : refs) {
    if (ref.type != ObjectType::commit) continue;
    const auto [found, fresh] = reachable.try_emplace(ref.target.hex());
    if (fresh) found->second = oracle.reachable_from({ref.target.hex()});
    const Names& line = found->second;
    if (std::any_of(commits.begin(), commits.end(), [&](const std::string& commit) { return line.contains(commit); }))
      names.insert(ref.name);
  }
  return names;
}

// Everything that attribute() says about a repository, with every blob a hit and secrets in several blobs besides.
inline void check_attribution(const ScratchRepository& repository, const std::vector<Names>& groups = {},
                              const std::string& folder = "") {
  const HistoryOracle oracle(repository, folder);
  const CommitGraph graph = oracle.graph();
  const Names blobs = oracle.ids("blob");
  AttributionRequest request;
  for (const std::string& blob : blobs) request.secrets.push_back(object_ids({blob}));
  for (const Names& group : groups) request.secrets.push_back(object_ids(group));
  request.refs = oracle.refs();
  request.most_named_refs = 1000;
  MapSource source(oracle.objects());
  const Attribution attribution = attribute(request, graph, source);
  EXPECT_TRUE(attribution.diagnostics.empty());
  EXPECT_EQ(changes_of(attribution, graph), oracle.by_brute_force(blobs));
  const Names live = oracle.reachable_from({"--all"});
  EXPECT_EQ(limited(changes_of(attribution, graph), live), oracle.by_git_log(blobs));
  for (const BlobPlace& place : attribution.places)
    EXPECT_EQ(ref_names(place.refs, request.refs), refs_to(oracle, request.refs, names_of(graph, place.introduced)));
  ASSERT_EQ(attribution.secrets.size(), request.secrets.size());
  for (std::size_t i = 0; i < request.secrets.size(); ++i) {
    const SecretHistory& secret = attribution.secrets[i];
    Names ids, carrying, introduced, removed, places;
    for (const ObjectId& id : request.secrets[i]) ids.insert(id.hex());
    for (CommitNumber number = 0; number < graph.size(); ++number) {
      const std::string commit = graph.id(number).hex();
      if (oracle.has(commit, ids)) carrying.insert(commit);
      if (oracle.has(commit, ids) && !oracle.has_in_a_parent(commit, ids)) introduced.insert(commit);
      if (!oracle.has(commit, ids) && oracle.has_in_a_parent(commit, ids)) removed.insert(commit);
    }
    EXPECT_EQ(names_of(graph, secret.introduced), introduced);
    EXPECT_EQ(names_of(graph, secret.removed), removed);
    EXPECT_EQ(ref_names(secret.refs, request.refs), refs_to(oracle, request.refs, carrying));
    EXPECT_EQ(secret.first == kNoCommit, carrying.empty());
    for (const std::string& commit : carrying) {
      const std::uint64_t date = graph.dates(graph.find(*ObjectId::from_hex(commit))).committer;
      EXPECT_LE(graph.dates(secret.first).committer, date);
      EXPECT_GE(graph.dates(secret.last).committer, date);
    }
    EXPECT_EQ(secret.in_head, request.refs.at(0).name == "HEAD" && carrying.contains(request.refs.at(0).target.hex()));
    for (const std::uint32_t place : secret.places) places.insert(attribution.places.at(place).blob.hex());
    EXPECT_EQ(places, ids);
  }
}

}  // namespace hfscan::test
