// Scans as remediation needs them: of what leaked only credentials, and the answer as leaks. Separate from Session, which they
// run with settings of their own.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/options.h"
#include "cli/session.h"
#include "git/layout.h"
#include "remedy/leak.h"

namespace hfscan {

// Whether what was accepted in the repository (allow comments, ignore file, settings, baseline) counts as no leak. It does when
// a plan is made; when a secret is known to have leaked, no comment makes it harmless.
enum class Accepted { left_out, counted };

class LeakScans {
 public:
  explicit LeakScans(const Options& options) : options_(options) {}

  // The whole past of a repository; progress is shown on a terminal.
  [[nodiscard]] Result<Leaks> of_history(const RepositoryLayout& layout, Accepted accepted) const;

  // The past of a mirror, without what the repository in that folder accepts.
  [[nodiscard]] Result<Leaks> of_mirror(const RepositoryLayout& mirror, const std::string& repository) const;

  // The files of a folder, and of its index when it is the work tree of a repository.
  [[nodiscard]] Result<Leaks> of_files(const std::string& folder, Accepted accepted) const;

 private:
  [[nodiscard]] Result<Leaks> scan_history(const Options& options, const RepositoryLayout& layout, const ScanRoot& root) const;
  [[nodiscard]] Options options_for(Command command, Accepted accepted) const;
  const Options& options_;
};

}  // namespace hfscan
