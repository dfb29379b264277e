// Other programs, run to their end: the only place of hfscan that starts any. No shell takes part, what a program is told
// comes as a list of words and through a pipe, and its environment is made anew, so that nothing of the caller's leaks into it.
//
// Separate from what is run (git, curl, gh, hf), so that a reader of the include table sees who can start programs.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace hfscan {

// Who may read what the child writes: as the user's umask says, or nobody else.
enum class NewFiles { as_usual, owner_only };

struct ChildRequest {
  // The program and its arguments; never a secret, as every user of the machine can read them. A name without '/' is looked for
  // in PATH.
  std::vector<std::string> argv;
  std::string folder = {};  // where it runs; empty: the current one
  // Added to what every child gets (child_environment), or in its place.
  std::vector<std::pair<std::string, std::string>> environment = {};
  std::vector<std::string> keep = {};        // more variables that it may have from ours: what `gh` logs in with
  std::string_view input = {};               // its standard input, through a pipe; may hold a secret
  std::uint64_t most_output = 64ULL << 20U;  // bytes of each of its two outputs that are kept
  std::chrono::milliseconds timeout{0};      // after which it is killed; 0: none
  NewFiles new_files = NewFiles::as_usual;
};

struct ChildResult {
  int exit_code = -1;  // 128 and the signal's number when one ended it
  bool timed_out = false;
  bool cut = false;  // it said more than most_output
  std::string out;
  std::string err;

  [[nodiscard]] bool ok() const { return exit_code == 0 && !timed_out; }
};

// Waits for its end; it is killed when our process dies. The caller ignores SIGPIPE, as main does; the child does not. An Error
// when it cannot be started: "'curl' is not installed".
Result<ChildResult> run_child(const ChildRequest& request);

// Where a program lies: in a folder of PATH that is an absolute path, so that nothing in a scanned folder is ever run.
std::optional<std::string> find_program(std::string_view name);

// "NAME=value": our variables that other programs need (paths, locale, terminal, ssh, proxies, certificates), without those
// whose value looks like a token. LC_ALL is C.UTF-8, and git asks no questions.
std::vector<std::string> child_environment(const std::vector<std::string>& keep);

// The last line of what a program said on standard error, safe to show: one line, token shapes masked.
std::string last_words(const ChildResult& result);

}  // namespace hfscan
