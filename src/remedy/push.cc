// Tested by tests/unit/remedy/push_test.cc.
#include "remedy/push.h"

#include <sys/stat.h>

#include <algorithm>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "base/mask.h"
#include "base/text.h"
#include "remedy/backup.h"
#include "remedy/push_answer.h"

namespace hfscan {
namespace {

constexpr const char* kRemote = "target";
constexpr std::string_view kOldRefs = "refs/hfscan/old/";
constexpr std::string_view kNewRefs = "refs/hfscan/new/";

// As a value in a config file; names of refs have no backslash and no control characters (git-check-ref-format(1)).
std::string config_value(std::string_view text) {
  std::string value = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') value += '\\';
    value += c;
  }
  return value + "\"";
}

bool is_renamed(const MovedRef& ref) { return ref.name != ref.new_name; }

std::string below_refs(std::string_view name) { return std::string(name.substr(std::string_view("refs/").size())); }

// One ref of the remote: what it must have now (empty: nothing) and what it shall have (empty: it goes).
struct Step {
  std::string name;
  ObjectId from;
  ObjectId to;
};

std::vector<Step> steps_of(const PushPlan& plan) {
  std::vector<Step> steps;
  for (const MovedRef& ref : plan.refs) {
    if (is_renamed(ref)) {
      steps.push_back({ref.new_name, {}, ref.new_id});
      steps.push_back({ref.name, ref.old_id, {}});
    } else {
      steps.push_back({ref.name, ref.old_id, ref.new_id});
    }
  }
  return steps;
}

ObjectId id_in(const RefMap& refs, const std::string& name) {
  const auto ref = refs.find(name);
  return ref == refs.end() ? ObjectId{} : ref->second;
}

enum class Lease { yes, no };
enum class Atomic { yes, no };

class Pusher {
 public:
  Pusher(const RewriteJob& job, const RewriteResult& result) : job_(job), result_(result), folder_(job.path("push.git")) {}

  Result<PushReport> all() {
    HFSCAN_TRY(look());
    if (!report_.advice.empty() || pending_.empty()) return finished();
    // git hands the leases of http to a program of its own as arguments: a name that is a secret must not be among them.
    const auto middle =
        std::stable_partition(pending_.begin(), pending_.end(), [this](const Step& step) { return !hidden(step); });
    HFSCAN_TRY_ASSIGN(report_, push({pending_.begin(), middle}, Lease::yes, Atomic::yes));
    if (report_.outcome == PushOutcome::done && middle != pending_.end()) HFSCAN_TRY(delete_hidden({middle, pending_.end()}));
    return finished();
  }

  Result<PushReport> each() {
    HFSCAN_TRY(look());
    if (!report_.advice.empty()) return finished();
    std::vector<std::string> rejected;
    bool moved = false;
    for (const Step& step : pending_) {
      HFSCAN_TRY_ASSIGN(PushReport one, push({step}, hidden(step) ? Lease::no : Lease::yes, Atomic::no));
      rejected.insert(rejected.end(), one.rejected.begin(), one.rejected.end());
      if (one.outcome != PushOutcome::done && one.rejected.empty())
        rejected.push_back(cat(shown_ref(step.name), ": ", one.advice));
      moved = moved || one.outcome == PushOutcome::moved;
    }
    report_.rejected = std::move(rejected);
    report_.outcome = report_.rejected.empty() ? PushOutcome::done : moved ? PushOutcome::moved : PushOutcome::partly;
    if (!report_.rejected.empty()) report_.advice = "some refs were not taken; see to them and push again";
    return finished();
  }

 private:
  bool hidden(const Step& step) const {
    return is_http(job_.source) && TokenSearch(known_secrets(job_.secrets)).holds_any(step.name);
  }

  // What the remote has now, and so what is left to do.
  Status look() {
    HFSCAN_TRY(remove_tree(folder_));  // of a run that was killed
    HFSCAN_TRY_ASSIGN(url_, safe_remote(job_.source));
    HFSCAN_TRY_ASSIGN(mirror_, local_refs(job_.mirror()));
    HFSCAN_TRY_ASSIGN(const RefMap remote, remote_refs(url_));
    std::set<std::string> ours;
    std::vector<std::string> moved;
    for (const Step& step : steps_of(plan_push(result_))) {
      ours.insert(step.name);
      const ObjectId now = id_in(remote, step.name);
      if (now == step.to) continue;
      if (now != step.from) moved.push_back(shown_ref(step.name));
      pending_.push_back(step);
    }
    for (const auto& [name, id] : remote) {
      if (!ours.contains(name) && !is_host_owned(name) && id_in(mirror_, name) != id) moved.push_back(shown_ref(name));
    }
    if (!moved.empty()) {
      report_.outcome = PushOutcome::moved;
      report_.rejected = std::move(moved);
      report_.advice = moved_advice();
    } else {
      report_.outcome = pending_.empty() ? PushOutcome::nothing : PushOutcome::unknown;
    }
    return {};
  }

  // A repository that has no objects of its own. What is pushed and what must be there stands in its config and refs, as
  // arguments can be seen by everybody and are limited in length.
  Status prepare(const std::vector<Step>& steps) {
    HFSCAN_TRY(remove_tree(folder_));
    const std::string stores = cat(job_.rewritten(), "/objects\n", job_.mirror(), "/objects\n");
    HFSCAN_TRY(GitCommand().output({"init", "--quiet", "--bare", "--template=", "--", folder_}));
    ::mkdir((folder_ + "/objects/info").c_str(), 0700);
    HFSCAN_TRY(write_file_atomically(folder_ + "/objects/info/alternates", stores, FileMode::owner_only));
    std::string config = cat("[core]\n\tbare = true\n\trepositoryformatversion = 0\n[remote \"", kRemote,
                             "\"]\n\turl = ", config_value(url_), "\n\tfetch = \"+refs/*:", kOldRefs, "*\"\n");
    std::map<std::string, std::string> refs;
    bool any_new = false;
    for (const Step& step : steps) {
      if (step.to.size == 0) config += cat("\tpush = ", config_value(cat(":", step.name)), "\n");
      if (step.to.size != 0) refs[cat(kNewRefs, below_refs(step.name))] = step.to.hex();
      if (step.from.size != 0) refs[cat(kOldRefs, below_refs(step.name))] = step.from.hex();
      any_new = any_new || step.to.size != 0;
    }
    // One pattern: git takes time for each of its refspecs with each other one.
    if (any_new) config += cat("\tpush = \"", kNewRefs, "*:refs/*\"\n");
    HFSCAN_TRY(write_file_atomically(folder_ + "/config", config, FileMode::owner_only));
    std::string packed = "# pack-refs with: sorted \n";  // as a file, thousands cost nothing
    for (const auto& [name, id] : refs) packed += cat(id, " ", name, "\n");
    HFSCAN_TRY(write_file_atomically(folder_ + "/packed-refs", packed, FileMode::owner_only));
    return {};
  }

  Result<PushReport> push(const std::vector<Step>& steps, Lease lease, Atomic atomic) {
    if (steps.empty()) return PushReport{PushOutcome::done, {}, ""};
    const Status prepared = prepare(steps);
    std::vector<std::string> arguments = {"push", "--porcelain", "--no-verify", "--no-recurse-submodules"};
    if (atomic == Atomic::yes) arguments.emplace_back("--atomic");
    if (lease == Lease::yes) arguments.emplace_back("--force-with-lease");  // of every ref: the one under refs/hfscan/old
    arguments.emplace_back(kRemote);
    const Result<ChildResult> said =
        prepared.ok() ? GitCommand(folder_).sharing_files().run(arguments) : Result<ChildResult>(prepared.error());
    HFSCAN_TRY(remove_tree(folder_));
    if (!said.ok()) return said.error();
    return read_push_answer(*said);
  }

  // Nobody sees to it that they are still what they were, so that is asked right before.
  Status delete_hidden(const std::vector<Step>& steps) {
    HFSCAN_TRY_ASSIGN(const RefMap remote, remote_refs(url_));
    for (const Step& step : steps) {
      if (id_in(remote, step.name) == step.from) continue;
      report_ = {PushOutcome::partly, {shown_ref(step.name)}, moved_advice()};
      return {};
    }
    HFSCAN_TRY_ASSIGN(report_, push(steps, Lease::no, Atomic::yes));
    if (report_.outcome != PushOutcome::done) report_.outcome = PushOutcome::partly;
    return {};
  }

  Result<PushReport> finished() {
    if (report_.outcome != PushOutcome::done && report_.outcome != PushOutcome::nothing) return std::move(report_);
    const Json document = {{"schema", "hfscan-push/1"},
                           {"about", file_digest(job_.path("result.json"))},
                           {"refs", result_.refs.size()},
                           {"time", job_.now}};
    HFSCAN_TRY(write_file_atomically(job_.path("pushed.json"), dump_pretty(document), FileMode::owner_only));
    return std::move(report_);
  }

  static std::string moved_advice() {
    return "somebody pushed since the mirror was taken, and nothing was changed; take a new mirror and rewrite again";
  }

  const RewriteJob& job_;
  const RewriteResult& result_;
  std::string folder_;
  std::string url_;
  RefMap mirror_;
  std::vector<Step> pending_;
  PushReport report_;
};

// A repository with a work tree is somebody's own, the user's for one: nobody pushes into that. A bare one is a server's.
bool is_own_repository(const RewriteJob& job) {
  const std::string path = job.source.starts_with("file://") ? job.source.substr(7) : job.source;
  if (!path.starts_with('/')) return false;
  const Result<std::optional<RepositoryLayout>> layout = find_repository(path);
  if (!layout.ok() || !*layout) return false;
  const bool is_users = job.repository && !job.repository->work_tree.empty();
  return !(*layout)->work_tree.empty() || (is_users && job.repository->common_dir == (*layout)->common_dir);
}

Status allowed(const RewriteJob& job) {
  if (is_own_repository(job))
    return Error{"nothing is pushed into a repository with a work tree; push to the remote by its address"};
  if (measure_rewrite(job) < RewriteState::verified)
    return Error{"the new history was not proven to hold no token and no other change; verify it before the push"};
  const Result<RefMap> refs = local_refs(job.mirror());
  if (!refs.ok() || refs->empty()) return Error{"there is no backup of the old history; nothing is pushed without one"};
  return {};
}

}  // namespace

PushPlan plan_push(const RewriteResult& result) {
  PushPlan plan;
  for (const MovedRef& ref : result.refs) {
    if (is_host_owned(ref.name))
      plan.skipped.push_back(shown_ref(ref.name));
    else
      plan.refs.push_back(ref);
  }
  return plan;
}

Result<PushReport> push_all(const RewriteJob& job, const RewriteResult& result) {
  HFSCAN_TRY(allowed(job));
  return Pusher(job, result).all();
}

Result<PushReport> push_each(const RewriteJob& job, const RewriteResult& result) {
  HFSCAN_TRY(allowed(job));
  return Pusher(job, result).each();
}

}  // namespace hfscan
