// Edits as a unified diff that `git apply` and `patch -p1` take. The edits are the difference, so none has to be searched for.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "detect/masked_text.h"

namespace hfscan {

enum class DiffedFile { changed, made };

struct DiffInput {
  std::string_view path;  // relative, as after `b/`
  DiffedFile kind = DiffedFile::changed;
  std::string_view before;
  std::span<const Edit> edits;  // ascending, not overlapping, within `before`
  // What of the two texts must not be shown; sorted.
  std::vector<MaskedSpan> hidden_before = {};
  std::vector<MaskedSpan> hidden_after = {};
};

struct Diff {
  std::string text;     // empty when the edits change nothing
  bool masked = false;  // some line is not shown as it is: no patch
};

Diff unified_diff(const DiffInput& input);

// Where the spans of a text lie after the edits. One that an edit cuts reaches over all that the edit put there.
std::vector<MaskedSpan> moved_by_edits(const std::vector<MaskedSpan>& masks, std::span<const Edit> edits);

}  // namespace hfscan
