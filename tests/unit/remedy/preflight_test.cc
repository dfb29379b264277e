#include "remedy/preflight.h"

#include <gmock/gmock.h>

#include "remedy/local_traces.h"
#include "rewrite_scene.h"

namespace hfscan {
namespace {

using test::RewriteScene;
using ::testing::HasSubstr;
using State = PreflightCheck::State;

class PreflightTest : public ::testing::Test {
 protected:
  void SetUp() override {
    scene.plant();
    scene.publish();
  }

  State state_of(const Preflight& preflight, const std::string& name) {
    for (const PreflightCheck& check : preflight.checks) {
      if (check.name == name) return message = check.message, check.state;
    }
    ADD_FAILURE() << "no check " << name;
    return State::passed;
  }

  State surroundings(const std::string& name) {
    scene.job.repository = **find_repository(user);
    return state_of(check_surroundings(scene.job), name);
  }

  RewriteScene scene;
  std::string user = scene.repository.path();
  std::string message;
};

TEST_F(PreflightTest, PassesInAnOrdinaryClone) {
  scene.job.repository = **find_repository(user);
  const Preflight preflight = check_surroundings(scene.job);
  EXPECT_TRUE(preflight.passed()) << dump_pretty(to_json(preflight));
  scene.back_up();
  const Preflight further = check_history(scene.job, scene.surveyed());
  EXPECT_TRUE(further.passed()) << dump_pretty(to_json(further));
}

TEST_F(PreflightTest, RefusesClonesThatLackSomething) {
  const std::string url = cat("file://", scene.server());
  const std::string at = scene.repository.around().path("clone");
  scene.repository.git({"config", "uploadpack.allowFilter", "true"}, scene.server());
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"clone", "-q", "--depth=1", url, at}, "shallow"},
      {{"clone", "-q", "--filter=blob:none", url, at}, "partial"},
      {{"clone", "-q", "--single-branch", url, at}, "single-branch"},
      {{"clone", "-q", "--shared", scene.server(), at}, "alternates"}};
  user = at;
  for (const auto& [command, name] : cases) {
    ASSERT_TRUE(remove_tree(at).ok());
    scene.repository.git(command);
    EXPECT_EQ(surroundings(name), State::refused) << name;
  }
}

TEST_F(PreflightTest, RefusesReplaceRefsAndGrafts) {
  scene.repository.git({"update-ref", cat("refs/replace/", scene.repository.rev("HEAD")), "HEAD~1"});
  scene.repository.write(".git/info/grafts", "");
  EXPECT_EQ(surroundings("grafts"), State::refused);
  EXPECT_EQ(surroundings("replace-refs"), State::refused);
}

TEST_F(PreflightTest, RefusesWhileSomethingIsUnderWay) {
  for (const char* file : {"rebase-merge", "MERGE_HEAD", "BISECT_LOG", "CHERRY_PICK_HEAD"}) {
    scene.repository.write(cat(".git/", file), "x");
    EXPECT_EQ(surroundings("operation"), State::refused) << file;
    ASSERT_TRUE(remove_tree(scene.repository.path(cat(".git/", file))).ok());
  }
  EXPECT_EQ(surroundings("operation"), State::passed);
}

TEST_F(PreflightTest, NoticesWhatAMirrorHasNot) {
  scene.repository.write("README", "changed");
  scene.repository.git({"stash", "-q"});
  scene.repository.git({"worktree", "add", "-q", scene.repository.around().path("linked")});
  EXPECT_EQ(surroundings("stash"), State::notice);
  EXPECT_EQ(surroundings("worktrees"), State::notice);
  EXPECT_EQ(surroundings("local-branches"), State::notice);
  EXPECT_THAT(message, HasSubstr("linked"));
}

TEST_F(PreflightTest, RefusesAnAddressWithAPasswordWithoutShowingIt) {
  scene.job.source = "https://user:swordfish@example.com/a.git";
  EXPECT_EQ(surroundings("address"), State::refused);
  EXPECT_THAT(message, ::testing::Not(HasSubstr("swordfish")));
  scene.job.source = "ext::sh -c true";
  EXPECT_EQ(surroundings("address"), State::refused);
}

TEST_F(PreflightTest, RefusesAFolderInsideARepository) {
  scene.job.folder = scene.repository.path("incident/rewrite");
  EXPECT_EQ(surroundings("folder"), State::refused);
}

TEST_F(PreflightTest, RefusesWhenTheRemoteMoved) {
  scene.back_up();
  EXPECT_EQ(state_of(check_history(scene.job, scene.surveyed()), "moved"), State::passed);
  scene.repository.git({"push", "-q", scene.server(), "main:refs/heads/new"});
  EXPECT_EQ(state_of(check_history(scene.job, scene.surveyed()), "moved"), State::refused);
  EXPECT_THAT(message, HasSubstr("refs/heads/new"));
}

TEST_F(PreflightTest, RefusesWhatTheRemoteWouldRefuse) {
  scene.back_up();
  scene.repository.git({"config", "receive.denyNonFastForwards", "true"}, scene.server());
  EXPECT_EQ(state_of(check_history(scene.job, scene.surveyed()), "protection"), State::refused);
  EXPECT_THAT(message, HasSubstr("denyNonFastForwards"));
}

TEST_F(PreflightTest, RefusesNamesThatDifferOnlyInCaseAndReplaceRefsOfTheRemote) {
  scene.repository.git({"update-ref", "refs/heads/Main", "HEAD"}, scene.server());
  scene.repository.git({"update-ref", cat("refs/replace/", scene.repository.rev("HEAD")), "HEAD~1"}, scene.server());
  scene.back_up();
  const Preflight preflight = check_history(scene.job, scene.surveyed());
  EXPECT_EQ(state_of(preflight, "ref-names"), State::refused);
  EXPECT_EQ(state_of(preflight, "replace-refs-remote"), State::refused);
}

TEST_F(PreflightTest, RefusesADefaultBranchThatIsTheToken) {
  scene.repository.git({"branch", "-m", "main", cat("b-", scene.token)}, scene.server());
  scene.back_up();
  EXPECT_EQ(state_of(check_history(scene.job, scene.surveyed()), "default-branch"), State::refused);
}

TEST_F(PreflightTest, RefusesAShallowRemote) {
  const std::string at = scene.repository.around().path("shallow.git");
  scene.repository.git({"clone", "-q", "--mirror", "--depth=1", cat("file://", scene.server()), at});
  scene.job.source = at;
  ASSERT_TRUE(take_mirror(scene.job).ok());
  EXPECT_EQ(state_of(check_history(scene.job, scene.surveyed()), "mirror-shallow"), State::refused);
}

TEST_F(PreflightTest, NoticesSignaturesAndSubmodulesAndLfs) {
  scene.repository.write("big.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
  scene.repository.git({"add", "-A"});
  scene.repository.git({"update-index", "--add", "--cacheinfo", cat("160000,", std::string(40, '1'), ",sub")});
  scene.repository.git({"commit", "-q", "-m", "more"});
  scene.repository.git({"push", "-q", scene.server(), "main"});
  scene.back_up();
  const Preflight preflight = check_history(scene.job, scene.surveyed());
  EXPECT_EQ(state_of(preflight, "lfs"), State::notice);
  EXPECT_EQ(state_of(preflight, "submodules"), State::notice);
  EXPECT_TRUE(preflight.passed());
}

}  // namespace
}  // namespace hfscan
