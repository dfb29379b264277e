#include "history/stories.h"

#include "unit/history/scanned_history.h"

namespace hfscan {
namespace {

using test::leak;
using test::ScannedHistory;
using test::ScratchRepository;
using test::token;
using Names = std::vector<std::string>;

TEST(Stories, SecretThatWasRemovedAgain) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.write("f", leak(1));
  const std::string added = repository.commit_all();
  repository.git({"rm", "-q", "f"});
  const std::string removed = repository.commit_all();
  const ScannedHistory scan(repository);
  const Finding& finding = scan.of(1);
  EXPECT_EQ(finding.location.commit, added);
  ASSERT_EQ(finding.occurrences.size(), 1U);
  EXPECT_EQ(finding.occurrences[0].introduced, Names{added});
  EXPECT_EQ(finding.occurrences[0].removed, Names{removed});
  EXPECT_EQ(finding.occurrences[0].refs, (Names{"HEAD", "refs/heads/main"}));
  ASSERT_TRUE(finding.story.has_value());
  EXPECT_EQ(finding.story->first->commit, added);
  EXPECT_EQ(finding.story->first->author, "Ann Example <ann@example.com>");
  EXPECT_EQ(finding.story->first->time, 1700000000);
  EXPECT_EQ(finding.story->last->commit, added);
  EXPECT_FALSE(finding.story->in_head);
  EXPECT_FALSE(finding.story->pushed);
  EXPECT_TRUE(finding.story->reachable);
}

TEST(Stories, WhatIsCheckedOutIsWhereToLookFirst) {
  const ScratchRepository repository;
  repository.write("a/old", leak(1));
  repository.commit_all();
  repository.git({"mv", "a/old", "new"});
  repository.commit_all();
  const ScannedHistory scan(repository);
  const Finding& finding = scan.of(1);
  EXPECT_EQ(finding.location.path, "new");
  EXPECT_TRUE(finding.story->in_head);
  EXPECT_EQ(finding.story->introduced, 1U);  // a rename brings nothing
  EXPECT_EQ(finding.story->removed, 0U);
  EXPECT_EQ(finding.occurrences.size(), 2U);
}

TEST(Stories, RemoteTrackingRefMeansPushed) {
  const ScratchRepository repository;
  repository.write("f", leak(1));
  repository.commit_all();
  repository.git({"update-ref", "refs/remotes/origin/main", "HEAD"});
  repository.write("g", leak(2));
  repository.commit_all();
  const ScannedHistory scan(repository);
  EXPECT_TRUE(scan.of(1).story->pushed);
  EXPECT_FALSE(scan.of(2).story->pushed);
}

TEST(Stories, StashAndReflogAloneAreNotReachable) {
  const ScratchRepository repository;
  repository.write("f", "x\n");
  repository.commit_all();
  repository.write("f", leak(1));
  repository.git({"stash", "-q"});
  repository.write("g", leak(2));
  repository.commit_all();
  repository.git({"reset", "-q", "--hard", "HEAD~1"});
  const ScannedHistory scan(repository);
  EXPECT_EQ(scan.of(1).occurrences[0].kind, PlaceKind::stash);
  EXPECT_FALSE(scan.of(1).story->reachable);
  EXPECT_EQ(scan.of(2).occurrences[0].kind, PlaceKind::blob);
  EXPECT_FALSE(scan.of(2).story->reachable);
}

TEST(Stories, SecretInMessageAndFileIsOneFindingPerRuleWithAllPlaces) {
  const ScratchRepository repository;
  repository.write("f", "x = '" + token(1) + "'\n");
  const std::string commit = repository.commit_all("use " + token(1));
  const ScannedHistory scan(repository);
  std::size_t places = 0;
  for (const Finding& finding : scan.report().findings) {
    places += static_cast<std::size_t>(
        std::count_if(finding.occurrences.begin(), finding.occurrences.end(),
                      [](const Occurrence& one) { return one.path.find(".git/") == std::string::npos; }));
    EXPECT_EQ(finding.story->first->commit, commit);
  }
  EXPECT_EQ(places, 2U);
}

TEST(Stories, NoNameOfAPathRefOrPersonShowsAToken) {
  const ScratchRepository repository;
  repository.write(token(1) + "/f", leak(1));
  repository.git({"add", "-A"});
  repository.git({"commit", "-q", "-m", "x"}, "", {{"GIT_AUTHOR_NAME", token(1)}});
  repository.git({"branch", token(1)});
  const ScannedHistory scan(repository);
  for (const Finding& finding : scan.report().findings) {
    std::string text = finding.location.path + finding.location.container;
    if (finding.story->first) text += finding.story->first->author + finding.story->last->author;
    for (const std::string& ref : finding.story->refs) text += ref;
    for (const Occurrence& one : finding.occurrences) {
      text += one.path;
      for (const std::string& ref : one.refs) text += ref;
    }
    EXPECT_EQ(text.find(token(1)), std::string::npos);
  }
}

}  // namespace
}  // namespace hfscan
