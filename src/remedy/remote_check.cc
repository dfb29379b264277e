// Tested by tests/unit/remedy/remote_check_test.cc.
#include "remedy/remote_check.h"

#include <algorithm>
#include <array>

#include "base/mask.h"
#include "base/text.h"
#include "base/utf.h"
#include "remedy/push.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostProbes = 50;

// What servers say of an id that they do not hand out (git's upload-pack and fetch-pack).
constexpr std::array<std::string_view, 4> kGone = {"not our ref", "unadvertised object", "no such remote ref",
                                                   "couldn't find remote ref"};

ProbedCommit::State probe(const std::string& folder, const std::string& url, const std::string& id) {
  const Result<ChildResult> said = GitCommand(folder).run({"fetch", "--quiet", "--depth=1", "--no-tags", "--", url, id});
  if (!said.ok()) return ProbedCommit::State::unknown;
  if (said->ok()) return ProbedCommit::State::fetchable;
  return holds_one_of(to_lower_ascii(said->err), kGone) ? ProbedCommit::State::gone : ProbedCommit::State::unknown;
}

class RemoteChecker {
 public:
  RemoteChecker(const RewriteJob& job, const RewriteResult& result)
      : job_(job), result_(result), folder_(job.path("remote.git")) {}

  Result<RemoteCheck> run() {
    HFSCAN_TRY_ASSIGN(const std::string url, safe_remote(job_.source));
    HFSCAN_TRY_ASSIGN(const RefMap refs, remote_refs(url));
    compare(refs);
    Status scanned = scan(url);
    HFSCAN_TRY(remove_tree(folder_));
    if (!scanned.ok()) return Error(scanned.error());
    HFSCAN_TRY_ASSIGN(check_.probed, probe_old_commits(job_, result_.first_changed));
    return std::move(check_);
  }

 private:
  // By names as they are shown: those are all that is known of refs once the mirror is destroyed.
  void compare(const RefMap& remote) {
    RefMap refs;
    for (const auto& [name, id] : remote) refs[shown_ref(name)] = id;
    for (const MovedRef& ref : plan_push(result_).refs) {
      const auto now = refs.find(shown_ref(ref.new_name));
      const bool old_name_stays = ref.name != ref.new_name && refs.contains(shown_ref(ref.name));
      if (now == refs.end() || now->second != ref.new_id || old_name_stays) check_.not_moved.push_back(shown_ref(ref.name));
    }
  }

  Status scan(const std::string& url) {
    HFSCAN_TRY(remove_tree(folder_));
    HFSCAN_TRY(GitCommand().output({"clone", "--quiet", "--mirror", "--no-local", "--template=", "--", url, folder_}));
    HFSCAN_TRY_ASSIGN(const Survey found, survey(job_, folder_));
    std::string host;
    for (const SurveyedRef& ref : found.refs) {
      if (is_host_owned(ref.name)) host += cat("delete ", ref.name, "\n");
      if (ref.tainted) (is_host_owned(ref.name) ? check_.host_refs : check_.still_bad).push_back(shown_ref(ref.name));
    }
    if (!host.empty()) HFSCAN_TRY(drop(host));
    return rescan();
  }

  // What only the host can clean is known already; all else must be clean.
  Status drop(const std::string& lines) {
    const GitCommand git(folder_);
    HFSCAN_TRY(git.output({"update-ref", "--no-deref", "--stdin"}, lines));
    HFSCAN_TRY(git.output({"gc", "--quiet", "--prune=now"}));
    return {};
  }

  Status rescan() {
    if (!job_.rescan) return {};
    HFSCAN_TRY_ASSIGN(const Leaks leaks, job_.rescan(folder_));
    check_.rescan_complete = leaks.complete;
    for (const LeakedSecret& secret : leaks.secrets) {
      const auto same = [&secret](const LeakedSecret& ours) { return ours.id == secret.id; };
      if (std::any_of(job_.secrets.begin(), job_.secrets.end(), same))
        check_.rescan_findings += std::max<std::size_t>(secret.places.size(), 1);
    }
    return {};
  }

  const RewriteJob& job_;
  const RewriteResult& result_;
  std::string folder_;
  RemoteCheck check_;
};

const char* to_string(ProbedCommit::State state) {
  switch (state) {
    case ProbedCommit::State::gone: return "gone";
    case ProbedCommit::State::fetchable: return "fetchable";
    case ProbedCommit::State::unknown: return "unknown";
  }
  return "";
}

Json strings(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.push_back(to_valid_utf8(text));
  return array;
}

}  // namespace

bool RemoteCheck::pushed_and_clean() const {
  return not_moved.empty() && still_bad.empty() && rescan_findings == 0 && rescan_complete;
}

bool RemoteCheck::residue_gone() const {
  return host_refs.empty() &&
         std::all_of(probed.begin(), probed.end(), [](const ProbedCommit& c) { return c.state == ProbedCommit::State::gone; });
}

Result<RemoteCheck> check_remote(const RewriteJob& job, const RewriteResult& result) {
  return RemoteChecker(job, result).run();
}

Result<std::vector<ProbedCommit>> probe_old_commits(const RewriteJob& job, const std::vector<std::string>& ids) {
  HFSCAN_TRY_ASSIGN(const std::string url, safe_remote(job.source));
  const std::string folder = job.path("probe.git");
  HFSCAN_TRY(remove_tree(folder));
  HFSCAN_TRY(GitCommand().output({"init", "--quiet", "--bare", "--template=", "--", folder}));
  std::vector<ProbedCommit> probed;
  for (std::size_t i = 0; i < std::min(ids.size(), kMostProbes); ++i) probed.push_back({ids[i], probe(folder, url, ids[i])});
  HFSCAN_TRY(remove_tree(folder));
  return probed;
}

Json to_json(const RemoteCheck& check) {
  Json probed = Json::array();
  for (const ProbedCommit& commit : check.probed) probed.push_back({{"id", commit.id}, {"state", to_string(commit.state)}});
  return {{"schema", "hfscan-remote/1"},
          {"clean", check.pushed_and_clean()},
          {"residue_gone", check.residue_gone()},
          {"not_moved", strings(check.not_moved)},
          {"still_bad", strings(check.still_bad)},
          {"host_refs", strings(check.host_refs)},
          {"probed", std::move(probed)},
          {"rescan_findings", check.rescan_findings},
          {"rescan_complete", check.rescan_complete}};
}

}  // namespace hfscan
