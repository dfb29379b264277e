// One worker's way with one item: detect, look inside, and keep what was found. Separate from the pipeline, because the pass
// over a history brings its own threads.
#pragma once

#include <utility>
#include <vector>

#include "core/blob.h"
#include "detect/detector.h"
#include "scan/container_scan.h"
#include "scan/harvest.h"

namespace hfscan {

// One thread's.
class ItemScan {
 public:
  // `rules` are those of the detector; all must outlive this.
  ItemScan(const Detector& detector, const std::vector<const Rule*>& rules, const ContainerScanOptions& options)
      : detector_(detector), containers_(detector, rules, options) {}

  // Opens the item in its store and reads it to its end.
  void scan(const Item& item);

  // The same for content that is open already; item.store may be null when an archive need not be opened a second time.
  void scan(const Item& item, Content& content);

  // All that was found since the last time.
  [[nodiscard]] Harvest take() { return std::exchange(harvest_, {}); }

 private:
  const Detector& detector_;
  Detector::Scratch scratch_;
  ContainerScan containers_;
  Harvest harvest_;
};

}  // namespace hfscan
