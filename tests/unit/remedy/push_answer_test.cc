#include "remedy/push_answer.h"

#include <gmock/gmock.h>

namespace hfscan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

ChildResult said(std::string out, std::string err = "") {
  ChildResult result;
  result.exit_code = 1;
  result.out = std::move(out);
  result.err = std::move(err);
  return result;
}

TEST(PushAnswer, NamesTheRefThatWasTheReasonAndNotThoseThatFollowed) {
  const PushReport report =
      read_push_answer(said("To x\n!\ta:refs/heads/main\t[remote rejected] (protected branch hook declined)\n"
                            "!\ta:refs/heads/side\t[remote rejected] (atomic push failure)\nDone\n"));
  EXPECT_EQ(report.outcome, PushOutcome::refused);
  EXPECT_THAT(report.rejected, ElementsAre("refs/heads/main: protected branch hook declined"));
  EXPECT_THAT(report.advice, HasSubstr("protected branch"));
}

TEST(PushAnswer, StaleLeaseMeansThatSomebodyPushed) {
  const PushReport report = read_push_answer(
      said("!\ta:refs/heads/x\t[remote rejected] (hook declined)\n!\ta:refs/heads/main\t[rejected] (stale info)\n"
           "!\ta:refs/heads/y\t[remote rejected] (hook declined)\n"));
  EXPECT_EQ(report.outcome, PushOutcome::moved);
}

TEST(PushAnswer, KnowsTheSettingsThatRefuse) {
  EXPECT_THAT(read_push_answer(said("!\ta:refs/heads/m\t[remote rejected] (non-fast-forward)\n")).advice,
              HasSubstr("denyNonFastForwards"));
  EXPECT_THAT(
      read_push_answer(said("!\t:refs/heads/m\t[remote rejected] (deletion of the current branch prohibited)\n")).advice,
      HasSubstr("default branch"));
}

TEST(PushAnswer, HostWithoutAtomicIsToldApartFromABrokenConnection) {
  EXPECT_EQ(read_push_answer(said("", "fatal: the receiving end does not support --atomic push\n")).outcome,
            PushOutcome::not_atomic);
  const PushReport broken = read_push_answer(said("", "fatal: Could not read from remote repository.\n"));
  EXPECT_EQ(broken.outcome, PushOutcome::unknown);
  EXPECT_THAT(broken.advice, HasSubstr("Could not read"));
}

TEST(PushAnswer, MasksWhatTheHostSays) {
  const std::string token = "hf_" + std::string(17, 'a') + std::string(17, 'B');
  const PushReport report = read_push_answer(said("!\t:refs/heads/" + token + "\t[remote rejected] (no " + token + ")\n"));
  EXPECT_THAT(report.rejected, ElementsAre("refs/heads/hf_\u2026(37): no hf_\u2026(37)"));
}

}  // namespace
}  // namespace hfscan
