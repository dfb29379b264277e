// Trees made of numbers, well formed or not, without a repository.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "git/tree_links.h"

namespace hfscan::test {

inline ObjectId id_of(std::uint32_t number) {
  std::string raw(20, '\0');
  for (std::size_t i = 0; i < 4; ++i) raw[i] = static_cast<char>(number >> (8 * i));
  return ObjectId::from_raw(raw);
}

// Trees by number; blobs have numbers too, from 1'000'000 on.
class Forest {
 public:
  void folder(std::uint32_t tree, std::string_view name, std::uint32_t child) { add(tree, "40000 ", name, child); }
  void file(std::uint32_t tree, std::string_view name, std::uint32_t blob) { add(tree, "100644 ", name, blob); }
  void add(std::uint32_t tree, std::string_view mode, std::string_view name, std::uint32_t target) {
    append(tree, cat(mode, name, std::string_view("\0", 1), id_of(target).raw()));
  }
  void append(std::uint32_t tree, std::string_view bytes) { trees_[tree] += bytes; }

  [[nodiscard]] TreeLinks links(const std::vector<ObjectId>& blobs) const {
    TreeLinks links(ObjectFormat::sha1, blobs);
    for (const auto& [tree, bytes] : trees_) links.add(id_of(tree), bytes);
    return links;
  }

 private:
  std::map<std::uint32_t, std::string> trees_;
};

constexpr std::uint32_t kBlob = 1'000'000;

}  // namespace hfscan::test
