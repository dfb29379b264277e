// Random histories: branches, merges of up to four parents in any direction, merges that change what no parent has, orphans,
// moved and copied files, commits that nothing refers to.
#include <gtest/gtest.h>

#include <random>

#include "unit/git/history_oracle.h"

namespace hfscan {
namespace {

class RandomHistory {
 public:
  explicit RandomHistory(unsigned seed) : random_(seed) {}

  void make(const test::ScratchRepository& repository, int commits) {
    for (int commit = 1; commit <= commits; ++commit) add_commit(commit);
    test::ProcessOptions options;
    options.folder = repository.path();
    options.input = stream_;
    const auto result = test::run_process({"git", "fast-import", "--quiet", "--force"}, options);
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
    // Clocks go wrong, too.
    const std::string date = std::to_string(1'700'000'000 + mark * 10 - (below(5) == 0 ? 500 : 0));
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
  void place_ref(const test::ScratchRepository& repository, int mark) {
    static const std::vector<std::string> places = {"refs/heads/main", "refs/remotes/origin/r", "refs/tags/t", "refs/stash",
                                                    "refs/notes/n",    "refs/pull/1/head",      "refs/tags/u"};
    const std::string branch = cat("refs/heads/c", std::to_string(mark));
    const int kind = below(15);
    if (kind < 7) repository.git({"update-ref", places[static_cast<std::size_t>(kind)], branch});
    if (kind == 6) repository.git({"tag", "-a", "-f", "-m", "t", cat("of", std::to_string(mark)), "refs/tags/u"});
    if (kind != 14) repository.git({"update-ref", "-d", branch});
  }

  std::mt19937 random_;
  std::string stream_;
};

class RandomAttribution : public testing::TestWithParam<unsigned> {};

TEST_P(RandomAttribution, SaysWhatBruteForceAndGitLogSay) {
  const test::ScratchRepository repository;
  RandomHistory(GetParam()).make(repository, 45);
  std::vector<test::Names> groups;
  const test::Names blobs = test::HistoryOracle(repository).ids("blob");
  for (const std::string& blob : blobs) groups.push_back({blob, *blobs.begin(), *blobs.rbegin()});
  test::check_attribution(repository, groups);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomAttribution, testing::Range(1U, 13U));

}  // namespace
}  // namespace hfscan
