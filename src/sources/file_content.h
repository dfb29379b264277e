// Files of the scanned tree, opened once and without following anything: the path is resolved beneath a root folder, no symlink
// on the way is taken, and what was opened is looked at before it is read.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/file.h"
#include "core/blob.h"

namespace hfscan {

// Opens `path` (relative, '/'-separated, of any length) beneath the folder `root`; never blocks. `flags` is added to
// O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC. An invalid descriptor means that errno says why: ELOOP for a symlink, EXDEV for
// a way out.
FileDescriptor open_beneath(int root, std::string_view path, int flags = 0);

// The same for kernels before 5.6, which have no openat2: one component at a time. Here so that tests hold both ways equal.
FileDescriptor open_beneath_by_hand(int root, std::string_view path, int flags = 0);

// The Content of an open file, or an Error when it is no regular one: "not a regular file". Never mapped into memory: a file
// may shrink while it is read.
Result<std::unique_ptr<Content>> content_of(FileDescriptor file);

// open_beneath and content_of. A file that is gone: "disappeared during the scan".
Result<std::unique_ptr<Content>> open_content(int root, const std::string& path);

// The errno of a failed open as a Diagnostic says it.
std::string open_error_text(int error_number);

}  // namespace hfscan
