// One leak, from the day it was noticed until it is closed: what leaked, where it stands and how far it got. Holds no secret.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "remedy/leak.h"

namespace hfscan {

// How far a secret got; it decides which steps there are.
enum class LeakClass {
  staged,       // in a repository, but in no commit of a branch or tag: index, work tree, reflog, stash
  unpushed,     // in commits that no remote has
  pushed,       // in commits that a remote has
  hub,          // the same, and the remote is a repository on the Hugging Face Hub
  outside_git,  // in files that git does not have
};
const char* to_string(LeakClass value);

enum class Visibility { unknown, closed, open };  // who can read the remote: "unknown", "private", "public"
const char* to_string(Visibility value);
std::optional<Visibility> visibility_from(std::string_view name);

struct Incident {
  std::string id;            // "2026-11-21-a1b524a0": the day, and eight digits of the first secret's id
  std::int64_t created = 0;  // seconds since 1970-01-01T00:00:00Z
  std::string repository;    // absolute: the work tree, or the git folder of a bare repository; or a folder without git
  std::string git_dir;       // absolute; empty when there is none
  std::string remote;        // its name; empty when there is none
  std::string remote_url;    // without user and password
  LeakClass leak_class = LeakClass::pushed;
  Visibility visibility = Visibility::unknown;
  std::vector<LeakedSecret> secrets;  // sorted by id
  bool complete = true;               // the report that it was made from was
  std::uint64_t without_id = 0;       // as Leaks::without_id

  [[nodiscard]] bool is_pushed() const { return leak_class == LeakClass::pushed || leak_class == LeakClass::hub; }
  [[nodiscard]] bool has_commits() const { return is_pushed() || leak_class == LeakClass::unpushed; }
};

Json to_json(const Incident& incident);
Result<Incident> incident_from(const Json& value);

// How far the secrets got, by where a report found them and by the remote of the repository.
LeakClass class_of(const Leaks& leaks, std::string_view remote_url, bool in_repository);

// Whether a URL names a repository on the Hugging Face Hub.
[[nodiscard]] bool is_hub_url(std::string_view url);

// A URL without user and password, which git's credential store holds better: shown, stored and used in its place.
std::string without_userinfo(std::string_view url);

}  // namespace hfscan
