// Attribution of histories that nobody thought of, against brute force and git.
#include <gtest/gtest.h>

#include "unit/git/history_oracle.h"
#include "unit/git/random_history.h"

namespace hfscan {
namespace {

class RandomAttribution : public testing::TestWithParam<unsigned> {};

TEST_P(RandomAttribution, SaysWhatBruteForceAndGitLogSay) {
  const test::ScratchRepository repository;
  test::RandomHistory(GetParam()).make(repository, 45);
  std::vector<test::Names> groups;
  const test::Names blobs = test::HistoryOracle(repository).ids("blob");
  for (const std::string& blob : blobs) groups.push_back({blob, *blobs.begin(), *blobs.rbegin()});
  test::check_attribution(repository, groups);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomAttribution, testing::Range(1U, 13U));

}  // namespace
}  // namespace hfscan
