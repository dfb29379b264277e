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

}  // namespace
}  // namespace hfscan
