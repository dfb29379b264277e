#include "remedy/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "support/temp_folder.h"

namespace hfscan {
namespace {

using ::testing::HasSubstr;

class StatusTest : public ::testing::Test {
 protected:
  StatusTest() {
    incident_.id = "2026-11-21-aaaaaaaa";
    incident_.leak_class = LeakClass::pushed;
    plan_ = make_plan(incident_, {});
    for (const Step& step : plan_.steps) world_[std::string(step.name)] = StepState::open;
  }

  IncidentStatus status() {
    ++now_;
    return *measure_status(
        plan_, journal_,
        [this](const Step& step) {
          return Measured{world_.at(std::string(step.name)), "seen"};
        },
        now_);
  }
  StepState state(std::string_view name) {
    for (const StepStatus& one : status().steps) {
      if (one.step->name == name) return one.state;
    }
    return StepState::unknown;
  }
  void decide(const char* choice) {
    ASSERT_TRUE(journal_.append("decided", {{"rewrite", choice}, {"reason", "r"}}, now_).ok());
  }
  void finish_all() {
    for (auto& [name, state] : world_) state = StepState::done;
  }

  test::TempFolder folder_;
  Journal journal_ = *Journal::open(folder_.path("journal.jsonl"));
  Incident incident_;
  Plan plan_;
  std::map<std::string, StepState> world_;
  std::int64_t now_ = 1700000000;
};

TEST_F(StatusTest, BeginsWithTheFirstStepThatIsNotOptional) {
  EXPECT_EQ(status().next()->step->name, "revoke");
  EXPECT_EQ(status().exit_code(), ExitCode::findings);
}

TEST_F(StatusTest, StepsOfTheRewriteWaitForTheDecisionAndForEachOther) {
  EXPECT_EQ(state("backup"), StepState::waiting);
  decide("go");
  EXPECT_EQ(state("preflight"), StepState::open);
  EXPECT_EQ(state("backup"), StepState::waiting);
  world_["preflight"] = StepState::done;
  EXPECT_EQ(state("backup"), StepState::open);
}

TEST_F(StatusTest, WhatWasDoneAndIsNoMoreHasRegressed) {
  world_["clean-tree"] = StepState::done;
  EXPECT_EQ(state("clean-tree"), StepState::done);
  world_["clean-tree"] = StepState::open;
  EXPECT_EQ(state("clean-tree"), StepState::regressed);
  EXPECT_EQ(state("clean-tree"), StepState::regressed) << "until it is done again";
  world_["clean-tree"] = StepState::done;
  EXPECT_EQ(state("clean-tree"), StepState::done);
}

TEST_F(StatusTest, WhatCannotBeMeasuredIsNeitherDoneNorUndone) {
  finish_all();
  decide("go");
  EXPECT_EQ(status().exit_code(), ExitCode::clean);
  world_["push"] = StepState::unknown;
  EXPECT_EQ(state("push"), StepState::unknown);
  EXPECT_EQ(status().exit_code(), ExitCode::incomplete);
  world_["push"] = StepState::open;
  EXPECT_EQ(state("push"), StepState::regressed);
}

TEST_F(StatusTest, SomebodysWordIsShownAsThat) {
  ASSERT_TRUE(journal_.append("attested", {{"step", "audit"}, {"reason", "looked at the log"}}, now_).ok());
  EXPECT_EQ(state("audit"), StepState::done);
  EXPECT_THAT(status_text(incident_, status()), HasSubstr("looked at the log (unproven)"));
}

TEST_F(StatusTest, AWordDoesNotHideWhatWasSeenDoneAndIsNoMore) {
  ASSERT_TRUE(journal_.append("attested", {{"step", "clean-tree"}, {"reason", "soon"}}, now_).ok());
  EXPECT_EQ(state("clean-tree"), StepState::done) << "by word";
  EXPECT_EQ(state("clean-tree"), StepState::done) << "as long as nothing else is seen";
  world_["clean-tree"] = StepState::done;
  EXPECT_EQ(state("clean-tree"), StepState::done);
  world_["clean-tree"] = StepState::open;
  EXPECT_EQ(state("clean-tree"), StepState::regressed);
  EXPECT_EQ(state("clean-tree"), StepState::regressed);
  ASSERT_TRUE(journal_.append("attested", {{"step", "clean-tree"}, {"reason", "again"}}, now_).ok());
  EXPECT_EQ(state("clean-tree"), StepState::done);
}

TEST_F(StatusTest, AfterTheEndMirrorAndBackupNeedNotBeThere) {
  finish_all();
  decide("go");
  EXPECT_EQ(status().exit_code(), ExitCode::clean);
  for (const char* name : {"preflight", "backup", "rewrite", "prove"}) world_[name] = StepState::open;
  ASSERT_TRUE(journal_.append("closed", Json::object(), now_).ok());
  EXPECT_EQ(status().exit_code(), ExitCode::clean);
  world_["guard"] = StepState::open;
  EXPECT_EQ(state("guard"), StepState::regressed);
}

TEST_F(StatusTest, TextEndsWithTheNextCommand) {
  const std::string text = status_text(incident_, status());
  EXPECT_THAT(text, HasSubstr("Next: Revoke the token"));
  EXPECT_THAT(text, HasSubstr("hfscan remediate revoke 2026-11-21-aaaaaaaa --net"));
  finish_all();
  decide("go");
  EXPECT_THAT(status_text(incident_, status()), HasSubstr("Nothing is left to do."));
  EXPECT_EQ(to_json(incident_, status()).at("next"), nullptr);
}

}  // namespace
}  // namespace hfscan
