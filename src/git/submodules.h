// The repositories of submodules that lie inside another one: .git/modules/NAME (gitsubmodules(7)).
#pragma once

#include <string>
#include <vector>

#include "core/diagnostic.h"
#include "git/layout.h"

namespace hfscan {

struct SubmoduleStore {
  std::string name;         // as in .git/modules, any bytes
  RepositoryLayout layout;  // with the work tree of the repository around it
};

struct SubmoduleStores {
  std::vector<SubmoduleStore> stores;  // sorted by name; those of submodules of submodules are found from theirs
  std::vector<Diagnostic> problems;
};

SubmoduleStores find_submodule_stores(const RepositoryLayout& layout);

}  // namespace hfscan
