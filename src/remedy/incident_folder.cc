// Tested by tests/unit/remedy/incident_test.cc.
#include "remedy/incident_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "base/file.h"
#include "base/own_folder.h"
#include "base/text.h"
#include "base/time.h"
#include "git/folder_entries.h"
#include "git/layout.h"
#include "remedy/journal.h"

namespace hfscan {
namespace {

constexpr std::string_view kIncidentFile = "incident.json";
constexpr std::string_view kJournalFile = "journal.jsonl";
constexpr std::uint64_t kMostBytes = 256ULL << 20U;

std::string incidents_of(const std::string& state) { return cat(state, "/incidents"); }

Result<Incident> read_incident(const std::string& folder) {
  const std::string path = cat(folder, "/", kIncidentFile);
  HFSCAN_TRY_ASSIGN(const std::string text, read_file(path, kMostBytes, Symlinks::refuse));
  HFSCAN_TRY_ASSIGN(const Json value, parse_json(text, path));
  Result<Incident> incident = incident_from(value);
  if (!incident.ok()) return Error{cat(hfscan::quoted(path), " is no incident of this version: ", incident.error().message)};
  return incident;
}

// Nobody is to commit an incident, or scan a backup as part of a repository.
Status check_outside_repositories(const std::string& folder) {
  const std::string existing = real_path(existing_part(folder));
  const Result<std::optional<RepositoryLayout>> around = find_repository(existing.empty() ? "/" : existing);
  if (around.ok() && !*around) return {};
  return Error{
      cat("the state folder ", hfscan::quoted(folder), " lies in a repository: set XDG_STATE_HOME to a folder outside of it")};
}

std::string new_name(const Incident& incident) {
  const std::string digits = incident.secrets.empty() ? "unknown0" : incident.secrets.front().short_id().substr(0, 8);
  return cat(instant_text(incident.created).substr(0, 10), "-", digits);
}

Result<std::string> make_incident_folder(const std::string& all, const std::string& name) {
  for (int number = 1; number < 1000; ++number) {
    std::string path = cat(all, "/", name, number == 1 ? "" : cat("-", std::to_string(number)));
    if (::mkdir(path.c_str(), 0700) == 0) return path;
    if (errno != EEXIST) return Error{cat("cannot make ", hfscan::quoted(path), ": ", errno_text(errno))};
    if (!path_exists(cat(path, "/", kIncidentFile))) return path;  // of a run that died before it wrote anything
  }
  return Error{cat("too many incidents called ", hfscan::quoted(name), " in ", hfscan::quoted(all))};
}

// A child of a run that was killed holds the lock with it until it has become another program: that takes no time to speak of.
bool take_lock(int fd) {
  constexpr int kMostTries = 20;
  constexpr std::chrono::milliseconds kPause{25};
  for (int tries = 1; ::flock(fd, LOCK_EX | LOCK_NB) != 0; ++tries) {
    if (tries == kMostTries) return false;
    std::this_thread::sleep_for(kPause);
  }
  return true;
}

Error no_such(std::string_view name, const std::vector<KnownIncident>& known) {
  std::vector<std::string> ids;
  ids.reserve(known.size());
  for (const KnownIncident& one : known) ids.push_back(one.incident.id);
  if (ids.empty()) return {"there is no incident yet: begin with 'hfscan remediate plan'"};
  return {cat("no incident is called ", hfscan::quoted(name), did_you_mean(name, ids), "; there are: ", [&ids] {
    std::string list;
    for (const std::string& id : ids) list += cat(list.empty() ? "" : ", ", id);
    return list;
  }())};
}

Result<std::string> pick(const std::vector<KnownIncident>& known, std::string_view name) {
  std::vector<std::string> fitting;
  for (const KnownIncident& one : known) {
    if (one.incident.id == name) return one.incident.id;
    if (name.empty() ? !one.closed : one.incident.id.starts_with(name)) fitting.push_back(one.incident.id);
  }
  if (fitting.size() == 1) return fitting.front();
  if (fitting.empty() && name.empty() && !known.empty()) return known.back().incident.id;  // all are closed: the youngest
  if (fitting.empty()) return no_such(name, known);
  std::string list;
  for (const std::string& id : fitting) list += cat(list.empty() ? "" : ", ", id);
  return Error{cat("several incidents ", name.empty() ? "are open" : "begin with that", ": name one of ", list)};
}

}  // namespace

Result<IncidentFolder> IncidentFolder::locked(const std::string& path) {
  HFSCAN_TRY(check_own_folder(path));
  const std::string lock_path = cat(path, "/lock");
  FileDescriptor lock(::open(lock_path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!lock.valid()) return Error{cat("cannot open ", hfscan::quoted(lock_path), ": ", errno_text(errno))};
  if (!take_lock(lock.get())) {
    return Error{cat("another hfscan works on the incident ", hfscan::quoted(file_name(path)), "; wait for it to end")};
  }
  return IncidentFolder(path, std::move(lock));
}

Result<IncidentFolder> IncidentFolder::create(const std::string& state, Incident incident) {
  if (state.empty()) return Error{"the home folder is not known: set XDG_STATE_HOME to a folder for incidents"};
  HFSCAN_TRY(check_outside_repositories(state));
  const std::string all = incidents_of(state);
  HFSCAN_TRY(make_folders(all));
  HFSCAN_TRY(check_own_folder(all));
  HFSCAN_TRY_ASSIGN(const std::string path, make_incident_folder(all, new_name(incident)));
  HFSCAN_TRY_ASSIGN(IncidentFolder folder, locked(path));
  incident.id = file_name(path);
  HFSCAN_TRY(folder.update(std::move(incident)));
  return folder;
}

Result<IncidentFolder> IncidentFolder::open(const std::string& state, std::string_view name) {
  HFSCAN_TRY_ASSIGN(const std::string id, pick(list_incidents(state), name));
  HFSCAN_TRY_ASSIGN(IncidentFolder folder, locked(cat(incidents_of(state), "/", id)));
  HFSCAN_TRY_ASSIGN(folder.incident_, read_incident(folder.path_));
  return folder;
}

std::string IncidentFolder::file(std::string_view name) const { return cat(path_, "/", name); }

Status IncidentFolder::write(std::string_view name, std::string_view content) const {
  return write_file_atomically(file(name), content, FileMode::owner_only);
}

Status IncidentFolder::update(Incident incident) {
  HFSCAN_TRY(write(kIncidentFile, dump_pretty(to_json(incident))));
  incident_ = std::move(incident);
  return {};
}

std::vector<KnownIncident> list_incidents(const std::string& state) {
  std::vector<KnownIncident> result;
  for (const std::string& name : folder_entries(incidents_of(state))) {
    const std::string folder = cat(incidents_of(state), "/", name);
    Result<Incident> incident = read_incident(folder);
    if (!incident.ok()) continue;
    incident->id = name;
    const Result<Journal> journal = Journal::open(cat(folder, "/", kJournalFile));
    result.push_back({std::move(*incident), journal.ok() && journal->last("closed") != nullptr});
  }
  return result;
}

}  // namespace hfscan
