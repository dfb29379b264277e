// The remotes of a repository as its own settings name them, read without running anything that they name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "git/layout.h"

namespace hfscan {

struct Remote {
  std::string name;
  std::string url;  // where it pushes to: pushurl, or else url; may still hold a user and a password
};

// In the order of the file. Only the repository's own config is read, without what it includes.
Result<std::vector<Remote>> remotes_of(const RepositoryLayout& layout);

// The one of that name; without a name "origin", or the only one. Nothing (an empty name) when there is none at all. An Error
// when the name is unknown, or when several are there and none is called origin.
Result<Remote> pick_remote(const std::vector<Remote>& remotes, std::string_view name);

}  // namespace hfscan
