// Tested by tests/unit/host/places_test.cc.
#include "host/folder_walk.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>
#include <filesystem>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "host/place_table.h"

namespace hfscan {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostMatches = 1'000;  // of one pattern

// The entries of a folder in the order of their names. One that is not there has none.
std::vector<fs::directory_entry> entries_of(const std::string& folder, const Unreadable& unreadable) {
  std::vector<fs::directory_entry> entries;
  std::error_code failed;
  fs::directory_iterator at(folder, failed);
  while (!failed && at != fs::directory_iterator() && entries.size() < kMostWalkedEntries) {
    entries.push_back(*at);
    at.increment(failed);
  }
  if (failed && failed.value() != ENOENT && failed.value() != ENOTDIR) unreadable(folder, errno_text(failed.value()));
  std::sort(entries.begin(), entries.end());
  return entries;
}

bool is_wanted_folder(std::string_view name) {
  static constexpr std::array<std::string_view, 8> kPackages = {
      "node_modules", "site-packages", "venv", "miniconda3", "anaconda3", "go", "miniforge3", "snap"};
  if (name == ".config" || name == ".secrets") return true;
  return !name.starts_with('.') && std::find(kPackages.begin(), kPackages.end(), name) == kPackages.end();
}

}  // namespace

std::vector<std::string> expand_pattern(const std::string& pattern, const Unreadable& unreadable) {
  const Unreadable ignored = [](const std::string& /*path*/, const std::string& /*message*/) {};
  std::vector<std::string> found = {""};
  bool named = true;  // every component so far
  for (std::size_t begin = 1; begin <= pattern.size();) {
    const std::size_t end = std::min(pattern.find('/', begin), pattern.size());
    const std::string component = pattern.substr(begin, end - begin);
    std::vector<std::string> next;
    for (const std::string& folder : found) {
      if (component.find('*') == std::string::npos) {
        next.push_back(cat(folder, "/", component));
        continue;
      }
      for (const fs::directory_entry& entry : entries_of(folder, named ? unreadable : ignored)) {
        const std::string name = entry.path().filename().string();
        const bool visible = !name.starts_with('.') || component.starts_with('.');
        if (visible && wildmatch(component, name) && next.size() < kMostMatches) next.push_back(cat(folder, "/", name));
      }
    }
    found = std::move(next);
    named = named && component.find('*') == std::string::npos;
    begin = end + 1;
  }
  return found;
}

NamedFiles find_named_files(const std::string& home, const Unreadable& unreadable) {
  NamedFiles found;
  std::size_t entries = 0;
  std::deque<std::pair<std::string, std::size_t>> folders = {{home, 0}};
  for (; !folders.empty() && found.complete; folders.pop_front()) {
    const auto [folder, depth] = folders.front();
    for (const fs::directory_entry& entry : entries_of(folder, unreadable)) {
      found.complete = ++entries <= kMostWalkedEntries;
      if (!found.complete) break;
      std::error_code failed;
      const fs::file_status status = entry.symlink_status(failed);
      const std::string name = entry.path().filename().string();
      if (fs::is_directory(status) && depth < kSecretFileDepth && is_wanted_folder(name))
        folders.emplace_back(entry.path().string(), depth + 1);
      if (!fs::is_regular_file(status)) continue;
      if (is_secret_file_name(name)) found.secret_files.push_back(entry.path().string());
      if (depth <= kScriptDepth && is_script_name(name)) found.scripts.push_back(entry.path().string());
    }
  }
  return found;
}

}  // namespace hfscan
