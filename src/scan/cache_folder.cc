#include "scan/cache_folder.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>

#include "base/file.h"
#include "base/own_folder.h"
#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostFiles = 64;
constexpr std::time_t kDay = std::time_t{24} * 60 * 60;
constexpr std::time_t kKeptUnused = 90 * kDay;
constexpr std::string_view kObjects = ".objects";
constexpr std::string_view kReport = ".report";
constexpr std::string_view kTemporary = ".hfscan-";  // how base/file begins the names of files that it has not yet renamed

struct CloseFolder {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

struct KeptFile {
  std::time_t used;
  std::string path;
};

bool is_cache_file(std::string_view name) {
  constexpr std::size_t kDigits = 2 * std::tuple_size_v<Sha256Digest>;
  return name.size() > kDigits && name.find_first_not_of("0123456789abcdef") == kDigits &&
         is_one_of(name.substr(kDigits), {kObjects, kReport});
}

bool is_left_behind(std::string_view name) {
  return name.starts_with(kTemporary) && name.size() == kTemporary.size() + 6;  // mkostemp(3)
}

}  // namespace

std::string default_cache_folder(const std::string& xdg_cache_home, const std::string& home) {
  return default_own_folder(xdg_cache_home, home, ".cache");
}

Result<CacheFolder> CacheFolder::open(const CacheRequest& request) {
  CacheFolder folder;
  if (request.folder.empty()) return folder;
  const auto in_scanned = [&request](const std::string& path) { return lies_in_any(path, request.scanned); };
  bool refused = in_scanned(existing_part(request.folder));
  const Status made = refused ? Status() : make_folders(request.folder);
  refused = refused || in_scanned(request.folder);
  if (refused && request.chosen_by == CacheRequest::ChosenBy::setting) return folder;
  if (refused) return Error{cat("cache folder ", quoted(request.folder), " lies in what is scanned; name one outside of it")};

  const std::string real = real_path(request.folder);
  const Status own = made.ok() ? check_own_folder(real) : made;
  if (own.ok()) folder.path_ = real;
  if (!own.ok()) folder.note_ = cat("cache not used: ", own.error().message);
  return folder;
}

std::string CacheFolder::file(Content content, const std::string& repository, const Sha256Digest& basis) const {
  const Sha256Digest name = Sha256().update(to_hex(basis)).update(repository).finish();
  return cat(path_, "/", to_hex(name), content == Content::objects ? kObjects : kReport);
}

void CacheFolder::remove_old_files() const {
  const std::unique_ptr<DIR, CloseFolder> stream(::opendir(path_.c_str()));
  if (stream == nullptr) return;
  const std::time_t now = std::time(nullptr);
  std::vector<KeptFile> files;
  while (const dirent* entry = ::readdir(stream.get())) {  // NOLINT(concurrency-mt-unsafe): one stream, one thread
    const std::string_view name = static_cast<const char*>(entry->d_name);
    const std::string path = cat(path_, "/", name);
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    const std::time_t unused = now - status.st_mtime;
    if (is_cache_file(name) && unused <= kKeptUnused) {
      files.push_back({status.st_mtime, path});
    } else if (is_cache_file(name) || (is_left_behind(name) && unused > kDay)) {
      ::unlink(path.c_str());
    }
  }
  std::sort(files.begin(), files.end(), [](const KeptFile& a, const KeptFile& b) { return a.used > b.used; });
  for (std::size_t i = kMostFiles; i < files.size(); ++i) ::unlink(files[i].path.c_str());
}

}  // namespace hfscan
