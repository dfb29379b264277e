// Tested by tests/unit/remedy/rewrite_test.cc.
#include "remedy/backup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "git/refs.h"

namespace hfscan {
namespace {

Status rename_into_place(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0)
    return Error{cat("cannot rename ", hfscan::quoted(from), ": ", errno_text(errno))};
  return {};
}

Status make_folder(const std::string& path) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
    return Error{cat("cannot make ", hfscan::quoted(path), ": ", errno_text(errno))};
  return {};
}

Status sync_file(const std::string& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid() || ::fsync(file.get()) != 0)
    return Error{cat("cannot write ", hfscan::quoted(path), ": ", errno_text(errno))};
  return {};
}

}  // namespace

Status take_mirror(const RewriteJob& job) {
  HFSCAN_TRY_ASSIGN(const std::string source, safe_remote(job.source));
  HFSCAN_TRY(make_folder(job.folder));
  if (path_exists(job.mirror())) return {};
  const std::string part = job.path("mirror.git.part");
  HFSCAN_TRY(remove_tree(part));
  const Result<std::string> cloned =
      GitCommand().output({"clone", "--quiet", "--mirror", "--no-local", "--template=", "--", source, part});
  if (!cloned.ok()) return Error{cat("no mirror could be taken: ", cloned.error().message)};
  ::chmod(part.c_str(), 0700);
  return rename_into_place(part, job.mirror());
}

Status write_bundle(const RewriteJob& job) {
  if (is_backed_up(job)) return {};
  HFSCAN_TRY_ASSIGN(const RefMap refs, local_refs(job.mirror()));
  if (refs.empty()) return {};
  const std::string part = job.path("backup.bundle.part");
  ::unlink(part.c_str());
  ::unlink((part + ".lock").c_str());  // of a run of git that was killed
  const FileDescriptor made(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!made.valid()) return Error{cat("cannot write ", hfscan::quoted(part), ": ", errno_text(errno))};
  const GitCommand git(job.mirror());
  HFSCAN_TRY(git.output({"bundle", "create", part, "--all"}));
  ::chmod(part.c_str(), 0600);
  HFSCAN_TRY(git.output({"bundle", "verify", part}));
  HFSCAN_TRY(sync_file(part));
  return rename_into_place(part, job.bundle());
}

bool is_backed_up(const RewriteJob& job) {
  const Result<RefMap> refs = local_refs(job.mirror());
  if (!refs.ok()) return false;
  if (refs->empty()) return true;
  if (!path_exists(job.bundle())) return false;
  const Result<std::string> heads = GitCommand(job.mirror()).output({"bundle", "list-heads", job.bundle()});
  return heads.ok() && parse_refs(*heads) == *refs;
}

Result<BackupProof> prove_backup(const RewriteJob& job) {
  BackupProof proof;
  HFSCAN_TRY_ASSIGN(const std::string source, safe_remote(job.source));
  HFSCAN_TRY_ASSIGN(proof.mirror, local_refs(job.mirror()));
  if (path_exists(job.bundle())) {
    HFSCAN_TRY_ASSIGN(const std::string heads, GitCommand(job.mirror()).output({"bundle", "list-heads", job.bundle()}));
    proof.bundle = parse_refs(heads);
  }
  HFSCAN_TRY_ASSIGN(proof.remote, remote_refs(source));
  return proof;
}

std::vector<std::string> differing_refs(const RefMap& a, const RefMap& b) {
  std::set<std::string> names;
  const auto collect = [&names](const RefMap& from, const RefMap& other) {
    for (const auto& [name, id] : from) {
      const auto same = other.find(name);
      if (same == other.end() || same->second != id) names.insert(shown_ref(name));
    }
  };
  collect(a, b);
  collect(b, a);
  return {names.begin(), names.end()};
}

Status drop_stale(const RewriteJob& job) {
  for (const char* name : {"pushed.json", "proof.json", "result.json", "commit-map", "survey.json"})
    HFSCAN_TRY(remove_tree(job.path(name)));
  return destroy_copies(job);
}

}  // namespace hfscan
