// Tested by tests/unit/scan/container_scan_test.cc.
#include "scan/container_scan.h"

#include "base/text.h"
#include "scan/unpacker.h"
#include "sources/container_kind.h"

namespace hfscan {
namespace {

constexpr std::string_view kSaveIt = "; what is in it was not scanned: save it as a file and scan that";

// The last bytes of a content, without moving it for good.
std::string read_tail(Content& content) {
  const std::uint64_t size = content.size_hint();
  std::string tail(static_cast<std::size_t>(std::min<std::uint64_t>(size, kZipTail)), '\0');
  if (!content.seek(size - tail.size()).ok()) return "";
  for (std::size_t done = 0; done < tail.size();) {
    const Result<std::size_t> count = content.read(std::span(tail).subspan(done));
    if (!count.ok() || *count == 0) return "";
    done += *count;
  }
  return tail;
}

bool has_zip_behind(WatchedContent& content, const BlobResult& result) {
  if (!result.whole.empty()) return ends_in_zip(result.whole, result.whole.size());
  if (const auto kept = content.everything()) return ends_in_zip(*kept, kept->size());
  return content.can_seek() && ends_in_zip(read_tail(content), content.size_hint());
}

// As what the file can be read: by its beginning, and by its end.
std::vector<ContainerKind> kinds_of(WatchedContent& content, const BlobResult& result) {
  std::vector<ContainerKind> kinds;
  const std::optional<ContainerKind> kind = container_at(content.head());
  if (kind) kinds.push_back(*kind);
  if (kind != ContainerKind::zip && has_zip_behind(content, result)) kinds.push_back(ContainerKind::zip);
  return kinds;
}

// The file once more, from its start: from memory where it still is, else from where it came from. Null when it is gone.
Result<std::unique_ptr<Content>> once_more(const Item& item, WatchedContent& content, const BlobResult& result) {
  if (!result.whole.empty()) return std::unique_ptr<Content>(std::make_unique<BytesContent>(result.whole));
  if (const auto kept = content.everything()) return std::unique_ptr<Content>(std::make_unique<BytesContent>(*kept));
  if (item.store == nullptr || !item.store->reopens()) return std::unique_ptr<Content>();
  return item.store->open(item);
}

}  // namespace

ContainerScan::ContainerScan(const Detector& detector, const std::vector<const Rule*>& rules, ContainerScanOptions options)
    : detector_(detector), options_(std::move(options)) {
  for (const Rule* rule : rules) {
    if (!rule->paths.empty()) path_rules_.push_back(rule);
  }
}

void ContainerScan::look_inside(const Item& item, WatchedContent& content, BlobResult& result, Harvest& harvest) {
  const std::vector<ContainerKind> kinds = kinds_of(content, result);
  if (kinds.empty()) {
    if (!unread_archive_format(content.head()).empty()) harvest.skipped.push_back({item.path, SkipReason::archive_format});
    return;
  }
  if (options_.limits.depth == 0) return harvest.skipped.push_back({item.path, SkipReason::archives_off});
  Unpacker unpacker({detector_, path_rules_, options_.excluded, scratch_}, {item, options_.limits, content.bytes_read()},
                    harvest);
  for (const ContainerKind kind : kinds) {
    const Result<std::unique_ptr<Content>> again = once_more(item, content, result);
    if (!again.ok()) {
      harvest.diagnostics.push_back({item.path, again.error().message});
    } else if (*again == nullptr) {
      harvest.diagnostics.push_back({item.path, cat("holds ", to_string(kind), " data and is larger than ",
                                                    human_bytes(kMaxKept), ", which is all that can be kept of it", kSaveIt)});
    } else {
      unpacker.unpack_file(**again, kind, result.findings);
    }
  }
  unpacker.finish();
}

}  // namespace hfscan
