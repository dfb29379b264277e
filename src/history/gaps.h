// What a history names and the repository does not have, as Diagnostics that say how to complete it. Separate from reading,
// because nothing here is damaged: shallow and partial clones are made on purpose.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/diagnostic.h"
#include "git/layout.h"
#include "git/object_store.h"
#include "git/revision_range.h"
#include "history/object_scan.h"

namespace hfscan {

// With a range only what is missing from its commits. Single objects are named up to a thousand; the others are counted.
std::vector<Diagnostic> describe_gaps(const RepositoryLayout& layout, const ObjectStore& store, const ObjectScanResult& scanned,
                                      const std::optional<CommitSet>& range);

// What to add to the message that a revision is not known: "" unless the clone is shallow.
std::string hint_of_gaps(const RepositoryLayout& layout);

}  // namespace hfscan
