// Looks inside archives and compressed files: once a file's own bytes are scanned, what is packed in them is scanned with the
// same detector, member by member, archives in archives too. Nothing is written to disk; of a member as much is held as of a
// file, and of an archive in an archive up to 4 MiB.
//
// Separate from the pipeline, which knows of items only, and from sources/archive, which knows of one archive only.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/blob.h"
#include "detect/detector.h"
#include "scan/harvest.h"
#include "scan/unpack_budget.h"
#include "scan/watched_content.h"

namespace hfscan {

struct ContainerScanOptions {
  ArchiveLimits limits;
  std::function<bool(std::string_view path)> excluded;  // as ScanOptions::excluded; asked of every member
};

// One worker's; one thread.
class ContainerScan {
 public:
  // `rules` are those of the detector; all must outlive this.
  ContainerScan(const Detector& detector, const std::vector<const Rule*>& rules, ContainerScanOptions options);

  // After `item`, read through `content`, gave `result`. Moves findings of stored members out of `result` where the member's is
  // the better one, and adds the rest to the harvest. Costs a file that is no archive some nanoseconds, and a file of more than
  // Detector::kWholeBlob one read of its end.
  void look_inside(const Item& item, WatchedContent& content, BlobResult& result, Harvest& harvest);

 private:
  const Detector& detector_;
  std::vector<const Rule*> path_rules_;  // those that look at some paths only
  ContainerScanOptions options_;
  Detector::Scratch scratch_;  // not the worker's own, which holds the archive
};

}  // namespace hfscan
