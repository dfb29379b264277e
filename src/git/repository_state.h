// The state of a repository on disk as one number: everything that a scan of its history reads, known by names, sizes and times
// without opening a file. As long as it is the same, so is what a scan would say.
//
// Separate from the readers, because it must see what any of them might read, now or later: whatever lies in the git folder,
// the folder shared by work trees, the folders of objects, each with all that is below them (refs, logs, config, packs, loose
// objects, stores of submodules), whether or not anybody looks at it today.
#pragma once

#include <optional>

#include "base/sha256.h"
#include "git/layout.h"

namespace hfscan {

struct RepositoryState {
  Sha256Digest digest{};

  // Whether everything had been left alone for two seconds when this was read. Times of files are only so fine (two seconds at
  // the coarsest), so a change right after the last one may leave no trace in them: git calls such an entry of its index racily
  // clean and looks again. What is learnt from a scan may be kept under a state only if that was settled before the scan began;
  // every later change then gives another state.
  bool settled = false;
};

// Take it before the scan. Nothing when it cannot be known: a folder cannot be read, a link leads to a folder elsewhere, a
// store of a submodule names alternates, there are more than a million files, or something goes away meanwhile. Links are
// followed only to look at the file behind them. Reads no file but the names in folders.
std::optional<RepositoryState> repository_state(const RepositoryLayout& layout);

}  // namespace hfscan
