// Tested by tests/unit/remedy/remotes_test.cc.
#include "remedy/remotes.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "process/child.h"

namespace hfscan {
namespace {

constexpr std::string_view kSection = "remote.";
constexpr std::string_view kUrl = ".url";
constexpr std::string_view kPushUrl = ".pushurl";

Remote& entry_of(std::vector<Remote>& remotes, std::string_view name) {
  const auto known = std::find_if(remotes.begin(), remotes.end(), [name](const Remote& one) { return one.name == name; });
  if (known != remotes.end()) return *known;
  remotes.push_back({std::string(name), ""});
  return remotes.back();
}

// "remote.NAME.url\nVALUE"; a pushurl stays whatever url says.
void add(std::vector<Remote>& remotes, std::vector<std::string>& pushes, std::string_view record) {
  const std::string_view key = record.substr(0, record.find('\n'));
  const std::string_view value = record.substr(std::min(key.size() + 1, record.size()));
  const bool is_push = key.ends_with(kPushUrl);
  const std::size_t tail = is_push ? kPushUrl.size() : kUrl.size();
  if (key.size() <= kSection.size() + tail) return;
  const std::string_view name = key.substr(kSection.size(), key.size() - kSection.size() - tail);
  Remote& remote = entry_of(remotes, name);
  const bool has_push = std::find(pushes.begin(), pushes.end(), name) != pushes.end();
  if (remote.url.empty() || (is_push && !has_push)) remote.url = std::string(value);
  if (is_push && !has_push) pushes.emplace_back(name);
}

}  // namespace

Result<std::vector<Remote>> remotes_of(const RepositoryLayout& layout) {
  std::vector<Remote> remotes;
  const std::string config = layout.common_dir + "/config";
  if (!path_exists(config)) return remotes;
  // "/" holds no repository, so that no other settings can take part.
  HFSCAN_TRY_ASSIGN(const ChildResult said, run_child({.argv = {"git", "config", "--file", config, "--no-includes", "-z",
                                                                "--get-regexp", "^remote\\..*\\.(url|pushurl)$"},
                                                       .folder = "/"}));
  if (said.exit_code == 1) return remotes;  // no such key
  if (!said.ok()) return Error{cat("cannot read the remotes of ", hfscan::quoted(config), ": ", last_words(said))};
  std::vector<std::string> pushes;
  std::string_view rest = said.out;
  while (!rest.empty()) {
    const std::string_view record = rest.substr(0, rest.find('\0'));
    add(remotes, pushes, record);
    rest.remove_prefix(std::min(record.size() + 1, rest.size()));
  }
  return remotes;
}

Result<Remote> pick_remote(const std::vector<Remote>& remotes, std::string_view name) {
  if (remotes.empty() && name.empty()) return Remote{};
  const std::string_view wanted = name.empty() && remotes.size() != 1 ? "origin" : name;
  for (const Remote& remote : remotes) {
    if (wanted.empty() || remote.name == wanted) return remote;
  }
  std::vector<std::string> names;
  names.reserve(remotes.size());
  for (const Remote& remote : remotes) names.push_back(remote.name);
  if (name.empty()) return Error{"there are several remotes and none is called origin: name one with --remote NAME"};
  return Error{cat("no remote is called ", hfscan::quoted(name), did_you_mean(name, names))};
}

}  // namespace hfscan
