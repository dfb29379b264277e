// The proof holds for what rewrite() makes (the other tests say so); here it must fail for everything else.
#include "remedy/collateral.h"

#include <gmock/gmock.h>

#include "rewrite_scene.h"

namespace hfscan {
namespace {

using test::RewriteScene;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Proof : public ::testing::Test {
 protected:
  void SetUp() override {
    scene.plant();
    scene.repository.write("folder/other.txt", "other\n");
    scene.repository.commit_all("later");
    result = scene.rewritten_and_proven();
    plan = scene.surveyed();
    old_tip = *ObjectId::from_hex(scene.repository.rev("HEAD"));
  }

  std::string git(std::vector<std::string> arguments) const {
    return scene.repository.git(std::move(arguments), scene.job.rewritten());
  }

  [[nodiscard]] std::string written(const std::string& type, const std::string& bytes) const {
    scene.repository.around().write("object", bytes);
    std::string id = git({"hash-object", "-w", "-t", type, scene.repository.around().path("object")});
    id.pop_back();
    return id;
  }

  // The new tip as another object, as if the rewriting had made that.
  void replace_tip(const std::string& from, const std::string& to) {
    std::string bytes = git({"cat-file", "commit", "main"});
    ASSERT_NE(bytes.find(from), std::string::npos) << bytes;
    take_tip(written("commit", bytes.replace(bytes.find(from), from.size(), to)));
  }
  void take_tip(const std::string& id) {
    git({"update-ref", "refs/heads/main", id});
    result.commits[old_tip] = *ObjectId::from_hex(id);
    result.refs.at(0).new_id = result.commits[old_tip];
    git({"gc", "-q", "--prune=now"});
  }

  // The tip with one file of another content or name.
  void replace_tree(const std::string& index_command) {
    const std::string script = cat("export GIT_INDEX_FILE=$PWD/mutant; git read-tree main && ", index_command,
                                   " && git commit-tree -p main~1 -m later $(git write-tree); rm mutant");
    test::ProcessOptions options;
    options.folder = scene.job.rewritten();
    for (const char* role : {"AUTHOR", "COMMITTER"}) {
      options.environment[cat("GIT_", role, "_NAME")] = "Ann Example";
      options.environment[cat("GIT_", role, "_EMAIL")] = "ann@example.com";
      options.environment[cat("GIT_", role, "_DATE")] = "1700000000 +0000";
    }
    const test::ProcessResult made = test::run_process({"sh", "-c", script}, options);
    ASSERT_EQ(made.exit_code, 0) << made.err;
    take_tip(made.out.substr(0, 40));
  }

  Collateral proof() {
    const Result<Collateral> found = prove_rewrite(scene.job, plan, result);
    EXPECT_TRUE(found.ok()) << (found.ok() ? "" : found.error().message);
    return found.ok() ? *found : Collateral{};
  }

  void expect_unexpected(const char* what) {
    const Collateral found = proof();
    EXPECT_FALSE(found.holds());
    EXPECT_THAT(found.unexpected, Contains(HasSubstr(what)));
    EXPECT_EQ(measure_rewrite(scene.job), RewriteState::rewritten);
  }

  RewriteScene scene;
  RewriteResult result;
  Survey plan;
  ObjectId old_tip;
};

TEST_F(Proof, SeesAnotherMessage) {
  replace_tip("later", "Later");
  expect_unexpected("message");
}

TEST_F(Proof, SeesAnotherDate) {
  replace_tip("1700000000", "1700000001");
  expect_unexpected("dates");
}

TEST_F(Proof, SeesAParentThatIsGone) {
  const std::string bytes = git({"cat-file", "commit", "main"});
  const std::size_t begin = bytes.find("parent ");
  replace_tip(bytes.substr(begin, 48), "");
  expect_unexpected("parents");
}

TEST_F(Proof, SeesAFileThatIsGoneOneThatIsNewAndOneThatChanged) {
  replace_tree("git rm -q --cached folder/other.txt");
  expect_unexpected("is gone");
}

TEST_F(Proof, SeesAFileThatIsNew) {
  replace_tree("git update-index --add --cacheinfo 100644,$(git rev-parse main:README),new");
  expect_unexpected("is new");
}

TEST_F(Proof, SeesAFileThatChangedWithoutNeed) {
  replace_tree("git update-index --cacheinfo 100644,$(echo x | git hash-object -w --stdin),folder/other.txt");
  expect_unexpected("holds no secret");
}

TEST_F(Proof, SeesABadFileThatChangedBesideTheToken) {
  replace_tree("git update-index --cacheinfo 100644,$(git show main:.env | sed s/T=/U=/ | git hash-object -w --stdin),.env");
  expect_unexpected("outside of the secret");
}

TEST_F(Proof, SeesAnotherMode) {
  replace_tree("git update-index --cacheinfo 100755,$(git rev-parse main:README),README");
  expect_unexpected("mode");
}

TEST_F(Proof, SeesACommitThatWasNotThere) {
  git({"update-ref", "refs/heads/extra", written("commit", git({"cat-file", "commit", "main"}) + "more")});
  expect_unexpected("is new");
}

TEST_F(Proof, SeesTheTokenInAnObjectAndInANameWithoutShowingIt) {
  git({"update-ref", cat("refs/heads/", scene.token), "main"});
  git({"update-ref", "refs/kept/blob", written("blob", cat("x", scene.token))});
  const Collateral found = proof();
  EXPECT_FALSE(found.holds());
  EXPECT_EQ(found.residue_count, 2U);
  EXPECT_THAT(dump_pretty(to_json(found)), Not(HasSubstr(scene.token)));
}

TEST_F(Proof, DoesNotHoldWithoutAScanThatReadEverything) {
  scene.job.rescan = [](const std::string&) -> Result<Leaks> {
    Leaks leaks;
    leaks.complete = false;
    return leaks;
  };
  EXPECT_FALSE(proof().holds());
  scene.job.rescan = nullptr;
  EXPECT_FALSE(proof().holds());
}

TEST_F(Proof, DoesNotHoldWhenTheScannerStillFindsOne) {
  const LeakedSecret secret = scene.job.secrets[0];
  scene.job.rescan = [secret](const std::string&) -> Result<Leaks> { return Leaks{"history", {secret}, true, 0}; };
  EXPECT_EQ(proof().residue_count, 1U);
}

}  // namespace
}  // namespace hfscan
