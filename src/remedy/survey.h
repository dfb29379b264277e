// What a rewrite of a history will have to change, found out before anything is: which objects hold a secret, which commits
// follow from them, and from which commits on everything stays as it is.
//
// Separate from the rewriting, because what it predicts is held against what the rewriting did.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/json.h"
#include "git/commit_graph.h"
#include "git/object_store.h"
#include "git/ref_list.h"
#include "remedy/git_command.h"
#include "remedy/rewrite_job.h"

namespace hfscan {

using IdSet = std::unordered_set<ObjectId, ObjectIdHash>;

// Bytes that spell a secret in a dress, and how they are made harmless without moving their neighbours.
struct DressedEdit {
  enum class How { base64, filled };
  ByteSpan span;
  Sha256Digest before{};  // of the bytes that stand there
  How how = How::filled;
  std::uint32_t secret = 0;  // index into Survey::fillers
};

struct BadBlob {
  enum class How {
    spans,    // every secret stands there as it is, or in UTF-16 or UTF-32
    dressed,  // `edits`, then as above
    whole,    // in an archive, or where nobody knows: the whole content is replaced by a line that says so
  };
  How how = How::spans;
  std::vector<DressedEdit> edits;  // sorted, no overlaps
};

struct SurveyedRef {
  std::string name;            // may hold a secret: never shown as it is (shown_ref)
  std::string new_name;        // the same unless it holds one
  ObjectId id;                 // what it names
  std::vector<ObjectId> tags;  // annotated tags on the way, outermost first
  ObjectId target;             // their end
  ObjectType type = ObjectType::commit;
  bool tainted = false;  // it leads to another object, or has another name, afterwards
};

struct SurveyCounts {
  std::uint64_t commits = 0;
  std::uint64_t tainted = 0;
  std::uint64_t signed_tainted = 0;  // lose their signature
  std::uint64_t signed_kept = 0;
  std::uint64_t signed_tags = 0;  // annotated tags that lose theirs
  std::uint64_t branches = 0;     // tainted ones, as the next three
  std::uint64_t tags = 0;
  std::uint64_t pull_requests = 0;
  std::uint64_t other_refs = 0;
  std::uint64_t lfs_pointers = 0;  // in the whole history
  std::uint64_t submodules = 0;    // paths
  std::uint64_t bad_names = 0;     // trees with a name that holds a secret
};

struct Survey {
  std::shared_ptr<const TokenSearch> search;
  std::vector<std::string> fillers;  // what replaces each secret of the job, also one without prefix
  std::shared_ptr<const CommitGraph> graph;
  std::unordered_map<ObjectId, BadBlob, ObjectIdHash> blobs;
  IdSet bad_commits;  // message, people or further headers
  IdSet bad_tags;
  IdSet bad_trees;  // with a bad name in them
  IdSet signed_tags;
  std::vector<bool> tainted;            // by CommitNumber
  std::vector<CommitNumber> first_bad;  // tainted, but no parent is
  std::vector<CommitNumber> anchors;    // every untainted parent of a tainted commit
  std::vector<SurveyedRef> refs;        // all but HEAD, by name
  std::string head;                     // the branch that HEAD names; empty when it names none
  SurveyCounts counts;
  std::vector<std::string> problems;   // what stands in the way, in words: objects that cannot be read, refs that lead nowhere
  std::vector<std::string> unlocated;  // places of the report that are neither in a blob nor found in the bytes

  [[nodiscard]] bool clean() const;  // there is nothing to rewrite
  [[nodiscard]] bool is_tainted(const ObjectId& commit) const;
};

// `git_dir` is a mirror. Reads every object once, and the trees of commits that have no tainted parent.
Result<Survey> survey(const RewriteJob& job, const std::string& git_dir);

// Counts, ids and masked names: what a plan shows.
Json to_json(const Survey& survey);

// The ids of first-bad commits, in hexadecimal, oldest first.
std::vector<std::string> first_bad_ids(const Survey& survey);

}  // namespace hfscan
