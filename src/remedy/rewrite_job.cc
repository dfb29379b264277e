// Tested by tests/unit/remedy/rewrite_test.cc.
#include "remedy/rewrite_job.h"

#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "base/file.h"
#include "base/json.h"
#include "base/sha256.h"
#include "base/text.h"
#include "remedy/backup.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 30U;
constexpr int kMostTries = 200;
constexpr std::chrono::milliseconds kPause{25};

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

// Whether a document says that it is about another as that is now.
bool is_about(const RewriteJob& job, const char* document, const char* other) {
  const Result<std::string> text = read_file(job.path(document), kMostBytes);
  if (!text.ok()) return false;
  const Result<Json> json = parse_json(*text, document);
  const std::string digest = file_digest(job.path(other));
  return json.ok() && !digest.empty() && json_text(*json, "about") == digest;
}

}  // namespace

const char* to_string(RewriteState state) {
  switch (state) {
    case RewriteState::nothing: return "nothing";
    case RewriteState::mirrored: return "mirrored";
    case RewriteState::backed_up: return "backed-up";
    case RewriteState::rewritten: return "rewritten";
    case RewriteState::verified: return "verified";
    case RewriteState::pushed: return "pushed";
  }
  return "";
}

RewriteState measure_rewrite(const RewriteJob& job) {
  if (!is_folder(job.mirror())) return RewriteState::nothing;
  if (!is_backed_up(job)) return RewriteState::mirrored;
  const std::string result = file_digest(job.path("result.json"));
  if (!is_folder(job.rewritten()) || result.empty()) return RewriteState::backed_up;
  if (!is_about(job, "proof.json", "result.json")) return RewriteState::rewritten;
  if (!is_about(job, "pushed.json", "result.json")) return RewriteState::verified;
  return RewriteState::pushed;
}

Status destroy_copies(const RewriteJob& job) {
  for (const char* name : {"rewritten.git", "backup.bundle", "mirror.git"}) HFSCAN_TRY(remove_whole(job, name));
  for (const char* name : {"backup.bundle.part.lock", "push.git", "remote.git", "probe.git"})
    HFSCAN_TRY(remove_tree(job.path(name)));
  return {};
}

Status remove_whole(const RewriteJob& job, std::string_view name) {
  const std::string part = cat(job.path(name), ".part");
  HFSCAN_TRY(remove_tree(part));
  if (std::rename(job.path(name).c_str(), part.c_str()) != 0 && errno != ENOENT)
    return Error{cat("cannot remove ", hfscan::quoted(job.path(name)), ": ", errno_text(errno))};
  return remove_tree(part);
}

// Programs that git had started may outlive a run that was killed, and still write there: they fail as soon as their folder is
// gone, so a few tries are enough.
Status remove_tree(const std::string& path) {
  std::error_code error;
  for (int tries = 0; tries < kMostTries; ++tries) {
    std::filesystem::remove_all(path, error);
    if (error != std::errc::directory_not_empty) break;
    std::this_thread::sleep_for(kPause);
  }
  if (error) return Error{cat("cannot remove ", hfscan::quoted(path), ": ", error.message())};
  return {};
}

std::string file_digest(const std::string& path) {
  const Result<std::string> bytes = read_file(path, kMostBytes);
  return bytes.ok() ? to_hex(sha256(*bytes)) : "";
}

}  // namespace hfscan
