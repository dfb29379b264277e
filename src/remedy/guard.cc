// Tested by tests/unit/remedy/guard_test.cc, which runs the scripts.
#include "remedy/guard.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <mutex>

#include "base/file.h"
#include "base/text.h"
#include "git/commit_graph.h"
#include "git/object_store.h"
#include "git/ref_list.h"
#include "git/refs.h"
#include "process/child.h"
#include "remedy/git_command.h"

namespace hfscan {
namespace {

constexpr std::string_view kHookMark = "hfscan: banned commits";
constexpr std::uint64_t kMostHookBytes = 1U << 20U;

constexpr const char* kHook = R"sh(#!/bin/sh
# hfscan: banned commits. Refuses a push that would bring back commits that held a token.
# Install: cp pre-push .git/hooks/pre-push && chmod +x .git/hooks/pre-push
# The list is .hfscan/banned-commits of the work tree, or hfscan/banned-commits of the git folder.
list=$(git rev-parse --show-toplevel)/.hfscan/banned-commits
[ -f "$list" ] || list=$(git rev-parse --git-common-dir)/hfscan/banned-commits
if [ ! -f "$list" ]; then
  echo "hfscan: there is no list of banned commits (.hfscan/banned-commits); nothing is pushed" >&2
  exit 1
fi
status=0
while read -r _ local_id remote_ref _; do
  case $local_id in *[!0]*) ;; *) continue ;; esac
  while read -r banned _; do
    case $banned in '' | '#'*) continue ;; esac
    git cat-file -e "$banned^{commit}" 2>/dev/null || continue
    if git merge-base --is-ancestor "$banned" "$local_id"; then
      echo "hfscan: $remote_ref would bring back commit $banned, which held a token; rebase your work onto the new history" >&2
      status=1
    fi
  done <"$list"
done
exit $status
)sh";

constexpr const char* kCi = R"sh(#!/bin/sh
# hfscan: banned commits. Fails when the history brings back commits that held a token. It needs the whole history
# (actions/checkout: fetch-depth: 0; GitLab: GIT_DEPTH: 0).
set -eu
list=$(git rev-parse --show-toplevel)/.hfscan/banned-commits
if [ "$(git rev-parse --is-shallow-repository)" != false ]; then
  echo "hfscan: this checkout is shallow, so nothing can be said; fetch the whole history" >&2
  exit 2
fi
status=0
while read -r banned _; do
  case $banned in '' | '#'*) continue ;; esac
  git cat-file -e "$banned^{commit}" 2>/dev/null || continue
  if git merge-base --is-ancestor "$banned" "${1:-HEAD}"; then
    echo "hfscan: commit $banned, which held a token, is back" >&2
    status=1
  fi
done <"$list"
exit $status
)sh";

constexpr const char* kMail = R"txt(Subject: the history of REMOTE was rewritten: please take a new clone

A token stood in the history. It is revoked, and the history was rewritten without it. Every commit since the first one with the
token has a new id, so an old clone would bring the token back with its next merge and push.

1. Do not pull into your old clone, and do not push from it.
2. Take a new clone:
     git clone REMOTE
3. Bring over what you had not pushed, in the OLD clone:
     git format-patch --stdout @{upstream}..HEAD >../mine.patch     (look whether the token stands in it!)
   and in the NEW one:
     git am ../mine.patch
4. Delete the old clone, with its stashes ('git stash list') and linked work trees ('git worktree list').
5. Install the hook that refuses the old commits: see pre-push.

The first commits that must not come back:
)txt";

std::string replaced_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

// Git does not look into the repository's own folder of hooks then. "/" holds no repository, so that each question is about the
// one file that it names.
bool has_hooks_elsewhere(const RepositoryLayout& layout) {
  const std::string config = layout.common_dir + "/config";
  const std::vector<std::vector<std::string>> questions = {
      {"--file", config, "--no-includes"}, {"--global", "--includes"}, {"--system", "--includes"}};
  return std::any_of(questions.begin(), questions.end(), [](const std::vector<std::string>& where) {
    std::vector<std::string> argv = {"git", "config"};
    argv.insert(argv.end(), where.begin(), where.end());
    argv.insert(argv.end(), {"--get", "core.hooksPath"});
    const Result<ChildResult> said = run_child({.argv = std::move(argv), .folder = "/"});
    return said.ok() && said->ok() && !trim(said->out).empty();
  });
}

class CloneChecker {
 public:
  CloneChecker(RepositoryLayout layout, const std::vector<std::string>& banned, const std::vector<KnownSecret>& secrets)
      : layout_(std::move(layout)), store_(ObjectStore::open(layout_, {"/"}, 1)), builder_(layout_.format), search_(secrets) {
    for (const std::string& id : banned) {
      if (const auto known = ObjectId::from_hex(trim(id)); known) banned_.push_back(*known);
    }
  }

  CloneCheck run() {
    read_objects();
    const CommitGraph graph = builder_.build();
    std::vector<bool> reaches(graph.size());
    for (const ObjectId& id : banned_) {
      const CommitNumber number = graph.find(id);
      if (number == kNoCommit) continue;
      reaches[number] = true;
      ++check_.banned_commits;
    }
    for (CommitNumber commit = 0; commit < graph.size(); ++commit) {
      for (const CommitNumber parent : graph.parents(commit)) reaches[commit] = reaches[commit] || reaches[parent];
    }
    look_at_refs(graph, reaches);
    return std::move(check_);
  }

 private:
  void read_objects() {
    ObjectWalkOptions options;
    options.types = ObjectTypes::all();
    ObjectVisitor visitor;
    visitor.object = [this](unsigned, const ObjectId& id, ObjectType type, std::string_view bytes) {
      if (type == ObjectType::commit) builder_.add(id, bytes);
      check_.objects_with_secret += search_.holds_any(bytes) ? 1U : 0U;
    };
    visitor.problem = [this](const Diagnostic&) { check_.complete = false; };
    store_.for_each(options, visitor);
  }

  void look_at_refs(const CommitGraph& graph, const std::vector<bool>& reaches) {
    for (const NamedRef& ref : list_refs(layout_, store_, graph).refs) {
      const CommitNumber tip = graph.find(ref.peeled.target);
      if (tip != kNoCommit && reaches[tip]) check_.banned_refs.push_back(shown_ref(ref.peeled.name));
      check_.refs_with_secret += search_.holds_any(ref.peeled.name) ? 1U : 0U;
    }
  }

  RepositoryLayout layout_;
  ObjectStore store_;
  CommitGraphBuilder builder_;
  TokenSearch search_;
  std::vector<ObjectId> banned_;
  CloneCheck check_;
};

}  // namespace

GuardTexts guard_texts(const std::vector<std::string>& banned, const std::string& remote) {
  GuardTexts texts;
  texts.banned =
      "# Commits that held a token before the history was rewritten; nobody may push them again. No secret stands here.\n";
  texts.hook = kHook;
  texts.ci = kCi;
  texts.colleagues = replaced_all(kMail, "REMOTE", escape_for_display(remote));
  for (const std::string& id : banned) {
    texts.banned += id + "\n";
    texts.colleagues += cat("  ", id, "\n");
  }
  return texts;
}

Status write_guard(const std::string& folder, const GuardTexts& texts) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return Error{cat("cannot make ", hfscan::quoted(folder), ": ", errno_text(errno))};
  HFSCAN_TRY(write_file_atomically(folder + "/banned-commits", texts.banned));
  HFSCAN_TRY(write_file_atomically(folder + "/pre-push", texts.hook));
  HFSCAN_TRY(write_file_atomically(folder + "/ci-check.sh", texts.ci));
  return write_file_atomically(folder + "/colleagues.txt", texts.colleagues);
}

HookState hook_state(const RepositoryLayout& layout) {
  if (has_hooks_elsewhere(layout)) return HookState::elsewhere;
  const std::string path = layout.common_dir + "/hooks/pre-push";
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return HookState::absent;
  const Result<std::string> text = read_file(path, kMostHookBytes);
  const bool ours = text.ok() && text->find(kHookMark) != std::string::npos;
  return ours && (status.st_mode & 0111U) != 0 ? HookState::active : HookState::foreign;
}

Result<CloneCheck> check_clone(const std::string& path, const std::vector<std::string>& banned,
                               const std::vector<KnownSecret>& secrets) {
  HFSCAN_TRY_ASSIGN(std::optional<RepositoryLayout> layout, find_repository(path));
  if (!layout) return Error{cat(hfscan::quoted(path), " is no repository")};
  return CloneChecker(std::move(*layout), banned, secrets).run();
}

}  // namespace hfscan
