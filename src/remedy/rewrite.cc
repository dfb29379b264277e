// Tested by tests/unit/remedy/rewrite_test.cc.
#include "remedy/rewrite.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <set>

#include "base/file.h"
#include "base/mask.h"
#include "base/text.h"
#include "process/child.h"
#include "remedy/callbacks.h"
#include "remedy/commit_map.h"
#include "remedy/move_refs.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kMostMapBytes = std::uint64_t{1} << 30U;
constexpr std::size_t kMostParents = 16;  // of one commit that ties others together; git itself ties up to 16 with ease

constexpr const char* kStash = "refs/stash";
constexpr const char* kHiddenStash = "refs/hfscan/stash";

class Rewriter {
 public:
  Rewriter(const RewriteJob& job, const Survey& survey)
      : job_(job), survey_(survey), part_(job.path("rewritten.git.part")), git_(part_) {}

  Result<RewriteResult> run() {
    HFSCAN_TRY(describe());
    HFSCAN_TRY(copy_mirror());
    HFSCAN_TRY(hide_stash());
    HFSCAN_TRY(tie_ends());
    HFSCAN_TRY(filter());
    HFSCAN_TRY(show_stash());
    HFSCAN_TRY(read_map());
    HFSCAN_TRY(check_prediction(survey_, result_.commits));
    HFSCAN_TRY(move_refs(part_, job_.mirror(), survey_, result_.commits));
    HFSCAN_TRY_ASSIGN(result_.notes_moved, move_notes(part_, survey_, result_.commits, job_.now));
    HFSCAN_TRY(forget_the_old());
    HFSCAN_TRY(keep());
    return read_result(job_);
  }

 private:
  Status describe() {
    HFSCAN_TRY(remove_tree(job_.path("proof.json")));
    HFSCAN_TRY(remove_tree(job_.path("result.json")));
    HFSCAN_TRY(remove_whole(job_, "rewritten.git"));
    HFSCAN_TRY(write_file_atomically(job_.path("survey.json"), dump_pretty(to_json(survey_)), FileMode::owner_only));
    HFSCAN_TRY(write_callbacks(survey_, job_.path("callbacks")));
    return write_file_atomically(job_.path("rewrite.sh"), rewrite_script(survey_), FileMode::owner_only);
  }

  Status copy_mirror() {
    HFSCAN_TRY(remove_tree(part_));
    HFSCAN_TRY(GitCommand().output({"clone", "--quiet", "--mirror", "--no-local", "--template=", "--", job_.mirror(), part_}));
    ::chmod(part_.c_str(), 0700);
    return {};
  }

  // git-filter-repo works in no repository with a stash, which the user's own may have; in the copy it is a ref like others.
  Status hide_stash() {
    has_stash_ =
        std::any_of(survey_.refs.begin(), survey_.refs.end(), [](const SurveyedRef& ref) { return ref.name == kStash; });
    if (!has_stash_) return {};
    HFSCAN_TRY(git_.output({"update-ref", kHiddenStash, kStash}));
    HFSCAN_TRY(git_.output({"update-ref", "-d", kStash}));
    return {};
  }

  Status show_stash() {
    if (!has_stash_) return {};
    HFSCAN_TRY(git_.output({"update-ref", kStash, kHiddenStash}));
    HFSCAN_TRY(git_.output({"update-ref", "-d", kHiddenStash}));
    return {};
  }

  // One commit that has all of these as ancestors; they are tied in bundles, and the bundles again.
  Result<ObjectId> tie(std::vector<ObjectId> ends) {
    while (ends.size() > 1) {
      std::vector<ObjectId> ties;
      for (std::size_t i = 0; i < ends.size(); i += kMostParents) {
        const std::vector<ObjectId> some(ends.begin() + static_cast<std::ptrdiff_t>(i),
                                         ends.begin() + static_cast<std::ptrdiff_t>(std::min(i + kMostParents, ends.size())));
        HFSCAN_TRY_ASSIGN(const ObjectId made, some.size() == 1 ? Result<ObjectId>(some.front()) : tie_some(some));
        ties.push_back(made);
      }
      ends = std::move(ties);
    }
    return ends.front();
  }

  // With the tree of the first, so that nothing new is in it.
  Result<ObjectId> tie_some(const std::vector<ObjectId>& ends) {
    const ObjectId tree =
        trees_.contains(ends.front()) ? trees_.at(ends.front()) : survey_.graph->tree(survey_.graph->find(ends.front()));
    std::string bytes = cat("tree ", tree.hex(), "\n");
    for (const ObjectId& end : ends) bytes += cat("parent ", end.hex(), "\n");
    bytes += "author hfscan <hfscan@localhost> 0 +0000\ncommitter hfscan <hfscan@localhost> 0 +0000\n\ntie\n";
    HFSCAN_TRY_ASSIGN(const std::string line, git_.output({"hash-object", "-t", "commit", "-w", "--stdin"}, bytes));
    const std::optional<ObjectId> made = ObjectId::from_hex(trim(line));
    if (!made) return Error{"git wrote no commit"};
    trees_[*made] = tree;
    return *made;
  }

  Status tie_ends() {
    std::vector<ObjectId> anchors;
    for (const CommitNumber anchor : survey_.anchors) anchors.push_back(survey_.graph->id(anchor));
    std::vector<ObjectId> ends = tainted_tips(survey_);
    if (ends.empty()) return {};  // only names and tags are to change
    HFSCAN_TRY(point(kTipsRef, std::move(ends)));
    if (!anchors.empty()) HFSCAN_TRY(point(kAnchorsRef, std::move(anchors)));
    HFSCAN_TRY(git_.output({"repack", "-a", "-d", "-q"}));  // git-filter-repo wants one pack
    return {};
  }

  Status point(const char* ref, std::vector<ObjectId> ends) {
    HFSCAN_TRY_ASSIGN(const ObjectId id, tie(std::move(ends)));
    HFSCAN_TRY(git_.output({"update-ref", ref, id.hex()}));
    has_tips_ = true;
    return {};
  }

  // A continuation of an older run cannot be, as the copy is fresh; it asks nobody, as its standard input is empty.
  Status filter() {
    if (!has_tips_) return {};
    GitCommand git(part_);
    git.with("PYTHONDONTWRITEBYTECODE", "1").with("PYTHONSAFEPATH", "1");
    const Anchored anchored = survey_.anchors.empty() ? Anchored::no : Anchored::yes;
    const Result<ChildResult> result = git.run(filter_arguments(job_.path("callbacks"), anchored));
    if (!result.ok()) return result.error();
    if (!result->ok()) return failed(*result);
    return {};
  }

  // Its own words say more than those of the programs that ended with it. All of them are kept, masked.
  Status failed(const ChildResult& result) const {
    std::string log;
    std::string why = last_words(result);
    for (const std::string_view line : split_lines(result.err)) {
      const std::string shown = mask_token_shapes(escape_for_display(line));
      log += shown + "\n";
      if (shown.starts_with("hfscan: ") || shown.starts_with("Aborting: ")) why = shown;
    }
    HFSCAN_TRY(write_file_atomically(job_.path("filter-repo.log"), log, FileMode::owner_only));
    return Error{cat("git-filter-repo failed: ", why, "; nothing outside the incident's folder changed (filter-repo.log)")};
  }

  Status read_map() {
    if (!has_tips_) return {};
    HFSCAN_TRY_ASSIGN(const std::string text, read_file(part_ + "/filter-repo/commit-map", kMostMapBytes));
    HFSCAN_TRY_ASSIGN(result_.commits, parse_commit_map(text));
    for (const auto& [tie, tree] : trees_) result_.commits.erase(tie);
    return {};
  }

  Status forget_the_old() {
    HFSCAN_TRY(remove_tree(part_ + "/filter-repo"));
    // A push to anywhere takes more than a typing error then. `git remote remove` would take refs/remotes/origin with it, which
    // a remote may have of its own.
    HFSCAN_TRY(git_.output({"config", "--remove-section", "remote.origin"}));
    HFSCAN_TRY(git_.output({"reflog", "expire", "--expire=now", "--all"}));
    HFSCAN_TRY(git_.output({"pack-refs", "--all", "--prune"}));
    HFSCAN_TRY(git_.output({"gc", "--quiet", "--prune=now"}));
    return {};
  }

  Status keep() {
    HFSCAN_TRY(write_file_atomically(job_.path("commit-map"), commit_map_text(result_.commits), FileMode::owner_only));
    HFSCAN_TRY_ASSIGN(const Json document, document_of_result());
    if (std::rename(part_.c_str(), job_.rewritten().c_str()) != 0)
      return Error{cat("cannot rename ", hfscan::quoted(part_), ": ", errno_text(errno))};
    return write_file_atomically(job_.path("result.json"), dump_pretty(document), FileMode::owner_only);
  }

  Result<Json> document_of_result() const {
    HFSCAN_TRY_ASSIGN(const RefMap refs, local_refs(part_));
    Json lines = Json::array();
    for (std::size_t i = 0; i < survey_.refs.size(); ++i) {
      const SurveyedRef& ref = survey_.refs[i];
      const auto now = refs.find(ref.new_name);
      if (now == refs.end())
        return Error{cat("ref ", shown_ref(ref.new_name), " is gone after the rewriting; nothing was pushed")};
      if (now->second == ref.id && ref.name == ref.new_name) continue;
      lines.push_back({{"index", i},
                       {"name", to_text(ref.name)},
                       {"new_name", to_text(ref.new_name)},
                       {"old", ref.id.hex()},
                       {"new", now->second.hex()}});
    }
    return Json{{"schema", "hfscan-rewrite/1"},
                {"rewritten_commits", result_.commits.size()},
                {"notes_moved", result_.notes_moved},
                {"commit_map_sha256", file_digest(job_.path("commit-map"))},
                {"first_changed", first_bad_ids(survey_)},
                {"refs", std::move(lines)}};
  }

  static std::string to_text(const std::string& ref) { return shown_ref(ref); }

  const RewriteJob& job_;
  const Survey& survey_;
  std::string part_;
  GitCommand git_;
  std::map<ObjectId, ObjectId, bool (*)(const ObjectId&, const ObjectId&)> trees_{
      [](const ObjectId& a, const ObjectId& b) { return a.raw() < b.raw(); }};  // of the commits that tie
  bool has_tips_ = false;
  bool has_stash_ = false;
  RewriteResult result_;
};

// The proof is about this document: refs that somebody moved since are not what was proven.
Status check_refs(const Json& document, const std::vector<MovedRef>& refs) {
  std::multiset<std::string> written;
  std::multiset<std::string> found;
  const Json& lines = json_member(document, "refs");
  for (const Json& line : lines.is_array() ? lines : Json::array())
    written.insert(cat(json_text(line, "new_name"), " ", json_text(line, "old"), " ", json_text(line, "new")));
  for (const MovedRef& ref : refs) found.insert(cat(shown_ref(ref.new_name), " ", ref.old_id.hex(), " ", ref.new_id.hex()));
  if (written == found) return {};
  return Error{"the new history is not what was proven: somebody moved its refs since; rewrite again"};
}

Result<std::vector<MovedRef>> refs_of_copies(const RewriteJob& job) {
  HFSCAN_TRY_ASSIGN(const RefMap before, local_refs(job.mirror()));
  HFSCAN_TRY_ASSIGN(const RefMap after, local_refs(job.rewritten()));
  const TokenSearch search(known_secrets(job.secrets));
  std::vector<MovedRef> refs;
  for (const auto& [name, id] : before) {
    const std::string new_name = search.replaced(name);
    const auto now = after.find(new_name);
    if (now == after.end()) return Error{cat("ref ", shown_ref(new_name), " is not in the new history; rewrite again")};
    if (now->second != id || new_name != name) refs.push_back({name, new_name, id, now->second});
  }
  return refs;
}

Result<std::vector<MovedRef>> refs_of_document(const Json& document) {
  std::vector<MovedRef> refs;
  const Json& lines = json_member(document, "refs");
  for (const Json& line : lines.is_array() ? lines : Json::array()) {
    const std::optional<ObjectId> before = ObjectId::from_hex(json_text(line, "old"));
    const std::optional<ObjectId> after = ObjectId::from_hex(json_text(line, "new"));
    if (!before || !after) return Error{"result.json cannot be read: rewrite again"};
    refs.push_back({json_text(line, "name"), json_text(line, "new_name"), *before, *after});
  }
  return refs;
}

}  // namespace

Result<RewriteResult> rewrite(const RewriteJob& job, const Survey& survey) {
  if (survey.clean()) return Error{"there is nothing to rewrite"};
  if (!survey.problems.empty()) return Error{cat("the history cannot be rewritten: ", survey.problems.front())};
  Result<RewriteResult> result = Rewriter(job, survey).run();
  if (!result.ok()) HFSCAN_TRY(remove_tree(job.path("rewritten.git.part")));  // also what crashed programs wrote down there
  return result;
}

Result<RewriteResult> read_result(const RewriteJob& job) {
  RewriteResult result;
  HFSCAN_TRY_ASSIGN(const std::string text, read_file(job.path("result.json"), kMostMapBytes));
  HFSCAN_TRY_ASSIGN(const Json document, parse_json(text, "result.json"));
  HFSCAN_TRY_ASSIGN(const std::string map, read_file(job.path("commit-map"), kMostMapBytes));
  HFSCAN_TRY_ASSIGN(result.commits, parse_commit_map(map));
  const bool has_copies = path_exists(job.mirror());
  HFSCAN_TRY_ASSIGN(result.refs, has_copies ? refs_of_copies(job) : refs_of_document(document));
  if (has_copies) HFSCAN_TRY(check_refs(document, result.refs));
  result.first_changed = json_texts(document, "first_changed");
  result.notes_moved = json_number(document, "notes_moved");
  return result;
}

}  // namespace hfscan
