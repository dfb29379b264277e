// The git program as remedy runs it: never in the user's repository, never with a hook, a helper or a transport that somebody
// else chose. Separate so that there is one list of the settings that make it safe.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "git/object_id.h"
#include "process/child.h"

namespace hfscan {

// Names of refs, without HEAD, and the objects that they name (tags are not followed).
using RefMap = std::map<std::string, ObjectId>;

// Arguments are visible to every user of the machine: what may hold a secret (names of refs, texts) goes through `input`.
class GitCommand {
 public:
  // Without a git folder it runs where no repository is.
  explicit GitCommand(std::string git_dir = {}) : git_dir_(std::move(git_dir)) {}

  // Added to the environment of each run.
  GitCommand& with(std::string variable, std::string value);

  // For a push to a folder of this machine. Otherwise what git writes is for the owner only.
  GitCommand& sharing_files() {
    new_files_ = NewFiles::as_usual;
    return *this;
  }

  // Whatever its exit code is.
  Result<ChildResult> run(const std::vector<std::string>& arguments, std::string_view input = {}) const;

  // Its standard output; an Error unless it succeeds: "'git fsck' failed: ...", with token shapes masked.
  Result<std::string> output(const std::vector<std::string>& arguments, std::string_view input = {}) const;

 private:
  std::string git_dir_;
  std::vector<std::pair<std::string, std::string>> environment_;
  NewFiles new_files_ = NewFiles::owner_only;
};

// The environment that every program needs which runs git itself; git-filter-repo is one.
std::vector<std::pair<std::string, std::string>> safe_git_environment();

// Where a mirror is taken from and pushed to: a URL (https, http, ssh, git, file, host:path) or an absolute path. An Error for
// what could be an option or names a program (`ext::`). What stands before the '@' of http(s) is removed: git's credential
// store has it.
Result<std::string> safe_remote(std::string_view url);
[[nodiscard]] bool has_credentials(std::string_view url);
[[nodiscard]] bool is_http(std::string_view url);

// What the remote has now.
Result<RefMap> remote_refs(const std::string& url);
// What a repository has; symbolic refs are followed.
Result<RefMap> local_refs(const std::string& git_dir);
// Lines of "id ref" or "id\tref"; HEAD and the ends of tags ("^{}") are left out.
RefMap parse_refs(std::string_view lines);

// The name of a ref as it may be shown and stored.
std::string shown_ref(std::string_view name);

// A branch of the host itself that nobody may push: pull requests of GitHub, merge requests of GitLab, what the Hub converts.
[[nodiscard]] bool is_host_owned(std::string_view ref);
[[nodiscard]] bool is_pull_request(std::string_view ref);

}  // namespace hfscan
