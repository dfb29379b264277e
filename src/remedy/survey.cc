// Tested by tests/unit/remedy/survey_test.cc.
#include "remedy/survey.h"

#include <algorithm>
#include <mutex>

#include "base/file.h"
#include "base/mask.h"
#include "base/text.h"
#include "git/refs.h"
#include "remedy/bad_trees.h"
#include "remedy/clean_bytes.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostProblems = 100;
constexpr std::string_view kLfsPointer = "version https://git-lfs.github.com/spec/v1\n";

bool is_signed_commit(std::string_view bytes) {
  const std::string_view headers = bytes.substr(0, bytes.find("\n\n"));
  return headers.find("\ngpgsig") != std::string_view::npos;
}

bool is_signed_tag(std::string_view bytes) {
  return bytes.find("\n-----BEGIN PGP SIGNATURE-----") != std::string_view::npos ||
         bytes.find("\n-----BEGIN SSH SIGNATURE-----") != std::string_view::npos ||
         bytes.find("\n-----BEGIN SIGNED MESSAGE-----") != std::string_view::npos ||
         bytes.substr(0, bytes.find("\n\n")).find("\ngpgsig") != std::string_view::npos;
}

class Surveyor {
 public:
  Surveyor(const RewriteJob& job, RepositoryLayout layout)
      : job_(job), layout_(std::move(layout)), store_(ObjectStore::open(layout_, {}, job.threads)), builder_(layout_.format) {
    survey_.search = std::make_shared<TokenSearch>(known_secrets(job.secrets));
    for (const LeakedSecret& secret : job.secrets) {
      survey_.fillers.push_back(filler_of(secret));
      ids_.push_back(secret.id);
    }
  }

  Result<Survey> run() {
    read_objects();
    dress();
    survey_.graph = std::make_shared<CommitGraph>(builder_.build());
    for (const Diagnostic& diagnostic : builder_.diagnostics()) problem(diagnostic);
    HFSCAN_TRY(taint());
    list_all_refs();
    count();
    return std::move(survey_);
  }

 private:
  void problem(const Diagnostic& diagnostic) {
    if (survey_.problems.size() >= kMostProblems) return;
    survey_.problems.push_back(
        mask_token_shapes(cat(escape_for_display(diagnostic.path), ": ", escape_for_display(diagnostic.message))));
  }

  void read_objects() {
    ObjectWalkOptions options;
    options.types = ObjectTypes::all();
    options.threads = job_.threads;
    ObjectVisitor visitor;
    visitor.object = [this](unsigned, const ObjectId& id, ObjectType type, std::string_view bytes) { look(id, type, bytes); };
    visitor.problem = [this](const Diagnostic& diagnostic) { problem(diagnostic); };
    store_.for_each(options, visitor);
  }

  void look(const ObjectId& id, ObjectType type, std::string_view bytes) {
    const bool bad = survey_.search->holds_any(bytes);
    const std::lock_guard lock(mutex_);
    if (type == ObjectType::blob) look_at_blob(id, bytes, bad);
    if (type == ObjectType::commit) look_at_commit(id, bytes, bad);
    if (type == ObjectType::tag) look_at_tag(id, bytes, bad);
    if (type == ObjectType::tree) look_at_tree(id, bytes, bad);
  }

  void look_at_blob(const ObjectId& id, std::string_view bytes, bool bad) {
    if (bad) survey_.blobs[id];
    if (bytes.starts_with(kLfsPointer)) ++survey_.counts.lfs_pointers;
  }

  void look_at_commit(const ObjectId& id, std::string_view bytes, bool bad) {
    builder_.add(id, bytes);
    if (bad) survey_.bad_commits.insert(id);
    if (is_signed_commit(bytes)) signed_commits_.insert(id);
  }

  void look_at_tag(const ObjectId& id, std::string_view bytes, bool bad) {
    if (bad) survey_.bad_tags.insert(id);
    if (is_signed_tag(bytes)) survey_.signed_tags.insert(id);
  }

  void look_at_tree(const ObjectId& id, std::string_view bytes, bool bad) {
    if (bad) survey_.bad_trees.insert(id);
    TreeCursor cursor(bytes, layout_.format);
    for (TreeCursor::Entry entry; cursor.next(entry);) {
      if ((entry.mode & kModeTypeMask) == kModeGitlink) gitlinks_.emplace(entry.name);
    }
  }

  // Objects in which the report found a secret that may not stand there as it is.
  void dress() {
    std::map<std::string, std::vector<std::pair<const LeakedSecret*, const LeakPlace*>>> places;
    for (const LeakedSecret& secret : job_.secrets) {
      for (const LeakPlace& place : secret.places) {
        if (!place.blob.empty()) places[place.blob].emplace_back(&secret, &place);
      }
    }
    for (const auto& [blob, named] : places) {
      const std::optional<ObjectId> id = ObjectId::from_hex(blob);
      if (id) dress_blob(*id, named);
    }
  }

  void dress_blob(const ObjectId& id, const std::vector<std::pair<const LeakedSecret*, const LeakPlace*>>& named) {
    const Result<GitObject> object = store_.read(id);
    if (!object.ok()) return;  // it is not in what the remote has
    std::set<Sha256Digest> missing;
    bool packed = false;
    const std::set<Sha256Digest> seen = plain_secrets(object->bytes);
    for (const auto& [secret, place] : named) {
      if (!seen.contains(secret->id)) missing.insert(secret->id);
      packed = packed || place->packed || place->path.find(kMemberSeparator) != std::string::npos;
    }
    if (object->type == ObjectType::blob)
      settle(id, object->bytes, missing, packed ? "" : named.front().second->path);
    else if (!missing.empty())
      survey_.unlocated.push_back(
          cat(object->type == ObjectType::commit ? "commit " : "object ", id.hex(), " spells it in another way"));
  }

  std::set<Sha256Digest> plain_secrets(std::string_view bytes) const {
    std::set<Sha256Digest> seen;
    for (const TokenSpan& span : survey_.search->find(bytes)) seen.insert(survey_.search->secrets()[span.secret].id);
    return seen;
  }

  // What the finder shows is replaced where it stands; when it still shows something afterwards, or nothing of a secret that
  // the report names, the whole content goes. `path` is empty for archives.
  void settle(const ObjectId& id, std::string_view bytes, std::set<Sha256Digest> missing, const std::string& path) {
    BadBlob blob;
    if (!path.empty() && job_.find_dressed)
      blob.edits = plan_edits(bytes, job_.find_dressed(bytes, path), ids_, *survey_.search);
    for (const DressedEdit& edit : blob.edits) missing.erase(ids_[edit.secret]);
    if (!blob.edits.empty()) blob.how = BadBlob::How::dressed;
    if (path.empty() || !missing.empty() || !is_clean_afterwards(id, bytes, blob, path)) blob = {BadBlob::How::whole, {}};
    survey_.blobs[id] = std::move(blob);
  }

  bool is_clean_afterwards(const ObjectId& id, std::string_view bytes, const BadBlob& blob, const std::string& path) const {
    if (!job_.find_dressed) return true;
    const std::optional<std::string> clean = cleaned(bytes, id, blob, survey_);
    if (!clean) return false;
    const std::vector<DressedSpan> left = job_.find_dressed(*clean, path);
    const auto is_ours = [this](const DressedSpan& span) {
      return std::find(ids_.begin(), ids_.end(), span.secret) != ids_.end();
    };
    return std::none_of(left.begin(), left.end(), is_ours);
  }

  Status taint() {
    const CommitGraph& graph = *survey_.graph;
    BadTrees trees(store_, survey_);
    survey_.tainted.resize(graph.size());
    for (CommitNumber commit = 0; commit < graph.size(); ++commit) {
      const auto parents = graph.parents(commit);
      const bool follows = std::any_of(parents.begin(), parents.end(), [this](CommitNumber p) { return survey_.tainted[p]; });
      bool bad = follows || survey_.bad_commits.contains(graph.id(commit));
      if (!bad) {
        HFSCAN_TRY_ASSIGN(bad, trees.is_bad(graph.tree(commit)));
      }
      survey_.tainted[commit] = bad;
      if (bad && !follows) survey_.first_bad.push_back(commit);
    }
    find_anchors();
    return {};
  }

  void find_anchors() {
    std::set<CommitNumber> anchors;
    for (CommitNumber commit = 0; commit < survey_.tainted.size(); ++commit) {
      if (!survey_.tainted[commit]) continue;
      for (const CommitNumber parent : survey_.graph->parents(commit)) {
        if (!survey_.tainted[parent]) anchors.insert(parent);
      }
    }
    survey_.anchors.assign(anchors.begin(), anchors.end());
    if (!survey_.graph->missing_parents().empty())
      problem({"history", "commits name parents that are not there: a shallow clone, or a damaged one"});
  }

  void list_all_refs() {
    RefList list = list_refs(layout_, store_, *survey_.graph);
    for (const Diagnostic& diagnostic : list.problems) {
      if (diagnostic.path != "HEAD") problem(diagnostic);
    }
    for (NamedRef& ref : list.refs) {
      if (ref.peeled.name.starts_with("refs/")) add_ref(std::move(ref));
    }
    const Result<std::string> head = read_file(layout_.git_dir + "/HEAD", 65536);
    if (head.ok() && head->starts_with("ref: ")) survey_.head = trim(std::string_view(*head).substr(5));
  }

  void add_ref(NamedRef ref) {
    SurveyedRef known;
    known.name = ref.peeled.name;
    known.new_name = survey_.search->replaced(known.name);
    known.tags = std::move(ref.tags);
    known.target = ref.peeled.target;
    known.type = ref.peeled.type;
    known.id = known.tags.empty() ? known.target : known.tags.front();
    const bool bad_tag =
        std::any_of(known.tags.begin(), known.tags.end(), [this](const ObjectId& id) { return survey_.bad_tags.contains(id); });
    known.tainted = known.name != known.new_name || bad_tag || survey_.is_tainted(known.target);
    if (known.type != ObjectType::commit) look_at_odd_ref(known);
    survey_.refs.push_back(std::move(known));
  }

  // Nothing rewrites a tree or a blob that no commit has.
  void look_at_odd_ref(const SurveyedRef& ref) {
    BadTrees trees(store_, survey_);
    const bool bad = ref.type == ObjectType::blob ? survey_.blobs.contains(ref.target)
                                                  : trees.is_bad(ref.target).ok() && *trees.is_bad(ref.target);
    if (bad)
      problem({shown_ref(ref.name),
               "names a tree or a file that holds the token, not a commit; delete this ref on the remote first"});
  }

  void count() {
    SurveyCounts& counts = survey_.counts;
    counts.commits = survey_.graph->size();
    counts.submodules = gitlinks_.size();
    counts.bad_names = survey_.bad_trees.size();
    for (CommitNumber commit = 0; commit < survey_.tainted.size(); ++commit) {
      counts.tainted += survey_.tainted[commit] ? 1U : 0U;
      if (signed_commits_.contains(survey_.graph->id(commit)))
        ++(survey_.tainted[commit] ? counts.signed_tainted : counts.signed_kept);
    }
    for (const SurveyedRef& ref : survey_.refs) {
      if (ref.tainted) count_ref(ref);
    }
  }

  void count_ref(const SurveyedRef& ref) {
    SurveyCounts& counts = survey_.counts;
    if (ref.name.starts_with("refs/heads/"))
      ++counts.branches;
    else if (ref.name.starts_with("refs/tags/"))
      ++counts.tags;
    else if (is_pull_request(ref.name))
      ++counts.pull_requests;
    else
      ++counts.other_refs;
    const auto is_signed = [this](const ObjectId& id) { return survey_.signed_tags.contains(id); };
    counts.signed_tags += std::any_of(ref.tags.begin(), ref.tags.end(), is_signed) ? 1U : 0U;
  }

  const RewriteJob& job_;
  RepositoryLayout layout_;
  ObjectStore store_;
  CommitGraphBuilder builder_;
  std::mutex mutex_;  // of everything below, and of builder_
  Survey survey_;
  std::vector<Sha256Digest> ids_;  // of the job's secrets
  IdSet signed_commits_;
  std::set<std::string> gitlinks_;
};

}  // namespace

bool Survey::clean() const {
  return first_bad.empty() && std::none_of(refs.begin(), refs.end(), [](const SurveyedRef& ref) { return ref.tainted; });
}

bool Survey::is_tainted(const ObjectId& commit) const {
  const CommitNumber number = graph->find(commit);
  return number != kNoCommit && tainted[number];
}

Result<Survey> survey(const RewriteJob& job, const std::string& git_dir) {
  HFSCAN_TRY_ASSIGN(std::optional<RepositoryLayout> layout, find_repository(git_dir));
  if (!layout) return Error{cat(hfscan::quoted(git_dir), " is no repository")};
  return Surveyor(job, std::move(*layout)).run();
}

std::vector<std::string> first_bad_ids(const Survey& survey) {
  std::vector<CommitNumber> commits = survey.first_bad;
  sort_by_date(*survey.graph, commits);
  std::vector<std::string> ids;
  ids.reserve(commits.size());
  for (const CommitNumber commit : commits) ids.push_back(survey.graph->id(commit).hex());
  return ids;
}

}  // namespace hfscan
