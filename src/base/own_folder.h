// Folders that the program keeps for itself among the user's own: caches, incidents. Nobody else may write in one, and none
// lies in what is scanned, where it would come from whoever wrote the repository.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hfscan {

// "hfscan" in the folder that an XDG variable names (XDG Base Directory Specification; a value that is no absolute path does
// not count), or else in `below_home` of the home folder: ".cache", ".local/state". Empty when the home is not known, not there
// or not the user's, as under sudo.
std::string default_own_folder(const std::string& xdg_value, const std::string& home, std::string_view below_home);

// Makes the folder, mode 0700, with all above it that are not there. The path must not lead upwards through what is made.
Status make_folders(const std::string& path);

// Whether it is a folder of the user's in which nobody else may write.
Status check_own_folder(const std::string& folder);

// Where the part of a path begins that is not there yet: the deepest folder of it that is.
std::string existing_part(std::string path);

// Whether a path that exists is one of the folders or below: by what they are, not by what they are called.
[[nodiscard]] bool lies_in_any(const std::string& path, const std::vector<std::string>& folders);

}  // namespace hfscan
