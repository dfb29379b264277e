// One rewrite of a history: what all of its stages need, and where each keeps what it makes. Every stage is a function of this;
// none prints, asks or writes a journal.
//
//   mirror.git     what the remote had, never changed     backup.bundle  the same in one file
//   callbacks/     what git-filter-repo is told           rewrite.sh     the same as a script for people to read
//   rewritten.git  the new history                        survey.json result.json proof.json pushed.json commit-map
//
// Only mirror.git and backup.bundle (and push.git, while a push is under way) hold the secrets. All is made under another name
// ("*.part") and renamed when it is whole, so that an end at any moment leaves either nothing or the whole.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/location.h"
#include "git/layout.h"
#include "remedy/leak.h"

namespace hfscan {

// Where a secret stands in a dress (base64, split over lines, escaped): the bytes that spell it and nothing else.
struct DressedSpan {
  ByteSpan span;
  Sha256Digest secret{};
};

// Asked about blobs in which a report found more than the bytes themselves show. `path` may be masked.
using DressFinder = std::function<std::vector<DressedSpan>(std::string_view bytes, std::string_view path)>;

// A scan of everything in a repository by the scanner itself.
using Rescan = std::function<Result<Leaks>(const std::string& git_dir)>;

struct RewriteJob {
  std::string folder;  // INCIDENT/rewrite; absolute
  std::string source;  // the address it is pushed to, or the absolute path of the user's repository when nothing was pushed
  std::optional<RepositoryLayout> repository = {};  // the user's, for the preflight
  std::vector<LeakedSecret> secrets;
  DressFinder find_dressed = {};
  Rescan rescan = {};
  std::int64_t now = 0;  // seconds since 1970-01-01T00:00:00Z
  unsigned threads = 2;

  [[nodiscard]] std::string path(std::string_view name) const { return folder + "/" + std::string(name); }
  [[nodiscard]] std::string mirror() const { return path("mirror.git"); }
  [[nodiscard]] std::string bundle() const { return path("backup.bundle"); }
  [[nodiscard]] std::string rewritten() const { return path("rewritten.git"); }
};

// Each contains those before it.
enum class RewriteState { nothing, mirrored, backed_up, rewritten, verified, pushed };
const char* to_string(RewriteState state);

// From what lies in the folder alone, without a network and without reading objects: `status` asks it.
RewriteState measure_rewrite(const RewriteJob& job);

// Mirror, bundle, the new history and everything half made; survey, results, callbacks and guards stay. They hold no secret.
Status destroy_copies(const RewriteJob& job);

// mirror.git, rewritten.git or backup.bundle. A run that dies meanwhile leaves what is no longer taken for whole.
Status remove_whole(const RewriteJob& job, std::string_view name);

// A folder and all below it; none there is success. For what a stage begins anew.
Status remove_tree(const std::string& path);

// The whole file as a digest in hexadecimal; empty when it cannot be read.
std::string file_digest(const std::string& path);

}  // namespace hfscan
