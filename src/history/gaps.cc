// Tested by tests/unit/history/gaps_test.cc.
#include "history/gaps.h"

#include <sys/stat.h>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostNamed = 1000;
constexpr std::size_t kMostNamedCommits = 3;
constexpr std::size_t kShortId = 12;  // hexadecimal digits that name a commit to a person
constexpr const char* kUnshallow = "'git fetch --unshallow' (actions/checkout: fetch-depth: 0)";
constexpr const char* kRefetch = "fetch it again with 'git fetch --refetch', or copy it from a clone that has it";

bool is_shallow(const RepositoryLayout& layout) {
  struct stat status {};
  return ::lstat((layout.common_dir + "/shallow").c_str(), &status) == 0;
}

// "3f2a91c0b1d2, 77aa..., ... and 12 more"
std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kMostNamedCommits); ++i) text += cat(i == 0 ? "" : ", ", names[i]);
  return names.size() <= kMostNamedCommits ? text
                                           : cat(text, " and ", with_thousands(names.size() - kMostNamedCommits), " more");
}

Diagnostic shallow_clone(const RepositoryLayout& layout, const std::vector<std::string>& commits) {
  return {layout.shown(layout.common_dir + "/shallow"),
          cat("shallow clone: the history before ", listed(commits), " is not here; fetch it with ", kUnshallow)};
}

void add_missing_parents(const RepositoryLayout& layout, const ObjectScanResult& scanned, const std::optional<CommitSet>& range,
                         std::vector<Diagnostic>& gaps) {
  const CommitGraph& graph = *scanned.commits_graph;
  const bool shallow = is_shallow(layout);
  std::vector<std::string> ends;
  std::size_t named = 0;
  for (const auto& [commit, parent] : scanned.missing_parents) {
    if (range && !(*range)[commit]) continue;
    if (shallow) {
      std::string end = graph.id(commit).hex().substr(0, kShortId);
      if (ends.empty() || ends.back() != end) ends.push_back(std::move(end));  // a merge has several parents
    } else if (named++ < kMostNamed) {
      gaps.push_back(
          {cat("commit ", parent.hex()), cat("commit is missing, the parent of ", graph.id(commit).hex(), "; ", kRefetch)});
    }
  }
  if (!ends.empty()) gaps.push_back(shallow_clone(layout, ends));
  if (named > kMostNamed)
    gaps.push_back({"commits", cat(with_thousands(named - kMostNamed), " further commits are missing; ", kRefetch)});
}

}  // namespace

std::vector<Diagnostic> describe_gaps(const RepositoryLayout& layout, const ObjectStore& store, const ObjectScanResult& scanned,
                                      const std::optional<CommitSet>& range) {
  std::vector<Diagnostic> gaps;
  add_missing_parents(layout, scanned, range, gaps);
  if (scanned.missing.empty()) return gaps;
  if (store.is_partial()) {
    gaps.push_back({layout.shown(layout.common_dir + "/objects"),
                    cat(count_of(scanned.missing.size(), "object was", "objects were"),
                        " never downloaded (partial clone); download them with 'git fetch --refetch --no-filter'")});
    return gaps;
  }
  for (std::size_t i = 0; i < std::min(scanned.missing.size(), kMostNamed); ++i) {
    gaps.push_back({cat("object ", scanned.missing[i].hex()), cat("object is missing; ", kRefetch)});
  }
  if (scanned.missing.size() > kMostNamed) {
    gaps.push_back(
        {"objects", cat(with_thousands(scanned.missing.size() - kMostNamed), " further objects are missing; ", kRefetch)});
  }
  return gaps;
}

std::string hint_of_gaps(const RepositoryLayout& layout) {
  return is_shallow(layout) ? cat("; this is a shallow clone, and ", kUnshallow, " brings the rest") : "";
}

}  // namespace hfscan
