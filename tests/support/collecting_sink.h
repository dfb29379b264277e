// A SourceSink that keeps what it is given, and a way to read an Item whole.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "core/source.h"

namespace hfscan::test {

class CollectingSink : public SourceSink {
 public:
  void push(Item item) override { items.push_back(std::move(item)); }
  void diagnose(Diagnostic diagnostic) override { diagnostics.push_back(std::move(diagnostic)); }
  void skip(Skip skip) override { skips.push_back(std::move(skip)); }

  // Sorted.
  [[nodiscard]] std::vector<std::string> paths() const {
    std::vector<std::string> result;
    for (const Item& item : items) result.push_back(item.path);
    std::sort(result.begin(), result.end());
    return result;
  }

  [[nodiscard]] std::vector<std::string> skipped(SkipReason reason) const {
    std::vector<std::string> result;
    for (const Skip& one : skips) {
      if (one.reason == reason) result.push_back(one.path);
    }
    std::sort(result.begin(), result.end());
    return result;
  }

  // The content of the item at `path`, or "error: ..." or "no item".
  [[nodiscard]] std::string content(std::string_view path) const;

  std::vector<Item> items;
  std::vector<Diagnostic> diagnostics;
  std::vector<Skip> skips;
};

inline std::string read_item(const Item& item) {
  auto content = item.store->open(item);
  if (!content.ok()) return "error: " + content.error().message;
  std::string bytes;
  std::array<char, 7777> buffer{};
  for (;;) {
    const Result<std::size_t> count = (*content)->read(buffer);
    if (!count.ok()) return "error: " + count.error().message;
    if (*count == 0) return bytes;
    bytes.append(buffer.data(), *count);
  }
}

inline std::string CollectingSink::content(std::string_view path) const {
  for (const Item& item : items) {
    if (item.path == path) return read_item(item);
  }
  return "no item";
}

}  // namespace hfscan::test
