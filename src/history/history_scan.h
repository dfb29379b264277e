// The whole past of a repository: every object, whatever leads to it, and what git keeps beside them. Coverage is by object;
// paths, commits and refs are looked up afterwards, for hits only.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/report.h"
#include "core/rotation.h"
#include "git/layout.h"
#include "history/object_scan.h"
#include "history/progress.h"
#include "scan/cache_folder.h"
#include "scan/scan.h"

namespace hfscan {

struct HistoryOptions {
  ScanOptions scan;
  DetectorOptions detection;
  // Which commits, as `git log` takes them (git/revision_range.h): then only what these introduced is reported. Empty: all
  // there is.
  std::vector<std::string> range;
  // Rules that find what the rules about histories speak of, and that report nothing themselves.
  std::vector<const Rule*> silent_rules;
  AnchorEngine engine = AnchorEngine::delta;
  const CacheFolder* cache = nullptr;       // null: none
  std::string cache_basis;                  // rules, settings and version of the program, for the cache
  std::int64_t now = 0;                     // seconds since 1970-01-01T00:00:00Z, for the age of tokens
  RotationPolicy rotation = {};             // how old they may be
  const std::atomic<bool>* stop = nullptr;  // once true, the scan ends soon, and the report says that it is incomplete
  HistoryProgress* progress = nullptr;      // may be null
};

// The report is as run_scan's, with occurrences and stories. The repositories of submodules are scanned too, unless there is a
// range. An Error when a revision is not known.
Result<Report> scan_history(const RepositoryLayout& layout, const std::vector<const Rule*>& rules,
                            const HistoryOptions& options);

}  // namespace hfscan
