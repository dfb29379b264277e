// Tested by tests/unit/remedy/preflight_test.cc.
#include "remedy/preflight.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

#include "base/file.h"
#include "base/mask.h"
#include "base/own_folder.h"
#include "base/text.h"
#include "base/utf.h"
#include "git/refs.h"
#include "process/child.h"
#include "remedy/backup.h"
#include "remedy/local_traces.h"
#include "remedy/nested_stores.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kCopies = 3;  // mirror, bundle, new history
constexpr std::array kOldestGit = {2U, 24U};
constexpr std::array kOldestFilter = {2U, 34U};

using State = PreflightCheck::State;

PreflightCheck check(const char* name, bool bad, const std::string& message, State state = State::refused) {
  if (!bad) return {name, State::passed, ""};
  return {name, state, mask_token_shapes(message)};
}

// The first number with a dot in a text: "git version 2.39.5".
std::optional<std::array<unsigned, 2>> version_in(std::string_view text) {
  const std::size_t begin = text.find_first_of("0123456789");
  if (begin == std::string_view::npos) return std::nullopt;
  std::array<unsigned, 2> version{};
  const char* end = text.data() + text.size();
  const auto major = std::from_chars(text.data() + begin, end, version[0]);
  if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') return std::nullopt;
  if (std::from_chars(major.ptr + 1, end, version[1]).ec != std::errc()) return std::nullopt;
  return version;
}

PreflightCheck check_git() {
  const Result<std::string> said = GitCommand().output({"--version"});
  const auto version = said.ok() ? version_in(*said) : std::nullopt;
  return check("git", !version || *version < kOldestGit, "git 2.24 or newer is needed; install it");
}

// `--version` names a commit, so what it can do is asked: this option came with 2.34.
PreflightCheck check_filter_repo() {
  const Result<ChildResult> help = GitCommand().run({"filter-repo", "-h"});
  const bool known = help.ok() && help->out.find("--preserve-commit-encoding") != std::string::npos &&
                     help->out.find("delete-no-add") != std::string::npos;
  const bool here = help.ok() && help->ok();
  return check("filter-repo", !known,
               here ? cat("git-filter-repo is older than ", std::to_string(kOldestFilter[0]), ".",
                          std::to_string(kOldestFilter[1]), "; install a newer one")
                    : "git-filter-repo is not installed ('apt install git-filter-repo', 'brew install git-filter-repo', or "
                      "'pipx install git-filter-repo')");
}

PreflightCheck check_address(const RewriteJob& job) {
  const Result<std::string> safe = safe_remote(job.source);
  if (!safe.ok()) return {"address", State::refused, mask_token_shapes(safe.error().message)};
  return check("address", has_credentials(job.source),
               "the address of the remote holds a user name or password; take it out ('git remote set-url'), git's credential "
               "store keeps it");
}

std::uint64_t bytes_below(const std::string& folder) {
  std::uint64_t bytes = 0;
  std::error_code error;
  std::filesystem::recursive_directory_iterator entry(folder, std::filesystem::directory_options::skip_permission_denied,
                                                      error);
  for (; !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored)) bytes += entry->file_size(ignored);
  }
  return bytes;
}

PreflightCheck check_disk(const RewriteJob& job) {
  const std::string folder = existing_part(job.folder);
  struct statvfs disk {};
  if (::statvfs(folder.c_str(), &disk) != 0) return {"disk", State::notice, "the free space cannot be measured"};
  const std::string objects = path_exists(job.mirror()) ? job.mirror()
                              : job.repository          ? job.repository->common_dir + "/objects"
                                                        : job.source;
  const std::uint64_t needed = kCopies * bytes_below(objects);
  const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  return check(
      "disk", free < needed,
      cat("three copies of the repository need ", human_bytes(needed), ", and ", human_bytes(free), " are free; make room"));
}

PreflightCheck check_folder(const RewriteJob& job) {
  const std::string above = existing_part(job.folder.substr(0, std::max<std::size_t>(job.folder.rfind('/'), 1)));
  const auto around = find_repository(above);
  const bool inside = around.ok() && around->has_value() && (*around)->git_dir != job.mirror();
  return check("folder", inside, "the incident's folder lies in a repository; set XDG_STATE_HOME to a place outside of all");
}

void check_user_repository(const RepositoryLayout& layout, std::vector<PreflightCheck>& checks) {
  const std::string& common = layout.common_dir;
  const LocalTraces traces = local_traces(layout);
  checks.push_back(
      check("shallow", path_exists(common + "/shallow"),
            "the clone is shallow, and what it lacks would be lost; run 'git fetch --unshallow', then scan again"));
  checks.push_back(
      check("partial", traces.partial, "the clone is partial; take a whole one ('git clone' without --filter) and scan that"));
  checks.push_back(
      check("single-branch", traces.single_branch,
            "the clone fetches only some branches ('git remote set-branches origin \"*\"', 'git fetch', then scan again)"));
  checks.push_back(check("grafts", path_exists(common + "/info/grafts"),
                         "the repository has grafts (.git/info/grafts); remove the file and scan again"));
  checks.push_back(check("replace-refs", traces.replace_refs > 0,
                         "the repository has replace refs; delete them ('git replace -d') and scan again"));
  checks.push_back(
      check("alternates", path_exists(common + "/objects/info/alternates"),
            "objects lie in another repository (alternates); run 'git repack -a -d', remove the file, and scan again"));
  checks.push_back(
      check("operation", !traces.running.empty(), cat("a ", traces.running, " is under way; finish or abort it first")));
  checks.push_back(check("stash", traces.stashes > 0,
                         cat("there is a stash, which no mirror has; it stays as it is: 'git stash show -p' shows it, drop it "
                             "when it holds the token"),
                         State::notice));
  checks.push_back(
      check("worktrees", traces.worktrees > 0,
            cat("linked work trees (", std::to_string(traces.worktrees), ") keep the old history; make them anew afterwards"),
            State::notice));
  checks.push_back(check("local-branches", !traces.local_branches.empty(),
                         cat("branches that the remote has not are not rewritten there: ", traces.shown_branches()),
                         State::notice));
}

void check_nested_stores(const RewriteJob& job, std::vector<PreflightCheck>& checks) {
  const NestedStores found = search_nested_stores(*job.repository, TokenSearch(known_secrets(job.secrets)));
  checks.push_back(check("lfs-objects", found.lfs_files > 0,
                         cat(count_of(found.lfs_files, "file in LFS holds", "files in LFS hold"),
                             " the token, which no rewrite reaches; delete them on the host ('git lfs prune' here) first")));
  checks.push_back(check("submodule-objects", found.submodules > 0,
                         cat(count_of(found.submodules, "submodule holds", "submodules hold"),
                             " the token; each is an incident of its own: run 'hfscan remediate plan' in it first")));
}

// Names that a file system without upper and lower case takes for one.
std::string colliding(const Survey& survey) {
  std::map<std::string, std::string> seen;
  for (const SurveyedRef& ref : survey.refs) {
    const auto [other, added] = seen.emplace(to_lower_ascii(ref.new_name), ref.new_name);
    if (!added) return cat(shown_ref(other->second), " and ", shown_ref(ref.new_name));
  }
  return "";
}

PreflightCheck check_moved(const RewriteJob& job) {
  const Result<BackupProof> proof = prove_backup(job);
  if (!proof.ok()) return {"moved", State::refused, mask_token_shapes(proof.error().message)};
  const std::vector<std::string> names = differing_refs(proof->mirror, proof->remote);
  return check("moved", !names.empty(),
               names.empty() ? ""
                             : cat("the remote moved since the mirror was taken (", names.front(),
                                   names.size() > 1 ? " and others" : "", "); take a new mirror"));
}

// What a repository on this machine says of itself; another one tells only when it is pushed to.
PreflightCheck check_protection(const RewriteJob& job) {
  if (!job.source.starts_with('/'))
    return {"protection", State::notice, "lift the protection of branches on the host for the push; it can only be seen there"};
  const Result<std::optional<RepositoryLayout>> layout = find_repository(job.source);
  if (!layout.ok() || !*layout) return {"protection", State::passed, ""};
  GitCommand git;
  const auto set = [&](const char* key) {
    const Result<ChildResult> value =
        git.run({"config", "--file", (*layout)->common_dir + "/config", "--no-includes", "--type=bool", "--get", key});
    return value.ok() && trim(value->out) == "true";
  };
  const bool denied = set("receive.denyNonFastForwards");
  return check("protection", denied || set("receive.denyDeletes"),
               cat("the remote refuses what is needed (receive.", denied ? "denyNonFastForwards" : "denyDeletes",
                   "); unset it for the push"));
}

PreflightCheck check_default_branch(const Survey& survey) {
  return check(
      "default-branch", survey.search->holds_any(survey.head),
      "the name of the default branch holds the token; make another branch the default on the host, then take a new mirror");
}

}  // namespace

bool Preflight::passed() const {
  return std::none_of(checks.begin(), checks.end(), [](const PreflightCheck& one) { return one.state == State::refused; });
}

Preflight check_surroundings(const RewriteJob& job) {
  Preflight result;
  result.checks = {check_git(), check_filter_repo(), check_address(job), check_folder(job), check_disk(job)};
  if (!job.repository) return result;
  check_user_repository(*job.repository, result.checks);
  check_nested_stores(job, result.checks);
  return result;
}

Preflight check_history(const RewriteJob& job, const Survey& survey) {
  Preflight result;
  const std::string collision = colliding(survey);
  const auto replaced = std::count_if(survey.refs.begin(), survey.refs.end(),
                                      [](const SurveyedRef& ref) { return ref.name.starts_with("refs/replace/"); });
  const SurveyCounts& counts = survey.counts;
  result.checks = {
      check("mirror-shallow", path_exists(job.mirror() + "/shallow"),
            "the remote itself is shallow; take the whole history to it first"),
      check("format", survey.graph->format() != ObjectFormat::sha1,
            "git-filter-repo handles no repository whose ids are SHA-256"),
      check("readable", !survey.problems.empty(), survey.problems.empty() ? "" : survey.problems.front()),
      check("replace-refs-remote", replaced > 0,
            "the remote has replace refs (refs/replace); delete them there, then take a new mirror"),
      check("ref-names", !collision.empty(),
            cat("refs differ only in upper and lower case: ", collision, "; rename one, then take a new mirror")),
      check_default_branch(survey),
      check("unlocated", !survey.unlocated.empty(),
            survey.unlocated.empty() ? "" : cat("where the secret stands was not found: ", survey.unlocated.front())),
      check("lfs", counts.lfs_pointers > 0,
            "files in LFS are not in git's history; scan them apart ('git lfs fetch --all'), and delete bad ones on the host",
            State::notice),
      check("submodules", counts.submodules > 0, "submodules have histories of their own; scan each apart", State::notice),
      check("signatures", counts.signed_tainted + counts.signed_tags > 0,
            cat(count_of(counts.signed_tainted, "commit", "commits"), " and ", count_of(counts.signed_tags, "tag", "tags"),
                " lose their signature"),
            State::notice),
      check("pull-requests", counts.pull_requests > 0,
            cat(count_of(counts.pull_requests, "ref of a pull request leads", "refs of pull requests lead"),
                " to the token; only the host can clean them"),
            State::notice),
      check_moved(job),
      check_protection(job)};
  return result;
}

Json to_json(const Preflight& preflight) {
  Json checks = Json::array();
  for (const PreflightCheck& one : preflight.checks) {
    const char* state = one.state == State::passed ? "passed" : one.state == State::refused ? "refused" : "notice";
    checks.push_back({{"name", one.name}, {"state", state}, {"message", to_valid_utf8(one.message)}});
  }
  return {{"passed", preflight.passed()}, {"checks", std::move(checks)}};
}

}  // namespace hfscan
