#include "remedy/remote_check.h"

#include <gmock/gmock.h>

#include "rewrite_scene.h"

namespace hfscan {
namespace {

using test::RewriteScene;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

RemoteCheck checked(const RewriteScene& scene, const RewriteResult& result) {
  Result<RemoteCheck> check = check_remote(scene.job, result);
  EXPECT_TRUE(check.ok()) << (check.ok() ? "" : check.error().message);
  return check.ok() ? std::move(*check) : RemoteCheck{};
}

TEST(RemoteCheck, IsNotCleanBeforeThePushAndIsAfterwards) {
  RewriteScene scene;
  scene.plant();
  scene.repository.git({"update-ref", "refs/pull/7/head", "HEAD"});
  const RewriteResult result = scene.rewritten_and_proven();
  const RemoteCheck before = checked(scene, result);
  EXPECT_FALSE(before.pushed_and_clean());
  EXPECT_THAT(before.not_moved, ElementsAre("refs/heads/main"));
  ASSERT_TRUE(push_all(scene.job, result).ok());
  const RemoteCheck after = checked(scene, result);
  EXPECT_TRUE(after.pushed_and_clean()) << dump_pretty(to_json(after));
  EXPECT_THAT(after.host_refs, ElementsAre("refs/pull/7/head"));
  ASSERT_THAT(after.probed, SizeIs(1));
  EXPECT_EQ(after.probed[0].state, ProbedCommit::State::fetchable);  // the ref of the pull request has it
  EXPECT_FALSE(after.residue_gone());
  // Protocol version 2 hands out whatever is there, named by a ref or not: only the clean-up of the server ends it.
  scene.repository.git({"update-ref", "-d", "refs/pull/7/head"}, scene.server());
  EXPECT_FALSE(checked(scene, result).residue_gone());
  scene.repository.git({"gc", "-q", "--prune=now"}, scene.server());
  const RemoteCheck cleaned = checked(scene, result);
  EXPECT_TRUE(cleaned.residue_gone()) << dump_pretty(to_json(cleaned));
}

TEST(RemoteCheck, SeesOldHistoryThatWasMergedBack) {
  RewriteScene scene;
  scene.plant();
  const RewriteResult result = scene.rewritten_and_proven();
  ASSERT_TRUE(push_all(scene.job, result).ok());
  scene.repository.git({"push", "-q", scene.server(), "main:refs/heads/zombie"});
  EXPECT_THAT(checked(scene, result).still_bad, ElementsAre("refs/heads/zombie"));
}

TEST(RemoteCheck, DoesNotTakeAServerThatIsAwayForAnAnswer) {
  RewriteScene scene;
  scene.plant();
  const RewriteResult result = scene.rewritten_and_proven();
  scene.job.source = "/nonexistent/server.git";
  EXPECT_FALSE(check_remote(scene.job, result).ok());
  const auto probed = probe_old_commits(scene.job, result.first_changed);
  ASSERT_TRUE(probed.ok());
  EXPECT_EQ(probed->at(0).state, ProbedCommit::State::unknown);
}

}  // namespace
}  // namespace hfscan
