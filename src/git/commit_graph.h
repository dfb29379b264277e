// Every commit of a repository as a graph in little memory, about 90 bytes a commit. Made from the raw bytes of commits,
// wherever they come from: refs, .git/shallow, info/grafts and refs/replace take no part, so nothing in them hides a commit.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/diagnostic.h"
#include "git/id_table.h"
#include "git/objects.h"

namespace hfscan {

// Parents have smaller numbers than their children. Beyond that the numbers follow the order in which commits were added: what
// people see is sorted by sort_by_date.
using CommitNumber = std::uint32_t;
constexpr CommitNumber kNoCommit = IdTable::kNone;

struct CommitDates {
  std::uint64_t author = 0;  // seconds since 1970-01-01T00:00:00Z; 0 when malformed
  std::uint64_t committer = 0;
};

// Immutable; reading is thread-safe.
class CommitGraph {
 public:
  [[nodiscard]] std::uint32_t size() const { return ids_.size(); }
  [[nodiscard]] ObjectFormat format() const { return static_cast<ObjectFormat>(ids_.width()); }

  // kNoCommit when it is not there.
  [[nodiscard]] CommitNumber find(const ObjectId& id) const { return ids_.find(id.raw()); }
  // All whose id begins with these hexadecimal digits, in no order.
  [[nodiscard]] std::vector<CommitNumber> find_prefix(std::string_view hex) const;

  [[nodiscard]] ObjectId id(CommitNumber commit) const { return ids_.id(commit); }
  // No id at all when it has none.
  [[nodiscard]] ObjectId tree(CommitNumber commit) const;
  [[nodiscard]] CommitDates dates(CommitNumber commit) const { return dates_[commit]; }
  // "Name <mail>", any bytes.
  [[nodiscard]] std::string_view author(CommitNumber commit) const { return people_[authors_[commit]]; }
  [[nodiscard]] std::string_view committer(CommitNumber commit) const { return people_[committers_[commit]]; }

  // Those that are here, in the commit's own order.
  [[nodiscard]] std::span<const CommitNumber> parents(CommitNumber commit) const {
    return std::span(parents_).subspan(first_parent_[commit], first_parent_[commit + 1] - first_parent_[commit]);
  }

  // Parents that are named but not here (shallow clone, damage), by commit. Such a commit counts as the beginning of its line.
  [[nodiscard]] const std::vector<std::pair<CommitNumber, ObjectId>>& missing_parents() const { return missing_parents_; }

  [[nodiscard]] std::size_t memory() const;  // bytes, about

 private:
  friend class CommitGraphBuilder;
  explicit CommitGraph(ObjectFormat format) : ids_(format) {}

  IdTable ids_;
  std::string trees_;  // raw ids, one behind the other
  std::vector<CommitDates> dates_;
  std::vector<std::uint32_t> authors_;  // indices into people_
  std::vector<std::uint32_t> committers_;
  std::vector<std::string> people_;
  std::vector<std::uint32_t> first_parent_ = {0};  // indices into parents_, one more than commits
  std::vector<CommitNumber> parents_;
  std::vector<std::pair<CommitNumber, ObjectId>> missing_parents_;
};

// Takes commits in any order, from one thread.
class CommitGraphBuilder {
 public:
  explicit CommitGraphBuilder(ObjectFormat format);
  ~CommitGraphBuilder();
  CommitGraphBuilder(const CommitGraphBuilder&) = delete;
  CommitGraphBuilder& operator=(const CommitGraphBuilder&) = delete;
  CommitGraphBuilder(CommitGraphBuilder&&) = delete;
  CommitGraphBuilder& operator=(CommitGraphBuilder&&) = delete;

  // An id that comes a second time (another pack has it too) is passed over. One that is no commit at all
  // (no tree line) stays in the graph without tree and parents. What could not be understood is a diagnostic.
  void add(const ObjectId& id, std::string_view bytes);

  // Once, at the end. A link that makes a commit its own ancestor, which only a forged id can, is dropped and named.
  [[nodiscard]] CommitGraph build();

  // In the order of discovery; `path` is "commit <id>".
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  struct State;
  std::vector<std::uint32_t> ordered();
  void append(std::uint32_t number, CommitGraph& graph);

  std::unique_ptr<State> state_;
  std::vector<Diagnostic> diagnostics_;
};

// Oldest first by the committer's date, then by id: an order that depends on nothing but the commits.
void sort_by_date(const CommitGraph& graph, std::vector<CommitNumber>& commits);

}  // namespace hfscan
