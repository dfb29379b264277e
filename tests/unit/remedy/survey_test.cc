#include "remedy/survey.h"

#include <gmock/gmock.h>

#include "rewrite_scene.h"

namespace hfscan {
namespace {

using test::RewriteScene;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::vector<std::string> ids(const Survey& survey, const std::vector<CommitNumber>& commits) {
  std::vector<std::string> result;
  for (const CommitNumber commit : commits) result.push_back(survey.graph->id(commit).hex());
  return result;
}

Survey look(RewriteScene& scene) {
  scene.publish();
  EXPECT_TRUE(take_mirror(scene.job).ok());
  return scene.surveyed();
}

TEST(Survey, OfACleanHistoryHasNothingToRewrite) {
  RewriteScene scene;
  scene.repository.write("README", cat("hf_", std::string(34, 'x')));
  scene.repository.commit_all();
  const Survey survey = look(scene);
  EXPECT_TRUE(survey.clean());
  EXPECT_FALSE(rewrite(scene.job, survey).ok());
}

TEST(Survey, OfAnEmptyRepositoryHasNothingToRewrite) {
  RewriteScene scene;
  scene.publish();
  ASSERT_TRUE(take_mirror(scene.job).ok());
  ASSERT_TRUE(write_bundle(scene.job).ok());
  EXPECT_EQ(measure_rewrite(scene.job), RewriteState::backed_up);
  EXPECT_TRUE(scene.surveyed().clean());
}

// root - leak - merge     The side branch is clean and was merged late: it must be an anchor, or it would lose its ids.
//     \  side  /
TEST(Survey, EveryUntaintedParentOfATaintedCommitIsAnAnchor) {
  RewriteScene scene;
  const std::string root = scene.plant();
  const std::string bad = scene.repository.rev("HEAD");
  scene.repository.git({"checkout", "-q", "-b", "side", root});
  scene.repository.write("side", "clean");
  const std::string side = scene.repository.commit_all("side");
  scene.repository.git({"checkout", "-q", "main"});
  scene.repository.git({"merge", "-q", "--no-ff", "-m", "merge", "side"});
  const Survey survey = look(scene);
  EXPECT_THAT(ids(survey, survey.first_bad), ElementsAre(bad));
  EXPECT_THAT(ids(survey, survey.anchors), ::testing::UnorderedElementsAre(root, side));
  EXPECT_EQ(survey.counts.tainted, 2U);
}

TEST(Survey, ACommitStaysTaintedAfterTheFileIsGone) {
  RewriteScene scene;
  scene.plant();
  scene.repository.git({"rm", "-q", ".env"});
  scene.repository.commit_all("removed");
  EXPECT_EQ(look(scene).counts.tainted, 2U);
}

TEST(Survey, SeesWhatComesBackAfterARevert) {
  RewriteScene scene;
  const std::string root = scene.plant();
  scene.repository.git({"checkout", "-q", "-b", "other", root});
  scene.repository.write("deep/er/copy", cat("T=", scene.token, "\n"));
  scene.repository.commit_all("the same bytes elsewhere");
  const Survey survey = look(scene);
  EXPECT_THAT(survey.blobs, SizeIs(1));
  EXPECT_THAT(survey.first_bad, SizeIs(2));
}

TEST(Survey, IsStoredWithoutTheToken) {
  RewriteScene scene;
  scene.plant();
  scene.repository.write(cat("f-", scene.token), "x");
  scene.repository.commit_all(cat("m ", scene.token));
  scene.repository.git({"branch", cat("br-", scene.token)});
  scene.repository.git({"tag", "-a", "-m", scene.token, cat("t-", scene.token)});
  const Survey survey = look(scene);
  const std::string text = dump_pretty(to_json(survey));
  EXPECT_THAT(text, Not(HasSubstr(scene.token)));
  EXPECT_THAT(text, HasSubstr("refs/heads/br-hf_"));
  EXPECT_EQ(survey.counts.branches, 2U);
  EXPECT_EQ(survey.counts.tags, 1U);
  EXPECT_THAT(survey.bad_tags, SizeIs(1));
}

TEST(Survey, BlobOfAnArchiveGoesAsAWhole) {
  RewriteScene scene;
  scene.repository.write("README", "clean");
  scene.repository.commit_all("clean");
  scene.repository.write("data.zip", "nothing that can be read here");
  scene.repository.commit_all("archive");
  LeakPlace place;
  place.path = "data.zip!/inner.txt";
  place.blob = scene.repository.rev("HEAD:data.zip");
  scene.job.secrets[0].places = {place};
  const RewriteResult result = scene.rewritten_and_proven();
  EXPECT_THAT(scene.repository.git({"show", "main:data.zip"}, scene.job.rewritten()), HasSubstr(place.blob));
}

TEST(Survey, MessageThatSpellsTheTokenInAnotherWayIsNamedAndNotOverlooked) {
  RewriteScene scene;
  scene.plant();
  LeakPlace place;
  place.kind = PlaceKind::commit_message;
  place.blob = scene.repository.rev("HEAD~1");
  scene.job.secrets[0].places = {place};
  EXPECT_THAT(look(scene).unlocated, ElementsAre(HasSubstr(place.blob)));
}

TEST(Survey, RefToAFileWithTheTokenIsNamed) {
  RewriteScene scene;
  scene.plant();
  scene.repository.git({"tag", "blob", scene.repository.rev("HEAD:.env")});
  EXPECT_THAT(look(scene).problems, ElementsAre(HasSubstr("refs/tags/blob")));
}

}  // namespace
}  // namespace hfscan
