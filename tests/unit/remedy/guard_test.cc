#include "remedy/guard.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "rewrite_scene.h"

namespace hfscan {
namespace {

using test::RewriteScene;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// A server with the new history, the list committed there, and the old clone still around.
class Guard : public ::testing::Test {
 protected:
  void SetUp() override {
    scene.plant();
    result = scene.rewritten_and_proven();
    ASSERT_TRUE(push_all(scene.job, result).ok());
    texts = guard_texts(result.first_changed, "https://example.com/repo");
    ASSERT_TRUE(write_guard(folder, texts).ok());
  }

  // With the old history beside the new one, as after a `git pull` into an old clone.
  void add_list(const char* place) {
    scene.repository.around().write(place, texts.banned);
    scene.repository.around().write("repo/.git/hooks/pre-push", texts.hook);
    ASSERT_EQ(::chmod(scene.repository.path(".git/hooks/pre-push").c_str(), 0755), 0);
  }

  test::ProcessResult push(const std::string& what) {
    return test::run_process({"git", "push", "-q", scene.server(), what}, {scene.repository.path(), {}, {}});
  }

  RewriteScene scene;
  std::string folder = scene.repository.around().path("guard");
  RewriteResult result;
  GuardTexts texts;
};

TEST_F(Guard, HookRefusesTheOldHistoryAndTakesTheNew) {
  EXPECT_EQ(hook_state(**find_repository(scene.repository.path())), HookState::absent);
  add_list("repo/.git/hfscan/banned-commits");
  EXPECT_EQ(hook_state(**find_repository(scene.repository.path())), HookState::active);
  const test::ProcessResult refused = push("main:refs/heads/back");
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_THAT(refused.err, HasSubstr(result.first_changed.at(0)));
  scene.repository.git({"fetch", "-q", scene.server(), "main"});
  EXPECT_EQ(push("FETCH_HEAD:refs/heads/fine").exit_code, 0);
  EXPECT_EQ(push(":refs/heads/fine").exit_code, 0);
}

TEST_F(Guard, HookOfSomebodyElseIsNotOurs) {
  scene.repository.around().write("repo/.git/hooks/pre-push", "#!/bin/sh\n");
  EXPECT_EQ(hook_state(**find_repository(scene.repository.path())), HookState::foreign);
}

TEST_F(Guard, CheckForCiSeesTheOldHistoryAndAsksForAllOfIt) {
  scene.repository.write(".hfscan/banned-commits", texts.banned);
  const auto run = [&](const std::string& where) {
    return test::run_process({"sh", folder + "/ci-check.sh"}, {where, {}, {}}).exit_code;
  };
  EXPECT_EQ(run(scene.repository.path()), 1);
  const std::string fresh = scene.repository.around().path("fresh");
  scene.repository.git({"clone", "-q", scene.server(), fresh});
  scene.repository.around().write("fresh/.hfscan/banned-commits", texts.banned);
  EXPECT_EQ(run(fresh), 0);
  const std::string shallow = scene.repository.around().path("shallow");
  scene.repository.git({"clone", "-q", "--depth=1", cat("file://", scene.server()), shallow});
  scene.repository.around().write("shallow/.hfscan/banned-commits", texts.banned);
  EXPECT_EQ(run(shallow), 2);
}

TEST_F(Guard, TellsAnOldCloneFromANewOne) {
  const auto secrets = known_secrets(scene.job.secrets);
  const Result<CloneCheck> old = check_clone(scene.repository.path(), result.first_changed, secrets);
  ASSERT_TRUE(old.ok());
  EXPECT_FALSE(old->clean());
  EXPECT_THAT(old->banned_refs, ElementsAre("HEAD", "refs/heads/main"));
  EXPECT_EQ(old->banned_commits, 1U);
  EXPECT_EQ(old->objects_with_secret, 1U);
  const std::string fresh = scene.repository.around().path("fresh");
  scene.repository.git({"clone", "-q", "--no-local", scene.server(), fresh});
  const Result<CloneCheck> now = check_clone(fresh, result.first_changed, secrets);
  ASSERT_TRUE(now.ok());
  EXPECT_TRUE(now->clean());
}

}  // namespace
}  // namespace hfscan
