// From findings in objects to findings about secrets: one for each rule and secret, with every place and what became of it.
#pragma once

#include <vector>

#include "history/hit_reader.h"

namespace hfscan {

struct StoryRequest {
  const ObjectStore& store;
  const RefList& refs;
  const CommitGraph& graph;
  const HitPlaces& places;
  const std::vector<ReadUnit>& units;
  std::size_t prefix = 0;  // so many bytes at the beginning of every path name a submodule
};

// `findings` are those of the units. Names of refs and paths are shown with token shapes masked.
std::vector<Finding> tell_stories(const StoryRequest& request, const std::vector<UnitFinding>& findings);

}  // namespace hfscan
