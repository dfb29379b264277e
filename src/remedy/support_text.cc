// Tested by tests/unit/remedy/record_test.cc.
#include <algorithm>
#include <array>
#include <set>

#include "base/mask.h"
#include "base/text.h"
#include "remedy/journal_facts.h"
#include "remedy/record.h"

namespace hfscan {
namespace {

constexpr std::array<std::pair<SupportHost, const char*>, 3> kHosts = {
    {{SupportHost::github, "github"}, {SupportHost::gitlab, "gitlab"}, {SupportHost::hub, "hf"}}};

std::vector<std::string> texts_of(const JournalEntry* entry, const char* name) {
  return entry == nullptr ? std::vector<std::string>{} : json_texts(entry->data, name);
}

std::string list(const std::vector<std::string>& lines, std::string_view none) {
  if (lines.empty()) return cat("  ", none, "\n");
  std::string text;
  for (const std::string& line : lines) text += cat("  ", escape_for_display(line), "\n");
  return text;
}

// "owner/name" of "https://host/owner/name.git" and "git@host:owner/name".
std::string repository_name(std::string_view url) {
  while (url.ends_with('/')) url.remove_suffix(1);
  if (url.ends_with(".git")) url.remove_suffix(4);
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos)
    url.remove_prefix(std::min(url.find('/', scheme + 3), url.size() - 1) + 1);
  else if (const std::size_t colon = url.find(':'); colon != std::string_view::npos)
    url.remove_prefix(colon + 1);
  return std::string(url);
}

std::vector<std::string> blobs_of(const Incident& incident) {
  std::set<std::string> ids;
  for (const LeakedSecret& secret : incident.secrets) {
    for (const LeakPlace& place : secret.places) {
      if (!place.blob.empty() && place.kind == PlaceKind::blob) ids.insert(place.blob);
    }
  }
  return {ids.begin(), ids.end()};
}

std::string refs_statement(const JournalEntry* verified) {
  if (verified == nullptr) return "The remote has not been looked at since the push ('hfscan remediate verify --remote').\n";
  const std::string result = json_text(verified->data, "result");
  return cat("Our last look at the refs and old commits of the remote: ", escape_for_display(result), ".\n");
}

// What is proven, and nothing more: a host acts on it.
std::string dead_statement(const RecordInputs& inputs) {
  std::size_t dead = 0;
  for (const LeakedSecret& secret : inputs.incident.secrets) dead += proof_of_death(inputs.journal, secret) ? 1U : 0U;
  if (dead == inputs.incident.secrets.size() && dead != 0)
    return "Every credential is revoked, which we have verified: Hugging Face answers 401.\n";
  if (dead == 0) return "That the credential no longer works is NOT proven yet.\n";
  return cat("Only ", count_of(dead, "credential is", "credentials are"), " proven dead, of ",
             with_thousands(inputs.incident.secrets.size()), ".\n");
}

std::string push_statement(const RecordInputs& inputs) {
  const JournalEntry* pushed = inputs.journal.last("pushed");
  const bool done = pushed != nullptr && is_one_of(json_text(pushed->data, "outcome"), {"done", "nothing"});
  if (done) return "The history has been rewritten and pushed.\n";
  return may_have_pushed(inputs.journal) ? "The history has been rewritten; whether the push reached the server is not known.\n"
                                         : "The history on the server has NOT been replaced yet.\n";
}

std::string github_text(const RecordInputs& inputs) {
  const JournalEntry* verified = inputs.journal.last("verified");
  const std::vector<std::string> pulls = texts_of(verified, "pull_requests");
  std::string text = cat("Subject: Removal of sensitive data from ", repository_name(inputs.incident.remote_url), "\n\n");
  text += cat("A credential was committed to this repository. ", push_statement(inputs),
              "Please remove what only you can remove.\n\n");
  text += cat("Repository: ", repository_name(inputs.incident.remote_url),
              "\nAffected pull requests: ", std::to_string(pulls.size()), "\n", list(pulls, "none that we know of"));
  text += cat("First Changed Commit(s):\n",
              list(texts_of(inputs.journal.last("rewritten"), "first_changed"), "none: the history was not rewritten"));
  text += "Orphaned LFS objects: none that we know of\n\n";
  text += refs_statement(verified);
  return text + "Please dereference or delete these pull requests, remove cached views, and run a garbage collection.\n" +
         dead_statement(inputs) + "The data is sensitive beyond that: (say why, or GitHub will decline)\n";
}

std::string gitlab_text(const RecordInputs& inputs) {
  std::string text = cat("Project: ", repository_name(inputs.incident.remote_url), "\n\n");
  text +=
      "In the project: Settings > Repository > Repository maintenance > Remove blobs (Owner), with these blob ids; then run "
      "housekeeping.\n"
      "Merge requests and pipelines keep what they have cached; commit information in the database stays visible.\n\n";
  return text + list(blobs_of(inputs.incident), "no blob: the token stands in messages or names only");
}

std::string hub_text(const RecordInputs& inputs) {
  std::string text = cat("To: security@huggingface.co\nSubject: Commits with a leaked token in ",
                         repository_name(inputs.incident.remote_url), "\n\n");
  text +=
      cat("A Hugging Face token was committed to ", repository_name(inputs.incident.remote_url), ".\n", dead_statement(inputs),
          push_statement(inputs), "Please purge the old commits, which can no longer be reached from any branch or tag:\n",
          list(texts_of(inputs.journal.last("rewritten"), "first_changed"), "none: the history was not rewritten"));
  return text + refs_statement(inputs.journal.last("verified"));
}

}  // namespace

std::optional<SupportHost> support_host_from(std::string_view name) {
  for (const auto& [host, known] : kHosts) {
    if (name == known) return host;
  }
  return std::nullopt;
}

const char* to_string(SupportHost host) {
  for (const auto& [known, name] : kHosts) {
    if (known == host) return name;
  }
  return "";
}

std::string support_text(SupportHost host, const RecordInputs& inputs) {
  switch (host) {
    case SupportHost::github: return mask_token_shapes(github_text(inputs));
    case SupportHost::gitlab: return mask_token_shapes(gitlab_text(inputs));
    case SupportHost::hub: return mask_token_shapes(hub_text(inputs));
  }
  return "";
}

}  // namespace hfscan
