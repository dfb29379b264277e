#include "cli/scanned_trees.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "base/file.h"
#include "git/repository.h"
#include "sources/file_content.h"
#include "sources/folder.h"

namespace hfscan {
namespace {

constexpr std::size_t kLargestFile = Detector::kWholeBlob;

std::optional<std::string> read_whole(Content& content) {
  std::string text;
  std::array<char, 65536> buffer{};
  for (;;) {
    const Result<std::size_t> count = content.read(buffer);
    if (!count.ok() || text.size() > kLargestFile) return std::nullopt;
    if (*count == 0) return text;
    text.append(buffer.data(), *count);
  }
}

// Opened when it is first needed: many runs ask nothing.
struct LazyIndex {
  explicit LazyIndex(RepositoryLayout layout) : repository(std::move(layout)) {}
  Repository repository;
  std::optional<Index> index;

  std::optional<std::string> read(const std::string& path) {
    if (!index) {
      Result<Index> found = repository.read_index();
      index = found.ok() ? std::move(*found) : Index();
    }
    const auto& entries = index->entries();
    const auto entry = std::lower_bound(entries.begin(), entries.end(), path,
                                        [](const IndexEntry& e, const std::string& wanted) { return e.path < wanted; });
    if (entry == entries.end() || entry->path != path) return std::nullopt;
    const auto content = repository.open_blob(entry->id);
    return content.ok() ? read_whole(**content) : std::nullopt;
  }
};

}  // namespace

ScannedTree tree_on_disk(const std::string& root, const std::string& prefix) {
  ScannedTree tree{root, prefix, std::nullopt, {}};
  const auto repository = repository_at(root);
  if (repository.ok()) tree.repository = *repository;
  Result<FileDescriptor> folder = open_folder(root);
  const auto descriptor = std::make_shared<FileDescriptor>(folder.ok() ? std::move(*folder) : FileDescriptor());
  tree.read = [descriptor](const std::string& path) -> std::optional<std::string> {
    if (!descriptor->valid()) return std::nullopt;
    const auto content = open_content(descriptor->get(), path);
    return content.ok() ? read_whole(**content) : std::nullopt;
  };
  return tree;
}

ScannedPlaces staged_place(const RepositoryLayout& layout) {
  ScannedTree tree{layout.work_tree, "", layout, {}};
  const auto index = std::make_shared<LazyIndex>(layout);
  tree.read = [index](const std::string& path) { return index->read(path); };
  ScannedPlaces places;
  places.trees.push_back(std::move(tree));
  places.reach = Reach::staged;
  return places;
}

}  // namespace hfscan
