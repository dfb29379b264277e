// What a run could not read, and what it decided not to read. The first makes a run incomplete (exit 3), the second does not;
// both are counted and named.
#pragma once

#include <string>

namespace hfscan {

// `path` as in Item; `message` without the path and without secrets: "permission denied".
struct Diagnostic {
  std::string path;
  std::string message;
};

enum class SkipReason {
  git_ignored,     // git ignores it, and --include-ignored was not given
  special_file,    // FIFO, socket or device: never opened
  symlink_target,  // the link's text was scanned, its target was not
  submodule,       // a staged submodule: its content belongs to another repository
  user_excluded,   // an ignore path of the user's configuration
  archive_format,  // an archive that hfscan cannot unpack: its bytes were scanned as they lie
  archives_off,    // an archive that was not unpacked because the user's configuration says so; its bytes were scanned
};

// `path` of a whole folder ends in '/'.
struct Skip {
  std::string path;
  SkipReason reason = SkipReason::git_ignored;
};

const char* to_string(SkipReason reason);

}  // namespace hfscan
