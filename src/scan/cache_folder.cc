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
#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostFiles = 64;
constexpr std::time_t kDay = std::time_t{24} * 60 * 60;
constexpr std::time_t kKeptUnused = 90 * kDay;
constexpr std::string_view kObjects = ".objects";
constexpr std::string_view kReport = ".report";
constexpr std::string_view kTemporary = ".hfscan-";  // how base/file begins the names of files that it has not yet renamed

std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr), &std::free);
  return resolved == nullptr ? "" : std::string(resolved.get());
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

// Where the part of a path begins that is not there yet.
std::string existing_part(std::string path) {
  while (path != "." && path != "/" && !status_of(path)) path = parent_of(path);
  return path;
}

// Whether a path that exists is one of the folders or below: by what they are, not by what they are called.
bool lies_in_any(const std::string& path, const std::vector<std::string>& folders) {
  for (std::string at = real_path(path); !at.empty(); at = parent_of(at)) {
    const auto here = status_of(at);
    const bool found = here && std::any_of(folders.begin(), folders.end(), [&here](const std::string& folder) {
                         const auto there = status_of(folder);
                         return there && there->st_dev == here->st_dev && there->st_ino == here->st_ino;
                       });
    if (found) return true;
    if (at == "/") break;
  }
  return false;
}

// With all folders above it. What was not there must not lead upwards again.
Status make_folders(const std::string& path) {
  const std::string existing = existing_part(path);
  if (cat(path, "/").find("/../", existing.size()) != std::string::npos) {
    return Error{cat("cannot make ", quoted(path), ": no such file or directory")};
  }
  for (std::size_t end = 1; end != std::string::npos;) {
    end = path.find('/', end + 1);
    const std::string part = path.substr(0, end);
    if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) {
      return Error{cat("cannot make ", quoted(part), ": ", errno_text(errno))};
    }
  }
  return {};
}

Status check_own(const std::string& folder) {
  const auto status = status_of(folder);
  if (!status || !S_ISDIR(status->st_mode)) return Error{cat(quoted(folder), " is no folder")};
  if (status->st_uid != ::geteuid()) return Error{cat(quoted(folder), " belongs to another user")};
  if ((status->st_mode & (S_IWGRP | S_IWOTH)) == 0) return {};
  return Error{cat("others may write in ", quoted(folder), "; take that away with chmod go-w")};
}

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
  if (xdg_cache_home.starts_with('/')) return cat(xdg_cache_home, "/hfscan");
  const auto status = home.starts_with('/') ? status_of(home) : std::nullopt;
  return status && status->st_uid == ::geteuid() ? cat(home, "/.cache/hfscan") : "";
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
  const Status own = made.ok() ? check_own(real) : made;
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
