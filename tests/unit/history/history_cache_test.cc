#include "history/history_cache.h"

#include <filesystem>
#include <random>

#include "scan/stored_report.h"
#include "unit/history/scanned_history.h"

namespace hfscan {
namespace {

using test::leak;
using test::loose_path;
using test::ScratchRepository;

// A repository that is scanned again and again with one cache folder beside it.
class CachedScans {
 public:
  CachedScans() {
    folder_ = *CacheFolder::open({repository.around().path("cache"), CacheRequest::ChosenBy::flag, {repository.path()}});
    EXPECT_TRUE(folder_.usable()) << folder_.note();
  }

  [[nodiscard]] Report with_cache(const std::string& basis = "rules") const {
    HistoryOptions options;
    options.cache = &folder_;
    options.cache_basis = basis;
    return test::scan_of(repository.path(), options).value();
  }

  [[nodiscard]] Report without() const { return test::scan_of(repository.path()).value(); }

  void expect_same() const { EXPECT_EQ(encode_report(with_cache()), encode_report(without())); }

  [[nodiscard]] bool keeps_something() const { return !std::filesystem::is_empty(repository.around().path("cache")); }

  ScratchRepository repository;

 private:
  CacheFolder folder_;
};

TEST(HistoryCache, SecondScanSaysTheSame) {
  CachedScans scans;
  scans.repository.write("a", "x");
  scans.repository.commit_all();
  scans.repository.write("a", leak(1));
  scans.repository.commit_all("message");
  for (int run = 0; run < 3; ++run) scans.expect_same();
  EXPECT_TRUE(scans.keeps_something());
}

TEST(HistoryCache, WhatIsNewIsFoundAndAttributedThroughWhatIsKnown) {
  CachedScans scans;
  for (int i = 0; i < 20; ++i) {
    scans.repository.write("f" + std::to_string(i % 3), std::to_string(i));
    scans.repository.commit_all();
  }
  scans.expect_same();
  scans.repository.write("f1", leak(1));
  const std::string commit = scans.repository.commit_all();
  const Report report = scans.with_cache();
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].location.commit, commit);
  scans.expect_same();
}

TEST(HistoryCache, ObjectThatGoesMissingIsMissedThoughItWasKnown) {
  CachedScans scans;
  scans.repository.write("folder/f", "x");
  scans.repository.commit_all();
  EXPECT_TRUE(scans.with_cache().diagnostics.empty());
  std::filesystem::remove(loose_path(scans.repository, scans.repository.rev("HEAD:folder")));
  EXPECT_FALSE(scans.with_cache().diagnostics.empty());
  scans.expect_same();
}

TEST(HistoryCache, OtherRulesKnowNothing) {
  CachedScans scans;
  scans.repository.write("f", "x");
  scans.repository.commit_all();
  EXPECT_EQ(encode_report(scans.with_cache("rules")), encode_report(scans.with_cache("other rules")));
}

TEST(HistoryCache, NothingIsKeptOfAScanWithGaps) {
  CachedScans scans;
  scans.repository.write("f", "x");
  scans.repository.commit_all();
  std::filesystem::remove(loose_path(scans.repository, scans.repository.rev("HEAD:f")));
  EXPECT_FALSE(scans.with_cache().diagnostics.empty());
  EXPECT_FALSE(scans.keeps_something());
}

TEST(HistoryCache, WhateverHappensBetweenScansTheySayWhatTheyWouldWithoutIt) {
  CachedScans scans;
  std::mt19937 random(7);
  scans.repository.write("f0", "x");
  scans.repository.commit_all();
  scans.repository.git({"tag", "side"});
  for (int step = 0; step < 25; ++step) {
    switch (random() % 6) {
      case 0: scans.repository.git({"commit", "-q", "--amend", "--allow-empty", "-m", leak(random() % 3)}); break;
      case 1: scans.repository.git({"gc", "-q", "--prune=now"}); break;
      case 2: scans.repository.git({"tag", "-f", "side"}); break;
      case 3: scans.repository.git({"reset", "-q", "--hard", "side"}); break;
      default:
        scans.repository.write("f" + std::to_string(random() % 3),
                               random() % 4 == 0 ? leak(random() % 5) : std::to_string(step));
        scans.repository.commit_all();
    }
    scans.expect_same();
  }
}

}  // namespace
}  // namespace hfscan
