#include "hygiene/repository/paths.h"

#include <algorithm>

namespace hfscan {

std::string_view folder_of(std::string_view path) {
  return path.substr(0, path.rfind('/') + 1);  // npos + 1 is 0
}

std::optional<std::string> resolve_path(std::string_view folder, std::string_view named) {
  if (named.empty() || named.front() == '/' || named.front() == '~') return std::nullopt;
  if (named.find_first_of("$<>{}*?\\:`") != std::string_view::npos) return std::nullopt;
  std::string result(folder);
  while (!named.empty()) {
    const std::string_view part = named.substr(0, named.find('/'));
    const bool is_folder = part.size() < named.size();
    named.remove_prefix(std::min(part.size() + 1, named.size()));
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      result += part;
      if (is_folder) result += '/';
      continue;
    }
    if (result.empty()) return std::nullopt;
    result.resize(result.rfind('/', result.size() - 2) + 1);  // npos + 1 is 0
  }
  return result;
}

bool lies_in_folder(std::string_view path, std::string_view folder) { return path.starts_with(folder); }

}  // namespace hfscan
