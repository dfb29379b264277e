// The files of a host in which tokens are kept or left behind: which they are, and what stands in those that exist.
//
// Separate from the rules, which decide on contents and modes and open nothing. Everything that is read is named in the table
// of place_table.cc; two walks with few levels look for names that people give to such files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/diagnostic.h"
#include "host/host_view.h"

namespace hfscan {

enum class HostPlaceKind {
  token_file,       // holds a token by its purpose
  secret_file,      // a dotenv file, *.token, and names that people invent
  history,          // of a shell or of an interactive program
  git_credentials,  // of git-credential-store
  git_config,
  netrc,
  start_up_file,  // of a shell or of a session
  script,         // also a document or a notebook
  process,        // the arguments of one, a line each
};

// A file that was read.
struct HostPlace {
  HostPlaceKind kind = HostPlaceKind::token_file;
  std::string shown;        // as in reports: "~/.netrc", "/proc/42/cmdline"
  std::uint32_t mode = 0;   // permission bits
  std::string folder = {};  // that it lies in, as in reports
  std::uint32_t folder_mode = 0;
  std::string content = {};
  int age_days = 0;  // whole days since its content was changed; 0 when that is not known
};

// A row of the list of places that were looked at.
struct LookedAt {
  std::string shown;      // with the `*` of a pattern
  std::size_t found = 0;  // files
};

struct HostInventory {
  std::vector<HostPlace> places;
  std::vector<LookedAt> looked_at;
  std::vector<Diagnostic> diagnostics;  // files and folders that are there and cannot be read
  std::vector<Skip> skipped;            // links that lead out of the home, devices and the like
  std::vector<std::string> notes;
};

// Reads everything. A file that is not there is no trouble.
HostInventory take_inventory(const HostView& host);

// Files above this size are a diagnostic; the detector looks at no larger text as a whole.
constexpr std::uint64_t kMostHostFileBytes = std::uint64_t{16} << 20U;

}  // namespace hfscan
