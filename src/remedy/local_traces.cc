// Tested by tests/unit/remedy/preflight_test.cc.
#include "remedy/local_traces.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "git/folder_entries.h"
#include "git/refs.h"
#include "remedy/git_command.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kMostConfig = 1U << 20U;
constexpr std::size_t kMostShown = 3;

// Files of git_dir that are there while something goes on (git's wt-status).
constexpr std::array<std::pair<const char*, const char*>, 6> kRunning = {{{"rebase-merge", "rebase"},
                                                                          {"rebase-apply", "rebase"},
                                                                          {"MERGE_HEAD", "merge"},
                                                                          {"CHERRY_PICK_HEAD", "cherry-pick"},
                                                                          {"REVERT_HEAD", "revert"},
                                                                          {"BISECT_LOG", "bisect"}}};

std::string running_in(const RepositoryLayout& layout) {
  for (const auto& [file, name] : kRunning) {
    if (path_exists(cat(layout.git_dir, "/", file))) return name;
  }
  return "";
}

// Good enough for a check: the lines of the config that name what is fetched, wherever they stand.
void read_config(const RepositoryLayout& layout, LocalTraces& traces) {
  const auto config = read_git_file(layout, layout.common_dir + "/config", kMostConfig);
  if (!config.ok() || !*config) return;
  bool fetches = false;
  bool all = false;
  for (const std::string_view raw : split_lines(**config)) {
    const std::string line = to_lower_ascii(trim(raw));
    if (line.starts_with("partialclonefilter") || line.starts_with("promisor") || line.starts_with("partialclone"))
      traces.partial = true;
    if (!line.starts_with("fetch")) continue;
    fetches = true;
    all = all || line.find("refs/heads/*:") != std::string::npos || line.find("refs/*:") != std::string::npos;
  }
  traces.single_branch = fetches && !all;
}

void read_refs(const RepositoryLayout& layout, LocalTraces& traces) {
  std::set<std::string> local;
  std::set<std::string> remote;
  const auto use = [&](const std::string& name, const ObjectId&) {
    constexpr std::string_view kHeads = "refs/heads/";
    constexpr std::string_view kRemotes = "refs/remotes/";
    if (name.starts_with("refs/replace/")) ++traces.replace_refs;
    if (name == "refs/stash") traces.stashes = 1;
    if (name.starts_with(kHeads)) local.insert(name.substr(kHeads.size()));
    const std::size_t slash = name.find('/', kRemotes.size());
    if (name.starts_with(kRemotes) && slash != std::string::npos) remote.insert(name.substr(slash + 1));
  };
  const Status listed = for_each_ref(layout, "refs/", {use, [](const std::string&) {}});
  if (!listed.ok()) return;
  std::set_difference(local.begin(), local.end(), remote.begin(), remote.end(), std::back_inserter(traces.local_branches));
}

}  // namespace

std::string LocalTraces::shown_branches() const {
  std::string text;
  for (std::size_t i = 0; i < std::min(kMostShown, local_branches.size()); ++i)
    text += cat(i == 0 ? "" : ", ", shown_ref(local_branches[i]));
  return local_branches.size() > kMostShown ? text + ", ..." : text;
}

LocalTraces local_traces(const RepositoryLayout& layout) {
  LocalTraces traces;
  traces.running = running_in(layout);
  traces.worktrees = folder_entries(layout.common_dir + "/worktrees").size();
  for (const std::string& name : folder_entries(layout.object_folders.front() + "/pack"))
    traces.partial = traces.partial || name.ends_with(".promisor");
  read_config(layout, traces);
  read_refs(layout, traces);
  return traces;
}

}  // namespace hfscan
