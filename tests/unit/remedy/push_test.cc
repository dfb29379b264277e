#include "remedy/push.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "rewrite_scene.h"

namespace hfscan {
namespace {

using test::RewriteScene;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

RefMap refs_of(const RewriteScene& scene) {
  const Result<RefMap> refs = remote_refs(scene.server());
  EXPECT_TRUE(refs.ok());
  return refs.ok() ? *refs : RefMap{};
}

PushReport pushed(const RewriteScene& scene, const RewriteResult& result) {
  const Result<PushReport> report = push_all(scene.job, result);
  EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.error().message);
  return report.ok() ? *report : PushReport{};
}

TEST(Push, MovesWhatChangedAndNothingElse) {
  RewriteScene scene;
  const std::string root = scene.plant();
  scene.repository.git({"branch", "old", root});
  scene.repository.git({"branch", cat("br-", scene.token)});
  scene.repository.git({"tag", "-a", "v1", "-m", cat("tag ", scene.token)});
  scene.repository.git({"update-ref", "refs/pull/7/head", "HEAD"});
  const RewriteResult result = scene.rewritten_and_proven();
  const RefMap before = refs_of(scene);
  const PushReport report = pushed(scene, result);
  EXPECT_EQ(report.outcome, PushOutcome::done) << report.advice << ::testing::PrintToString(report.rejected);
  const RefMap after = refs_of(scene);
  EXPECT_EQ(after.at("refs/heads/old"), before.at("refs/heads/old"));
  EXPECT_NE(after.at("refs/heads/main"), before.at("refs/heads/main"));
  EXPECT_NE(after.at("refs/tags/v1"), before.at("refs/tags/v1"));
  EXPECT_EQ(after.at("refs/pull/7/head"), before.at("refs/pull/7/head"));
  EXPECT_FALSE(after.contains(cat("refs/heads/br-", scene.token)));
  EXPECT_THAT(after, SizeIs(before.size()));
  EXPECT_THAT(plan_push(result).skipped, ElementsAre("refs/pull/7/head"));
  EXPECT_EQ(measure_rewrite(scene.job), RewriteState::pushed);
  EXPECT_EQ(pushed(scene, result).outcome, PushOutcome::nothing);
}

TEST(Push, OfFiveThousandRefsIsOneCommand) {
  RewriteScene scene;
  scene.plant();
  const std::string tip = scene.repository.rev("HEAD");
  std::string packed = "# pack-refs with: peeled fully-peeled sorted \n";
  for (int i = 10000; i < 15000; ++i)
    packed += cat(tip, " refs/heads/a-branch-with-a-rather-long-name-", std::to_string(i), "\n");
  scene.repository.write(".git/packed-refs", packed);
  const RewriteResult result = scene.rewritten_and_proven();
  EXPECT_EQ(pushed(scene, result).outcome, PushOutcome::done);
  std::size_t old = 0;
  for (const auto& [name, id] : refs_of(scene)) old += id.hex() == tip ? 1U : 0U;
  EXPECT_EQ(old, 0U);
}

TEST(Push, OverWhatSomebodyElsePushedChangesNothing) {
  RewriteScene scene;
  scene.plant();
  const RewriteResult result = scene.rewritten_and_proven();
  scene.repository.write("theirs", "work");
  const std::string theirs = scene.repository.commit_all("their work");
  scene.repository.git({"push", "-q", scene.server(), "main"});
  const RefMap before = refs_of(scene);
  const PushReport report = pushed(scene, result);
  EXPECT_EQ(report.outcome, PushOutcome::moved);
  EXPECT_THAT(report.rejected, ElementsAre("refs/heads/main"));
  EXPECT_EQ(refs_of(scene), before);
  // From the beginning, their work is rewritten, too, and stays.
  ASSERT_TRUE(drop_stale(scene.job).ok());
  EXPECT_EQ(measure_rewrite(scene.job), RewriteState::nothing);
  const RewriteResult again = scene.proven();
  EXPECT_TRUE(again.commits.contains(*ObjectId::from_hex(theirs)));
  EXPECT_EQ(pushed(scene, again).outcome, PushOutcome::done);
  EXPECT_EQ(scene.repository.git({"show", "main:theirs"}, scene.server()), "work");
}

// The look before the push sees nothing, the lease does: their push comes in between. A wrapper for the remote's program does
// it.
TEST(Push, LeaseHoldsWhenSomebodyPushesAtTheLastMoment) {
  RewriteScene scene;
  scene.plant();
  scene.repository.git({"branch", "side"});
  const RewriteResult result = scene.rewritten_and_proven();
  scene.repository.write("theirs", "work");
  const std::string theirs = scene.repository.commit_all("their work");
  scene.repository.git({"push", "-q", scene.server(), "main:refs/heads/later"});
  scene.repository.git({"update-ref", "-d", "refs/heads/later"}, scene.server());
  const std::string hook = cat("#!/bin/sh\n[ -e \"", scene.server(), "/once\" ] && exit 0\n: >\"", scene.server(),
                               "/once\"\nunset GIT_QUARANTINE_PATH\ngit update-ref refs/heads/main ", theirs, "\n");
  scene.repository.around().write("server.git/hooks/pre-receive", hook);
  ASSERT_EQ(::chmod(scene.repository.around().path("server.git/hooks/pre-receive").c_str(), 0755), 0);
  const RefMap before = refs_of(scene);
  const PushReport report = pushed(scene, result);
  EXPECT_EQ(report.outcome, PushOutcome::moved) << report.advice;
  const RefMap after = refs_of(scene);
  EXPECT_EQ(after.at("refs/heads/side"), before.at("refs/heads/side"));
  EXPECT_EQ(after.at("refs/heads/main").hex(), theirs);
}

TEST(Push, NamesTheSettingThatRefusesIt) {
  RewriteScene scene;
  scene.plant();
  scene.repository.git({"branch", "side"});
  const RewriteResult result = scene.rewritten_and_proven();
  scene.repository.git({"config", "receive.denyNonFastForwards", "true"}, scene.server());
  const RefMap before = refs_of(scene);
  const PushReport report = pushed(scene, result);
  EXPECT_EQ(report.outcome, PushOutcome::refused);
  EXPECT_THAT(report.advice, HasSubstr("receive.denyNonFastForwards"));
  EXPECT_EQ(refs_of(scene), before);
}

TEST(Push, HookThatProtectsOneRefStopsAll) {
  RewriteScene scene;
  scene.plant();
  scene.repository.git({"branch", "side"});
  const RewriteResult result = scene.rewritten_and_proven();
  scene.repository.around().write("server.git/hooks/update", "#!/bin/sh\n[ \"$1\" != refs/heads/main ]\n");
  ASSERT_EQ(::chmod(scene.repository.around().path("server.git/hooks/update").c_str(), 0755), 0);
  const RefMap before = refs_of(scene);
  const PushReport report = pushed(scene, result);
  EXPECT_EQ(report.outcome, PushOutcome::refused);
  EXPECT_THAT(report.rejected, ElementsAre("refs/heads/main: hook declined"));
  EXPECT_EQ(refs_of(scene), before);
}

TEST(Push, WithoutAtomicGoesRefByRef) {
  RewriteScene scene;
  scene.plant();
  scene.repository.git({"branch", "side"});
  const RewriteResult result = scene.rewritten_and_proven();
  scene.repository.git({"config", "receive.advertiseAtomic", "false"}, scene.server());
  EXPECT_EQ(pushed(scene, result).outcome, PushOutcome::not_atomic);
  const Result<PushReport> report = push_each(scene.job, result);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->outcome, PushOutcome::done);
  EXPECT_EQ(scene.residue(scene.job.rewritten()), 0U);
}

TEST(Push, NeverGoesIntoTheUsersOwnRepository) {
  RewriteScene scene;
  scene.plant();
  scene.repository.write("README", cat("changed ", scene.token));
  scene.repository.git({"stash", "-q"});
  scene.job.source = scene.repository.path();
  const std::string before = scene.repository.git({"for-each-ref"});
  const RewriteResult result = scene.proven();
  EXPECT_THAT(result.refs, SizeIs(2));  // the stash is rewritten in the copy, and only there
  EXPECT_FALSE(push_all(scene.job, result).ok());
  scene.job.source = cat("file://", scene.repository.path());
  EXPECT_FALSE(push_all(scene.job, result).ok());
  EXPECT_EQ(scene.repository.git({"for-each-ref"}), before);
}

TEST(Push, NeedsTheProof) {
  RewriteScene scene;
  scene.plant();
  const RewriteResult result = scene.rewritten_and_proven();
  ASSERT_TRUE(remove_tree(scene.job.path("proof.json")).ok());
  EXPECT_FALSE(push_all(scene.job, result).ok());
}

}  // namespace
}  // namespace hfscan
