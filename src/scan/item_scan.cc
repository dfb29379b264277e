#include "scan/item_scan.h"

#include <utility>

#include "scan/watched_content.h"

namespace hfscan {

void ItemScan::scan(const Item& item) {
  Result<std::unique_ptr<Content>> content = item.store->open(item);
  if (content.ok()) return scan(item, **content);
  harvest_.diagnostics.push_back({item.path, content.error().message});
}

void ItemScan::scan(const Item& item, Content& content) {
  const bool reopens = item.store == nullptr || item.store->reopens();
  WatchedContent watched(content, reopens ? Keep::head : Keep::everything);
  BlobResult result = detector_.scan(watched, item, scratch_);
  if (!result.unread) containers_.look_inside(item, watched, result, harvest_);
  std::move(result.findings.begin(), result.findings.end(), std::back_inserter(harvest_.findings));
  harvest_.blobs += 1;
  harvest_.bytes += result.bytes;
  harvest_.look_alikes += result.look_alikes;
  std::move(result.facts.begin(), result.facts.end(), std::back_inserter(harvest_.facts));
  for (std::string& reason : result.gave_up) harvest_.diagnostics.push_back({item.path, std::move(reason)});
  if (result.unread) harvest_.diagnostics.push_back({item.path, result.unread->message});
}

}  // namespace hfscan
