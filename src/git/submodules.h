// The repositories of submodules that lie inside another one: .git/modules/NAME (gitsubmodules(7)).
#pragma once

#include <string>
#include <vector>

#include "core/diagnostic.h"
#include "git/index.h"
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

// The submodules of the index (gitlinks). One that has its own .git folder in the work tree is a store; one whose data is
// nowhere is among the absent, by its path.
struct CheckedOutSubmodules {
  std::vector<SubmoduleStore> stores;
  std::vector<std::string> absent;
};
CheckedOutSubmodules find_checked_out_submodules(const RepositoryLayout& layout, const Index& index);

SubmoduleStores find_submodule_stores(const RepositoryLayout& layout);

}  // namespace hfscan
