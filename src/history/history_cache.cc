// Tested by tests/unit/history/history_cache_test.cc.
#include "history/history_cache.h"

#include "base/file.h"
#include "base/text.h"
#include "scan/stored_report.h"

namespace hfscan {

HistoryCache::HistoryCache(const CacheFolder& folder, const RepositoryLayout& layout, const HistoryOptions& options)
    : folder_(folder), layout_(layout) {
  if (!folder.usable()) return;
  objects_basis_ = sha256(cat("objects\n", options.cache_basis));
  state_ = repository_state(layout);
  std::string basis = cat("report\n", options.cache_basis, "\n");
  for (const std::string& word : options.range) basis += cat(std::to_string(word.size()), " ", word, "\n");
  constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60;
  basis += cat(std::to_string(options.now / kDay), "\n", state_ ? to_hex(state_->digest) : "");
  report_basis_ = sha256(basis);
}

std::optional<Report> HistoryCache::stored_report(const std::vector<const Rule*>& rules) const {
  if (!usable() || !state_) return std::nullopt;
  const std::string path = folder_.file(CacheFolder::Content::report, layout_.git_dir, objects_basis_);
  return read_stored_report(path, report_basis_, rules);
}

ScannedObjects HistoryCache::scanned_objects(const RepositoryLayout& repository) const {
  if (!usable() || path_exists(repository.common_dir + "/shallow")) return {};
  return ScannedObjects::read(objects_file(repository));
}

ScannedObjects HistoryCache::forgotten_objects(const RepositoryLayout& repository) const {
  if (!usable() || path_exists(repository.common_dir + "/shallow")) return {};
  return ScannedObjects::none(objects_file(repository));
}

ScannedObjectsFile HistoryCache::objects_file(const RepositoryLayout& repository) const {
  return {folder_.file(CacheFolder::Content::objects, repository.common_dir, objects_basis_), objects_basis_,
          repository.format};
}

Status HistoryCache::keep(const Report& report) const {
  if (!usable()) return {};
  Status kept;
  if (state_ && state_->settled) {
    const std::string path = folder_.file(CacheFolder::Content::report, layout_.git_dir, objects_basis_);
    kept = write_stored_report(path, report_basis_, report);
  }
  folder_.remove_old_files();
  return kept;
}

}  // namespace hfscan
