#include "history/gaps.h"

#include <filesystem>

#include "unit/history/scanned_history.h"

namespace hfscan {
namespace {

using test::loose_path;
using test::ScannedHistory;
using test::ScratchRepository;
using testing::Test;

Result<Report> scan_range(const ScratchRepository& repository, const std::string& range) {
  HistoryOptions options;
  options.range = {range};
  return test::scan_of(repository.path(), options);
}

// Three commits of the file "d/f", of which the second has a leak.
class Gaps : public Test {
 protected:
  Gaps() {
    for (const char* content : {"one\n", "", "three\n"}) {
      repository.write("d/f", *content == '\0' ? test::leak(1) : content);
      repository.commit_all();
    }
  }

  void lose(const std::string& name) const { std::filesystem::remove(loose_path(repository, repository.rev(name))); }

  ScratchRepository repository;
};

TEST_F(Gaps, WholeRepositoryHasNone) { EXPECT_TRUE(ScannedHistory(repository).report().diagnostics.empty()); }

TEST_F(Gaps, MissingBlobTreeAndCommitAreNamedAndTheRestIsFound) {
  const std::string blob = repository.rev("HEAD:d/f");
  const std::string tree = repository.rev("HEAD~2:d");
  lose("HEAD:d/f");
  lose("HEAD~2:d");
  const ScannedHistory scan(repository);
  EXPECT_NE(scan.find(1), nullptr);
  ASSERT_EQ(scan.diagnostics().size(), 2U);
  for (const std::string& id : {blob, tree}) {
    const auto& all = scan.report().diagnostics;
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const Diagnostic& one) {
      return one.path == "object " + id && one.message.find("git fetch --refetch") != std::string::npos;
    })) << id;
  }
}

TEST_F(Gaps, MissingRootTreeIsNamedOnce) {
  lose("HEAD~2^{tree}");
  EXPECT_EQ(ScannedHistory(repository).report().diagnostics.size(), 1U);
}

TEST_F(Gaps, MissingCommitIsNamedWithItsChild) {
  const std::string parent = repository.rev("HEAD~1");
  lose("HEAD~1");
  const ScannedHistory scan(repository);
  ASSERT_EQ(scan.report().diagnostics.size(), 1U);
  EXPECT_EQ(scan.report().diagnostics[0].path, "commit " + parent);
  EXPECT_NE(scan.report().diagnostics[0].message.find("parent of " + repository.rev("HEAD")), std::string::npos);
}

TEST_F(Gaps, ShallowCloneIsOneGapWithTheCommandThatFillsIt) {
  // A merge whose parents both are missing.
  repository.git({"checkout", "-q", "-b", "side", "HEAD~1"});
  repository.commit_all("side");
  repository.git({"checkout", "-q", "main"});
  repository.git({"merge", "-q", "--no-ff", "-m", "merge", "-s", "ours", "side"});
  const std::string merge = repository.rev("HEAD");
  const ScratchRepository clone;
  clone.git({"fetch", "-q", "--depth", "1", "file://" + repository.path(), "main"});
  clone.git({"update-ref", "refs/heads/main", merge});
  const ScannedHistory scan(clone);
  ASSERT_EQ(scan.report().diagnostics.size(), 1U);
  EXPECT_EQ(scan.report().diagnostics[0].path, ".git/shallow");
  EXPECT_EQ(scan.report().diagnostics[0].message,
            "shallow clone: the history before " + merge.substr(0, 12) +
                " is not here; fetch it with 'git fetch --unshallow' (actions/checkout: fetch-depth: 0)");
  const auto unknown = scan_range(clone, "HEAD~1..HEAD");
  ASSERT_FALSE(unknown.ok());
  EXPECT_NE(unknown.error().message.find("shallow"), std::string::npos);
  clone.git({"fetch", "-q", "--unshallow", "file://" + repository.path(), "main"});
  EXPECT_TRUE(ScannedHistory(clone).report().diagnostics.empty());
}

TEST_F(Gaps, PartialCloneIsOneGapWithTheCommandThatFillsIt) {
  repository.git({"config", "uploadpack.allowFilter", "true"});
  const std::string folder = repository.around().path("partial");
  repository.git({"clone", "-q", "--no-checkout", "--filter=blob:none", "file://" + repository.path(), folder});
  const Report before = test::scan_of(folder).value();
  ASSERT_EQ(before.diagnostics.size(), 1U);
  EXPECT_NE(before.diagnostics[0].message.find("3 objects were never downloaded (partial clone)"), std::string::npos);
  ASSERT_NE(before.diagnostics[0].message.find("'git fetch --refetch --no-filter'"), std::string::npos);
  repository.git({"fetch", "-q", "--refetch", "--no-filter"}, folder);
  const Report after = test::scan_of(folder).value();
  EXPECT_TRUE(after.diagnostics.empty());
  EXPECT_EQ(after.findings.size(), 1U);
}

TEST_F(Gaps, OutsideTheRangeNothingIsAsked) {
  lose("HEAD~2");
  EXPECT_EQ(ScannedHistory(repository).report().diagnostics.size(), 1U);
  EXPECT_TRUE(ScannedHistory(repository, {"HEAD~1..HEAD"}).report().diagnostics.empty());
}

TEST_F(Gaps, UnknownRevisionOfAWholeRepositorySaysNothingOfShallowClones) {
  const auto unknown = scan_range(repository, "HEAD~9");
  ASSERT_FALSE(unknown.ok());
  EXPECT_EQ(unknown.error().message.find("shallow"), std::string::npos);
}

}  // namespace
}  // namespace hfscan
