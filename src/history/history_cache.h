// What one scan of a history leaves to the next: the report of a repository in which nothing has changed since, and the objects
// that held nothing. Separate from the scan, which gives the same answer without it.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "core/report.h"
#include "git/repository_state.h"
#include "git/scanned_objects.h"
#include "history/history_scan.h"
#include "scan/cache_folder.h"

namespace hfscan {

class HistoryCache {
 public:
  // Before the scan. `options.cache_basis` stands for everything but the repository that a report depends on.
  HistoryCache(const CacheFolder& folder, const RepositoryLayout& layout, const HistoryOptions& options);

  // The report of an earlier run, when the repository has not changed since.
  [[nodiscard]] std::optional<Report> stored_report(const std::vector<const Rule*>& rules) const;

  // Of one repository, that of the user or of a submodule. Empty in shallow and partial clones, whose gaps are to be seen
  // again.
  [[nodiscard]] ScannedObjects scanned_objects(const RepositoryLayout& repository) const;

  // The same as an empty set, which replaces what is kept when it is written.
  [[nodiscard]] ScannedObjects forgotten_objects(const RepositoryLayout& repository) const;

  // After the scan, with what every repository added; nothing is kept of a report that is not complete. An Error is worth a
  // note.
  [[nodiscard]] Status keep(const Report& report) const;

  [[nodiscard]] bool usable() const { return folder_.usable(); }

 private:
  [[nodiscard]] ScannedObjectsFile objects_file(const RepositoryLayout& repository) const;

  const CacheFolder& folder_;
  const RepositoryLayout& layout_;
  std::optional<RepositoryState> state_;
  Sha256Digest objects_basis_{};
  Sha256Digest report_basis_{};
};

}  // namespace hfscan
