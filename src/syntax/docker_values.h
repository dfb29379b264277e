// Values in the arguments of Dockerfile instructions: NAME=value pairs and the JSON array of the exec form. Only dockerfile.cc
// includes it.
#pragma once

#include <optional>
#include <vector>

#include "syntax/dockerfile.h"

namespace hfscan {

enum class DockerPairForms {
  pairs,         // ARG: NAME=value, or a name alone
  pairs_or_old,  // ENV and LABEL: also `NAME the rest`
};

// `NAME=value NAME="value" ...`, or the old `NAME the rest` of ENV and LABEL. At most `limit`. Maps and spans lead to the
// input.
std::vector<DockerPair> docker_pairs(const MappedText& arguments, DockerPairForms forms, char escape, std::size_t limit);

// The strings of `["a", "b"]`; nothing when the arguments are anything else, which makes them the shell form.
std::optional<std::vector<MappedText>> docker_exec(const MappedText& arguments, std::size_t limit);

}  // namespace hfscan
