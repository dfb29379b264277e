// The matchers of GitHub Actions beyond the examples of the rules: what is marked, how severe it is, and that edits mend it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/hygiene/matchers/workflows_support.h"

namespace hfscan::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr const char* kPath = ".github/workflows/x.yml";

std::string workflow(const std::string& steps, const std::string& head = "on: push\n") {
  return head + "jobs:\n  a:\n    runs-on: x\n    steps:\n" + steps;
}

TEST(TokenFromVars, EditReadsTheSecretInstead) {
  const std::string text = workflow("      - env:\n          HF_TOKEN: ${{ vars.HF_TOKEN }}\n");
  EXPECT_THAT(marked("HF3001", kPath, text), ElementsAre("vars.HF_TOKEN"));
  const std::string after = mended("HF3001", kPath, text);
  EXPECT_THAT(after, HasSubstr("${{ secrets.HF_TOKEN }}"));
  EXPECT_THAT(marked("HF3001", kPath, after), IsEmpty());
}

TEST(TokenFromVars, CommentOfYamlIsNotReadButCommentOfScriptIs) {
  EXPECT_THAT(marked("HF3001", kPath, "# ${{ vars.HF_TOKEN }}\n" + workflow("      - run: x\n")), IsEmpty());
  EXPECT_THAT(marked("HF3001", kPath, workflow("      - run: |\n          # ${{ vars.HF_TOKEN }}\n")), SizeIs(1));
}

TEST(SecretInRun, EditMovesItToTheEnvironmentOfTheStep) {
  const std::string text = workflow("      - name: n\n        run: hf auth login --token ${{ secrets.HF_TOKEN }}\n");
  const std::string after = mended("HF3002", kPath, text);
  EXPECT_EQ(after, workflow("      - env:\n          HF_TOKEN: ${{ secrets.HF_TOKEN }}\n        name: n\n"
                            "        run: hf auth login --token \"${HF_TOKEN}\"\n"));
  EXPECT_THAT(marked("HF3002", kPath, after), IsEmpty());
}

TEST(SecretInRun, EditKeepsTheEnvironmentThatIsThere) {
  const std::string text = workflow("      - env:\n          A: b\n        run: |\n          x \"${{ secrets.HF_TOKEN }}\"\n");
  EXPECT_EQ(mended("HF3002", kPath, text),
            workflow("      - env:\n          HF_TOKEN: ${{ secrets.HF_TOKEN }}\n          A: b\n        run: |\n"
                     "          x \"${HF_TOKEN}\"\n"));
}

TEST(SecretInRun, SingleQuotesAreLeftToPeople) {
  const std::vector<RuleHit> hits = hits_of("HF3002", kPath, workflow("      - run: x '${{ secrets.HF_TOKEN }}'\n"));
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_THAT(hits[0].edits, IsEmpty());
}

TEST(SecretInRun, SecretThatIsOnlyComparedIsNotPasted) {
  EXPECT_THAT(marked("HF3002", kPath, workflow("      - run: echo ${{ secrets.HF_TOKEN != '' }}\n")), IsEmpty());
}

TEST(BroadEnv, WarningWhereSeveralJobsCanReadIt) {
  const std::string head = "on: push\nenv:\n  HF_TOKEN: ${{ secrets.HF_TOKEN }}\n";
  const std::string one = workflow("      - run: x\n", head);
  EXPECT_EQ(hits_of("HF3003", kPath, one).at(0).severity, std::nullopt);
  EXPECT_EQ(hits_of("HF3003", kPath, one + "  b:\n    steps: []\n").at(0).severity, Severity::warning);
}

TEST(UntrustedTrigger, NoteWithoutTheCodeOfThePullRequest) {
  const std::string step = "      - run: x\n        env:\n          HF_TOKEN: ${{ secrets.HF_TOKEN }}\n";
  const std::vector<RuleHit> hits = hits_of("HF3004", kPath, workflow(step, "on: pull_request_target\n"));
  ASSERT_THAT(hits, SizeIs(1));
  EXPECT_EQ(hits[0].severity, Severity::note);
  EXPECT_THAT(hits_of("HF3004", kPath, workflow(step, "on: workflow_run\n")), IsEmpty());
}

TEST(MissingPermissions, EditAddsTheBlock) {
  const std::string text = workflow("      - run: x\n        env:\n          HF_TOKEN: ${{ secrets.HF_TOKEN }}\n");
  EXPECT_THAT(marked("HF3005", kPath, mended("HF3005", kPath, text)), IsEmpty());
}

TEST(CachedFolder, ErrorWhereTheSameFileLogsInAndEditNarrowsIt) {
  const std::string text = workflow(
      "      - run: hf auth login\n      - uses: actions/cache@v4\n        with:\n          path: ~/.cache/huggingface/\n");
  ASSERT_THAT(hits_of("HF3009", kPath, text), SizeIs(1));
  EXPECT_EQ(hits_of("HF3009", kPath, text)[0].severity, Severity::error);
  EXPECT_THAT(mended("HF3009", kPath, text), HasSubstr("~/.cache/huggingface/hub\n"));
}

TEST(TokenToFile, ErrorWhereTheFileIsPublished) {
  EXPECT_EQ(hits_of("HF3012", "a.sh", "echo \"$HF_TOKEN\" > public/t.js\n").at(0).severity, Severity::error);
  EXPECT_EQ(hits_of("HF3012", "a.sh", "echo \"$HF_TOKEN\" > t\ngit add t\n").at(0).severity, Severity::error);
  EXPECT_EQ(hits_of("HF3012", "a.sh", "echo \"$HF_TOKEN\" > ~/.netrc\ngit push\n").at(0).severity, std::nullopt);
}

TEST(StepEnvironment, MaskBeforeTheWriteCounts) {
  EXPECT_THAT(marked("HF3006", "a.sh", "echo \"HF_TOKEN=$t\" >> $GITHUB_ENV\necho \"::add-mask::$t\"\n"), SizeIs(1));
  EXPECT_THAT(marked("HF3006", "a.sh", "echo \"::add-mask::$t\"\necho \"HF_TOKEN=$t\" >> $GITHUB_ENV\n"), IsEmpty());
}

TEST(DebugLogging, EditTurnsItOff) {
  const std::string text = "variables:\n  CI_DEBUG_TRACE: \"true\"\n  A: $HF_TOKEN\n";
  EXPECT_EQ(mended("HF3011", ".gitlab-ci.yml", text), "variables:\n  CI_DEBUG_TRACE: \"false\"\n  A: $HF_TOKEN\n");
}

}  // namespace
}  // namespace hfscan::test
