#include "history/history_scan.h"

#include <atomic>
#include <filesystem>
#include <fstream>

#include "unit/history/scanned_history.h"

namespace hfscan {
namespace {

using test::leak;
using test::loose_path;
using test::ScannedHistory;
using test::ScratchRepository;
using test::token;
using Names = std::vector<std::string>;

TEST(HistoryScan, EmptyRepositoryHasNothing) {
  const ScratchRepository repository;
  const ScannedHistory scan(repository);
  EXPECT_TRUE(scan.report().findings.empty());
  EXPECT_TRUE(scan.report().diagnostics.empty());
}

TEST(HistoryScan, SecretOfADamagedObjectIsFoundUpToTheDamage) {
  const ScratchRepository repository;
  repository.write("f", leak(1) + test::RandomText(2).bytes(20000));
  repository.commit_all();
  const std::string file = loose_path(repository, repository.rev("HEAD:f"));
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
  const ScannedHistory scan(repository);
  EXPECT_EQ(scan.paths(1), Names{"f"});
  EXPECT_EQ(scan.diagnostics(), Names{"object " + repository.rev("HEAD:f") + ": object is truncated"});
}

TEST(HistoryScan, StoppedScanSaysThatAndNamesNothingAsMissing) {
  const ScratchRepository repository;
  for (int i = 0; i < 20; ++i) repository.commit_all(std::to_string(i));
  const std::atomic<bool> stop = true;
  for (const Names& range : {Names{}, Names{"HEAD~3..HEAD"}}) {
    HistoryOptions options;
    options.range = range;
    options.stop = &stop;
    const Result<Report> report = test::scan_of(repository.path(), options);
    ASSERT_TRUE(report.ok()) << report.error().message;
    for (const Diagnostic& diagnostic : report->diagnostics) {
      EXPECT_EQ(diagnostic.message.find("git fetch"), std::string::npos) << diagnostic.path << diagnostic.message;
    }
    EXPECT_TRUE(report->diagnostics.back().message.starts_with("stopped after "));
  }
}

TEST(HistoryScan, PathsOfSubmodulesAreSeenFromTheRepositoryAroundThem) {
  const ScratchRepository library;
  library.write("src/leak.py", leak(1));
  library.commit_all();
  const ScratchRepository repository;
  repository.git({"submodule", "--quiet", "add", library.path(), "libs/a"});
  repository.git({"config", "-f", ".git/modules/libs/a/config", "remote.x.url", "https://u:" + token(2) + "@example.org"});
  const ScannedHistory scan(repository);
  EXPECT_EQ(scan.paths(1), Names{"libs/a/src/leak.py"});
  EXPECT_EQ(scan.paths(2), Names{".git/modules/libs/a/config"});
}

TEST(HistoryScan, ExcludedPathsAreSkippedButNotTheSameBlobElsewhere) {
  const ScratchRepository repository;
  repository.write("vendor/f", leak(1));
  repository.write("src/f", leak(1));
  repository.write("vendor/g", leak(2));
  repository.commit_all();
  HistoryOptions options;
  options.scan.excluded = [](std::string_view path) { return path.starts_with("vendor/"); };
  const Report report = test::scan_of(repository.path(), options).value();
  ASSERT_EQ(report.findings.size(), 1U);
  ASSERT_EQ(report.findings[0].occurrences.size(), 1U);
  EXPECT_EQ(report.findings[0].occurrences[0].path, "src/f");
  EXPECT_EQ(report.skipped.size(), 2U);
}

TEST(HistoryScan, RangeIsWhatItsCommitsIntroduced) {
  const ScratchRepository repository;
  for (std::uint64_t i = 1; i <= 4; ++i) {
    repository.write("f" + std::to_string(i), leak(i));
    repository.commit_all();
  }
  repository.git({"branch", "other", "HEAD~2"});
  const auto found = [&](const Names& range) {
    const ScannedHistory scan(repository, range);
    std::string result;
    for (std::uint64_t i = 1; i <= 4; ++i) result += scan.find(i) == nullptr ? "" : std::to_string(i);
    return result;
  };
  EXPECT_EQ(found({}), "1234");
  EXPECT_EQ(found({"HEAD~1..HEAD"}), "4");
  EXPECT_EQ(found({"other"}), "12");
  EXPECT_EQ(found({"other..main"}), "34");
  EXPECT_EQ(found({"main..other"}), "");
  EXPECT_EQ(found({"main", "^other"}), "34");
}

TEST(HistoryScan, SameReportForAnyNumberOfThreads) {
  const ScratchRepository repository;
  for (std::uint64_t i = 1; i <= 10; ++i) {
    repository.write("f" + std::to_string(i % 3), leak(i) + leak(i / 2));
    repository.commit_all("message with " + token(i));
  }
  const auto summary = [&](unsigned jobs) {
    HistoryOptions options;
    options.scan.jobs = jobs;
    const Report report = test::scan_of(repository.path(), options).value();
    std::string text;
    for (const Finding& finding : report.findings) {
      text += to_hex(finding.fingerprint) + finding.location.path + finding.location.commit + finding.location.blob + "\n";
      for (const Occurrence& one : finding.occurrences)
        text += one.path + one.blob + std::to_string(one.introduced.size()) + "\n";
    }
    return text;
  };
  const std::string one = summary(1);
  for (const unsigned jobs : {2U, 3U, 8U}) EXPECT_EQ(summary(jobs), one);
}

}  // namespace
}  // namespace hfscan
