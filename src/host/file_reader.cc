// Tested by tests/unit/host/places_test.cc.
#include "host/file_reader.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <memory>

#include "base/file.h"
#include "base/text.h"
#include "host/place_table.h"

namespace hfscan {
namespace {

constexpr mode_t kPermissions = 07777;

bool is_absent(int error_number) { return error_number == ENOENT || error_number == ENOTDIR; }

bool lies_in(const std::string& path, const std::string& folder) {
  return !folder.empty() && path.starts_with(folder) && (folder == "/" || path[folder.size()] == '/');
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

// base/file names the path as it was opened; a diagnostic has it already.
std::string without_path(const Error& error, const std::string& path) {
  const std::string prefix = cat("cannot read ", quoted(path), ": ");
  return error.message.starts_with(prefix) ? error.message.substr(prefix.size()) : error.message;
}

// A clock that was set back gives no age.
int whole_days(std::int64_t since, std::int64_t now) {
  constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60;
  constexpr std::int64_t kMostDays = 100'000;
  return since >= now ? 0 : static_cast<int>(std::min((now - since) / kDay, kMostDays));
}

}  // namespace

FileReader::FileReader(const HostView& host, HostInventory& inventory)
    : host_(host), inventory_(inventory), real_home_(real_path(host.home)) {}

void FileReader::diagnose(const std::string& path, std::string_view message) {
  inventory_.diagnostics.push_back({shown_path(host_, path), std::string(message)});
}

bool FileReader::read(const Request& request) {
  const std::string real = real_path(request.path);
  if (real.empty()) {
    if (is_absent(errno)) return false;
    if (seen_.insert(request.path).second) diagnose(request.path, errno_text(errno));
    return true;
  }
  struct stat status {};
  if (::stat(real.c_str(), &status) != 0) return false;  // it vanished
  if (S_ISDIR(status.st_mode) || (request.owner == Owner::self && status.st_uid != ::geteuid())) return false;
  if (!seen_.insert(real).second) return true;
  const bool in_bounds =
      request.links == LinksTo::anywhere || lies_in(real, real_home_) || lies_in(real, real_path(request.folder));
  if (!S_ISREG(status.st_mode)) {
    inventory_.skipped.push_back({shown_path(host_, request.path), SkipReason::special_file});
  } else if (!in_bounds) {
    inventory_.skipped.push_back({shown_path(host_, request.path), SkipReason::symlink_target});
  } else {
    read_found(request, real);
  }
  return true;
}

void FileReader::read_found(const Request& request, const std::string& real) {
  struct stat status {};
  struct stat folder {};
  const std::string parent = parent_of(real);
  if (::stat(real.c_str(), &status) != 0 || ::stat(parent.c_str(), &folder) != 0) return;
  Result<std::string> content = read_file(real, kMostHostFileBytes, Symlinks::refuse);
  if (!content.ok()) {
    diagnose(request.path, without_path(content.error(), real));
    return;
  }
  HostPlace place;
  place.kind = request.kind;
  place.shown = shown_path(host_, request.path);
  place.mode = status.st_mode & kPermissions;
  place.folder = shown_path(host_, parent_of(request.path));
  place.folder_mode = folder.st_mode & kPermissions;
  place.content = std::move(content).value();
  place.age_days = whole_days(status.st_mtim.tv_sec, host_.now);
  inventory_.places.push_back(std::move(place));
}

}  // namespace hfscan
