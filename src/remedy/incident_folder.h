// The folder in which everything about an incident is kept. It is the user's own and lies outside of every repository; but for
// a mirror and its backup while a history is rewritten, nothing in it holds a secret.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "remedy/incident.h"

namespace hfscan {

// The folder of one incident, locked: nobody else works on it until the object dies, not even what a killed run left behind.
class IncidentFolder {
 public:
  // Makes a folder for it under `state` (docs/remediation.md: $XDG_STATE_HOME/hfscan), names it and writes it down. Refuses a
  // state folder inside a repository.
  static Result<IncidentFolder> create(const std::string& state, Incident incident);

  // By id, by a beginning of it that only one has, or, when `name` is empty, the only one that is not closed.
  static Result<IncidentFolder> open(const std::string& state, std::string_view name);

  [[nodiscard]] const Incident& incident() const { return incident_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string file(std::string_view name) const;

  // Replaces what is known of it, on the disk too.
  Status update(Incident incident);

  // A file in the folder, mode 0600, replaced as a whole.
  Status write(std::string_view name, std::string_view content) const;

 private:
  IncidentFolder(std::string path, FileDescriptor lock) : path_(std::move(path)), lock_(std::move(lock)) {}
  static Result<IncidentFolder> locked(const std::string& path);

  std::string path_;
  FileDescriptor lock_;
  Incident incident_;
};

// All incidents under a state folder, oldest first, closed ones too; one that cannot be read is left out. Reads only.
struct KnownIncident {
  Incident incident;
  bool closed = false;
};
std::vector<KnownIncident> list_incidents(const std::string& state);

}  // namespace hfscan
