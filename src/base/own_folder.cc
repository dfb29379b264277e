#include "base/own_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>

#include "base/file.h"
#include "base/text.h"

namespace hfscan {
namespace {

std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

std::string default_own_folder(const std::string& xdg_value, const std::string& home, std::string_view below_home) {
  if (xdg_value.starts_with('/')) return cat(xdg_value, "/hfscan");
  const auto status = home.starts_with('/') ? status_of(home) : std::nullopt;
  return status && status->st_uid == ::geteuid() ? cat(home, "/", below_home, "/hfscan") : "";
}

std::string existing_part(std::string path) {
  while (path != "." && path != "/" && !status_of(path)) path = parent_of(path);
  return path;
}

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

Status check_own_folder(const std::string& folder) {
  const auto status = status_of(folder);
  if (!status || !S_ISDIR(status->st_mode)) return Error{cat(quoted(folder), " is no folder")};
  if (status->st_uid != ::geteuid()) return Error{cat(quoted(folder), " belongs to another user")};
  if ((status->st_mode & (S_IWGRP | S_IWOTH)) == 0) return {};
  return Error{cat("others may write in ", quoted(folder), "; take that away with chmod go-w")};
}

}  // namespace hfscan
