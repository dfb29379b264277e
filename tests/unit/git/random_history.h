// Random histories: branches, merges of up to four parents in any direction, merges that change what no parent has, orphans,
// moved and copied files, wrong clocks, commits that nothing refers to.
#pragma once

#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "support/scratch_repository.h"

namespace hfscan::test {

class RandomHistory {
 public:
  enum class Clocks { right, wrong_now_and_then };

  explicit RandomHistory(unsigned seed, Clocks clocks = Clocks::wrong_now_and_then) : random_(seed), clocks_(clocks) {}

  void make(const ScratchRepository& repository, int commits) {
    for (int commit = 1; commit <= commits; ++commit) add_commit(commit);
    ProcessOptions options;
    options.folder = repository.path();
    options.input = stream_;
    const auto result = run_process({"git", "fast-import", "--quiet", "--force"}, options);
    ASSERT_EQ(result.exit_code, 0) << result.err;
    repository.git({"update-ref", "refs/heads/main", "refs/heads/c1"});
    for (int commit = 1; commit <= commits; ++commit) place_ref(repository, commit);
    if (below(2) == 0) repository.git({"update-ref", "--no-deref", "HEAD", "refs/heads/main"});
  }

 private:
  int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
  std::string number(int limit) { return std::to_string(below(limit)); }

  std::string path() {
    static const std::vector<std::string> folders = {"", "a/", "a/b/", "a/b/c/", "d/", "a b/", "a.b/", "\xc3\xa9/"};
    static const std::vector<std::string> names = {"x", "y", "a", "b", "x.y"};
    return folders[static_cast<std::size_t>(below(8))] + names[static_cast<std::size_t>(below(5))];
  }

  void add_commit(int mark) {
    const std::string branch = cat("refs/heads/c", std::to_string(mark));
    const std::string date = std::to_string(1'700'000'000 + mark * 10 - (below(5) == 0 && clocks_ != Clocks::right ? 500 : 0));
    stream_ += cat("commit ", branch, "\nmark :", std::to_string(mark), "\ncommitter A <a@x> ", date, " +0000\ndata 1\nm\n");
    if (mark > 1 && below(12) != 0) add_parents(mark);
    for (int change = below(4); change >= 0; --change) add_change();
    stream_ += "\n";
  }

  void add_parents(int mark) {
    std::set<int> parents = {mark - 1 - below(std::min(mark - 1, 6))};
    for (int more = below(8) < 5 ? 0 : 1 + below(3); more > 0; --more) parents.insert(1 + below(mark - 1));
    bool first = true;
    for (const int parent : parents)
      stream_ += cat(std::exchange(first, false) ? "from :" : "merge :", std::to_string(parent), "\n");
  }

  void add_change() {
    const int kind = below(12);
    if (kind < 6)
      stream_ += cat("M ", below(8) == 0 ? "120000" : "100644", " inline ", path(), "\ndata 1\n", number(6), "\n");
    else if (kind == 6)
      stream_ += cat("M 160000 ", std::string(39, '0'), "1 ", path(), "\n");
    else if (kind == 7 && below(3) == 0)
      stream_ += "deleteall\n";
    else
      stream_ += cat("D ", path(), "\n");
  }

  // fast-import left a branch at every commit.
  void place_ref(const ScratchRepository& repository, int mark) {
    static const std::vector<std::string> places = {"refs/heads/main", "refs/remotes/origin/r", "refs/tags/t", "refs/stash",
                                                    "refs/notes/n",    "refs/pull/1/head",      "refs/tags/u"};
    const std::string branch = cat("refs/heads/c", std::to_string(mark));
    const int kind = below(15);
    if (kind < 7) repository.git({"update-ref", places[static_cast<std::size_t>(kind)], branch});
    if (kind == 6) repository.git({"tag", "-a", "-f", "-m", "t", cat("of", std::to_string(mark)), "refs/tags/u"});
    if (kind != 14) repository.git({"update-ref", "-d", branch});
  }

  std::mt19937 random_;
  Clocks clocks_;
  std::string stream_;
};

}  // namespace hfscan::test
