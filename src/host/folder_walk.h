// Lists what matches a pattern of the table, and looks through the first levels of a home for files by their names. Internal to
// the inventory.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/diagnostic.h"

namespace hfscan {

// Called for a folder that is there and cannot be listed. A folder that only a '*' stands for is passed over instead.
using Unreadable = std::function<void(const std::string& path, const std::string& message)>;

// Paths that match, sorted; a path without '*' is returned as it is, whether there is such a file or not.
std::vector<std::string> expand_pattern(const std::string& pattern, const Unreadable& unreadable);

struct NamedFiles {
  std::vector<std::string> secret_files;  // is_secret_file_name, at most kSecretFileDepth folders below
  std::vector<std::string> scripts;       // is_script_name, at most kScriptDepth folders below
  bool complete = true;                   // false: kMostWalkedEntries were looked at
};
constexpr std::size_t kSecretFileDepth = 4;
constexpr std::size_t kScriptDepth = 1;
constexpr std::size_t kMostWalkedEntries = 50'000;

// Folders nearest to the home first. Links, hidden folders (but .config and .secrets) and folders of installed packages are
// left out.
NamedFiles find_named_files(const std::string& home, const Unreadable& unreadable);

}  // namespace hfscan
