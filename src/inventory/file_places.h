// From the uses and the tokens of one file to places. Internal to the inventory; shared by the tree and the host.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/rotation.h"
#include "host/token_finder.h"
#include "inventory/file_uses.h"
#include "inventory/use_place.h"

namespace hfscan {

struct FileOfPlaces {
  std::string path;
  std::string_view text;
};

struct PlaceMaker {
  const std::set<Sha256Digest>& leaked;
  const RotationPolicy* policy = nullptr;  // may be null

  // One place for each kind, name and scope. A token on the line of a use whose kind keeps its value there belongs to it; any
  // other is a place of the kind `literal`. Not settled yet.
  [[nodiscard]] std::vector<UsePlace> places_of(const FileOfPlaces& file, const FileUses& uses,
                                                const std::vector<FoundToken>& tokens, std::string_view literal) const;

  // Settled, with its role_place.
  [[nodiscard]] UsePlace finish(UsePlace place) const;

  // A token joins a place; of several places one that holds a leaked token holds it.
  void add_token(UsePlace& place, const Sha256Digest& id) const;
};

// Line numbers of ascending offsets.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}
  std::uint64_t line_of(std::uint64_t offset);

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
};

}  // namespace hfscan
