#include "remedy/safe_commands.h"

#include "base/shell_word.h"
#include "base/text.h"

namespace hfscan {
namespace {

std::string git_in(std::string_view repository) { return cat("git -C ", shell_word(repository)); }

// -q: no settings of the user's, which could write a log or name another host.
constexpr std::string_view kCurl = "curl -q -sS --proto =https --max-redirs 0 -o /dev/null -w '%{http_code}\\n'";

}  // namespace

std::vector<std::string> revoke_by_hand(std::string_view endpoint) {
  return {"read -rs T    # paste the token; it is not shown",
          cat(R"(printf '{"credentials":["%s"]}' "$T" | )", kCurl, " -H 'Content-Type: application/json' --data-binary @- ",
              endpoint, "/api/credentials/revoke"),
          cat(R"(printf 'header = "Authorization: Bearer %s"\n' "$T" | )", kCurl, " -K - ", endpoint,
              "/api/whoami-v2    # must print 401, twice, half a minute apart"),
          "unset T"};
}

// Commits of one's own that were never pushed are carried over; the reflog knows where the remote stood before.
std::vector<std::string> adopt_from_remote(std::string_view repository, std::string_view remote) {
  const std::string git = git_in(repository);
  return {cat(git, " fetch --prune --force --tags ", remote.starts_with('-') ? "-- " : "", shell_word(remote)),
          cat(git, " rebase --onto '@{upstream}' '@{upstream}@{1}'    # on every branch that was rewritten")};
}

std::vector<std::string> adopt_from_mirror(std::string_view repository, std::string_view mirror) {
  const std::string git = git_in(repository);
  return {cat(git, " fetch --force ", shell_word(mirror), " 'refs/heads/*:refs/hfscan/*' 'refs/tags/*:refs/tags/*'"),
          cat(git, " reset --keep \"refs/hfscan/$(", git, " branch --show-current)\""),
          cat(git, " branch --force OTHER refs/hfscan/OTHER    # for every other branch that was rewritten"),
          cat(git, " for-each-ref --format='delete %(refname)' refs/hfscan | ", git, " update-ref --stdin")};
}

std::string delete_refs_with_tokens(std::string_view repository) {
  const std::string git = git_in(repository);
  return cat(git, " for-each-ref --format='delete %(refname)' | grep -E '(hf|api_org)_[A-Za-z0-9]{34}' | ", git,
             " update-ref --stdin");
}

std::vector<std::string> forget_old_objects(std::string_view repository) {
  const std::string git = git_in(repository);
  return {cat(git, " reflog expire --expire=now --all"), cat(git, " gc --prune=now")};
}

}  // namespace hfscan
