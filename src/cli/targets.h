// From what the user typed to sources: which repository or folder a path belongs to, and how its files are called in reports.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/scanned_trees.h"
#include "cli/session.h"
#include "core/source.h"
#include "sources/file_list.h"

namespace hfscan {

struct Targets {
  struct Folder {
    std::string path;    // absolute
    std::string prefix;  // of reported paths
  };
  std::map<std::string, std::vector<std::string>> repositories;  // work tree -> paths in it; none: all of it
  std::vector<Folder> folders;
  std::vector<NamedFile> files;
  ScanRoot root;  // of the first target
};

// Inside a repository paths are reported relative to its root. Elsewhere a relative path keeps what the user typed and an
// absolute one is relative to itself, so that no report names a place of this machine. Errors name the path that does not
// exist.
Result<Targets> find_targets(const std::vector<std::string>& paths);

// One source for each repository and folder, one for all single files.
std::vector<std::unique_ptr<Source>> sources_of(Targets targets, bool include_ignored);

// What the rules about a repository look at.
ScannedPlaces scanned_places(const Targets& targets);

}  // namespace hfscan
