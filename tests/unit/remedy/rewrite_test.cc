#include "remedy/rewrite.h"

#include <gmock/gmock.h>

#include "rewrite_scene.h"

namespace hfscan {
namespace {

using test::RewriteScene;
using ::testing::SizeIs;

TEST(Rewrite, LeavesOlderCommitsAloneAndTheTokenNowhere) {
  RewriteScene scene;
  scene.repository.write("README", "clean");
  const std::string root = scene.repository.commit_all("clean");
  scene.repository.write(".env", cat("T=", scene.token, "\n"));
  const std::string bad = scene.repository.commit_all("leak");
  scene.repository.write("later", "more");
  scene.repository.commit_all(cat("message with ", scene.token));
  scene.repository.git({"tag", "-a", "v1", "-m", cat("tag ", scene.token)});
  scene.repository.git({"tag", cat("lw-", scene.token)});
  scene.repository.git({"branch", cat("br-", scene.token), root});
  scene.repository.git({"notes", "add", "-m", "a note", bad});
  scene.publish();
  scene.back_up();
  EXPECT_EQ(measure_rewrite(scene.job), RewriteState::backed_up);
  const Survey survey = scene.surveyed();
  EXPECT_THAT(survey.first_bad, SizeIs(1));
  EXPECT_EQ(survey.counts.tainted, 2U);
  const Result<RewriteResult> result = rewrite(scene.job, survey);
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_EQ(scene.residue(scene.job.rewritten()), 0U);
  EXPECT_THAT(result->commits, SizeIs(2));
  EXPECT_EQ(result->notes_moved, 1U);
  EXPECT_EQ(result->first_changed, std::vector<std::string>{bad});
  EXPECT_EQ(measure_rewrite(scene.job), RewriteState::rewritten);
  EXPECT_EQ(scene.repository.git({"fsck", "--full"}, scene.job.rewritten()), "");
}

TEST(Rewrite, OnlyTheCopiesHoldTheTokenAndDestroyingThemLeavesNone) {
  RewriteScene scene;
  scene.plant();
  scene.repository.write(cat("name-", scene.token), "x");
  scene.repository.commit_all(cat("message ", scene.token));
  scene.repository.git({"branch", cat("br-", scene.token)});
  const RewriteResult result = scene.rewritten_and_proven();
  ASSERT_TRUE(push_all(scene.job, result).ok());
  const auto holders = [&scene] {
    const test::ProcessResult found = test::run_process(
        {"grep", "-rlF", "-e", scene.token, "--exclude-dir=mirror.git", "--exclude=backup.bundle", scene.job.folder});
    return found.out +
           test::run_process({"find", scene.job.folder, "-name", cat("*", scene.token, "*"), "-not", "-path", "*/mirror.git/*"})
               .out;
  };
  EXPECT_EQ(holders(), "");
  EXPECT_EQ(test::run_process({"find", scene.job.folder, "-perm", "/077", "-maxdepth", "1"}).out, "");
  ASSERT_TRUE(destroy_copies(scene.job).ok());
  EXPECT_EQ(measure_rewrite(scene.job), RewriteState::nothing);
  EXPECT_EQ(test::run_process({"grep", "-rlF", "-e", scene.token, scene.job.folder}).out, "");
  EXPECT_NE(file_digest(scene.job.path("result.json")), "");
}

TEST(Rewrite, ScriptForPeopleDoesTheSame) {
  RewriteScene scene;
  const std::string root = scene.plant();
  scene.repository.git({"checkout", "-q", "-b", "side", root});
  scene.repository.write("side", "clean");
  scene.repository.commit_all("side");
  scene.repository.git({"checkout", "-q", "main"});
  scene.repository.git({"merge", "-q", "--no-ff", "-m", "merge", "side"});
  scene.repository.git({"branch", "more", "HEAD~1"});
  const RewriteResult result = scene.rewritten_and_proven();
  const std::string copy = scene.repository.around().path("copy.git");
  scene.repository.git({"clone", "-q", "--mirror", "--no-local", scene.job.mirror(), copy});
  const test::ProcessResult ran =
      test::run_process({"sh", scene.job.path("rewrite.sh"), copy}, {"/", {{"HOME", scene.repository.around().path()}}, {}});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const std::string map = scene.repository.around().read("copy.git/filter-repo/commit-map");
  for (const auto& [from, to] : result.commits) EXPECT_THAT(map, ::testing::HasSubstr(cat(from.hex(), " ", to.hex())));
}

TEST(Rewrite, IsTheSameEachTime) {
  RewriteScene scene;
  scene.plant();
  scene.repository.git({"notes", "add", "-m", "note"});
  const RewriteResult once = scene.rewritten_and_proven();
  const std::string refs = scene.repository.git({"for-each-ref"}, scene.job.rewritten());
  scene.proven();
  EXPECT_EQ(scene.repository.git({"for-each-ref"}, scene.job.rewritten()), refs);
}

TEST(Rewrite, FailureOfTheProgramLeavesNoNewHistory) {
  RewriteScene scene;
  scene.plant();
  scene.publish();
  scene.back_up();
  const Survey plan = scene.surveyed();
  // The bytes at the place are not what the plan says: the callback stops.
  Survey wrong = scene.surveyed();
  wrong.blobs.begin()->second.edits = {{{0, 2}, Sha256Digest{}, DressedEdit::How::filled, 0}};
  const Result<RewriteResult> failed = rewrite(scene.job, wrong);
  ASSERT_FALSE(failed.ok());
  EXPECT_THAT(failed.error().message, ::testing::HasSubstr("git-filter-repo failed: hfscan: the bytes to replace"));
  EXPECT_EQ(measure_rewrite(scene.job), RewriteState::backed_up);
  EXPECT_TRUE(rewrite(scene.job, plan).ok());
}

// Without a map to hold it against, a history that changed too much would go unseen.
TEST(Rewrite, ThatWasNotPredictedIsNotKept) {
  RewriteScene scene;
  scene.plant();
  scene.repository.write("more", "more");
  scene.repository.commit_all("later");
  scene.publish();
  scene.back_up();
  Survey wrong = scene.surveyed();
  wrong.tainted.back() = false;  // says that the tip stays as it is
  wrong.tainted.front() = true;  // and that the root does not
  EXPECT_FALSE(rewrite(scene.job, wrong).ok());
  EXPECT_EQ(measure_rewrite(scene.job), RewriteState::backed_up);
}

}  // namespace
}  // namespace hfscan
