// The rules about a repository as a whole: what git tracks and does not ignore, what an image or an upload would take along,
// where one token stands twice. They run once, after the scan, on the facts and findings that it gathered.
//
// Separate from the detector, which sees one file at a time and knows nothing of git.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/report.h"
#include "detect/detector.h"
#include "hygiene/repository/ignore_rules.h"

namespace hfscan {

// What of a tree was scanned: everything, or what is about to be committed. Then ScannedTree::read gives the staged content.
enum class Reach { work_tree, staged };

// Whether one of the rules needs facts, or this module's run_repository_rules.
[[nodiscard]] bool has_repository_rules(std::span<const Rule* const> rules);

// Whether a matcher of this name exists here.
[[nodiscard]] bool is_repository_matcher(std::string_view matcher);

// The findings of those of `rules` that are about a repository, without fingerprints. `report` holds facts, findings and skips
// of the scan of this tree; paths outside tree.prefix are not looked at. `detection` is for excerpts, allow comments and line
// hashes.
std::vector<Finding> run_repository_rules(const ScannedTree& tree, Reach reach, std::span<const Rule* const> rules,
                                          const Report& report, const DetectorOptions& detection);

}  // namespace hfscan
