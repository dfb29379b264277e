#include "remedy/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/mask.h"
#include "base/text.h"
#include "remedy/safe_commands.h"
#include "support/process.h"

namespace hfscan {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Incident incident(LeakClass leak_class) {
  Incident made;
  made.id = "2026-11-21-aaaaaaaa";
  made.repository = "/home/me/a b";
  made.remote = "origin";
  made.remote_url = "https://example.org/me/x";
  made.leak_class = leak_class;
  LeakedSecret secret;
  secret.id = *digest_from_hex(std::string(64, 'a'));
  secret.masked = "hf_\u2026(37)";
  secret.kind = "user_access_token";
  secret.places.resize(1);
  made.secrets = {secret};
  return made;
}

std::vector<std::string> names(LeakClass leak_class, const PlanChoices& choices = {}) {
  std::vector<std::string> result;
  for (const Step& step : make_plan(incident(leak_class), choices).steps) result.emplace_back(step.name);
  return result;
}

std::size_t index_of(const std::vector<std::string>& list, std::string_view name) {
  return static_cast<std::size_t>(std::find(list.begin(), list.end(), name) - list.begin());
}

constexpr std::array kClasses = {LeakClass::staged, LeakClass::unpushed, LeakClass::pushed, LeakClass::hub,
                                 LeakClass::outside_git};

TEST(Plan, StagedLeakNeedsNoRewriteAndNoPush) {
  EXPECT_THAT(names(LeakClass::staged), Not(Contains(AnyOf("rewrite", "push", "residue", "decide"))));
  EXPECT_EQ(names(LeakClass::staged).front(), "unstage");
}

TEST(Plan, UnpushedLeakIsRewrittenButNeverPushed) {
  EXPECT_THAT(names(LeakClass::unpushed), Contains("rewrite"));
  EXPECT_THAT(names(LeakClass::unpushed), Not(Contains(AnyOf("push", "residue"))));
  EXPECT_EQ(make_plan(incident(LeakClass::unpushed), {}).recommended, RewriteChoice::go);
}

TEST(Plan, PushedLeakIsRevokedFirstAndARewriteIsCalledWhatItIs) {
  const std::vector<std::string> steps = names(LeakClass::pushed);
  EXPECT_LT(index_of(steps, "revoke"), index_of(steps, "rotate"));
  EXPECT_LT(index_of(steps, "rotate"), index_of(steps, "rewrite"));
  EXPECT_LT(index_of(steps, "prove"), index_of(steps, "push"));
  const Plan plan = make_plan(incident(LeakClass::pushed), {});
  EXPECT_EQ(plan.recommended, RewriteChoice::skip);
  EXPECT_THAT(plan.advice, HasSubstr("buys nothing"));
}

TEST(Plan, StrategyTurnsRevocationAndReplacementAround) {
  const std::vector<std::string> steps = names(LeakClass::pushed, {.strategy = Strategy::replace_first});
  EXPECT_LT(index_of(steps, "rotate"), index_of(steps, "revoke"));
}

TEST(Plan, DecisionAgainstARewriteTakesItsStepsAway) {
  EXPECT_THAT(names(LeakClass::pushed, {.rewrite = RewriteChoice::skip}), Not(Contains(AnyOf("backup", "rewrite", "push"))));
}

TEST(Plan, CostIsNamedWhereItIsKnown) {
  PlanChoices choices;
  choices.cost = RewriteCost{1069, 523, 3, 69, 2};
  EXPECT_THAT(make_plan(incident(LeakClass::pushed), choices).advice,
              HasSubstr("523 of 1,069 commits and 3 refs, and drop 69 signatures"));
}

TEST(Plan, DeadTokenAndOneThatCannotBeKilledChangeTheAdvice) {
  Incident made = incident(LeakClass::pushed);
  PlanChoices choices;
  choices.fates.dead = made.secrets.size();
  const Plan dead = make_plan(made, choices);
  EXPECT_EQ(dead.recommended, RewriteChoice::skip);
  EXPECT_THAT(dead.advice, HasSubstr("is dead, so a rewrite buys nothing"));
  EXPECT_THAT(dead.headlines, Contains(HasSubstr("answers 401")));
  choices.fates = {0, 1};
  const Plan alive = make_plan(made, choices);
  EXPECT_EQ(alive.recommended, RewriteChoice::go);
  EXPECT_THAT(alive.advice, HasSubstr("still alive after its revocation"));
}

TEST(Plan, SaysWhatARewriteMakesOfOtherSpellings) {
  Incident made = incident(LeakClass::pushed);
  LeakPlace encoded;
  encoded.encoding = "base64";
  LeakPlace packed = encoded;
  packed.packed = true;
  made.secrets.front().places = {encoded, packed};
  const Plan plan = make_plan(made, {});
  const Step* decide = find_step(plan, "decide");
  ASSERT_NE(decide, nullptr);
  EXPECT_THAT(decide->notes, Contains(HasSubstr("In 1 place it is spelled another way (base64)")));
  EXPECT_THAT(decide->notes, Contains(HasSubstr("In 1 place it is inside an archive")));
}

TEST(Plan, EveryStepOfEveryClassSaysAllThatIsNeeded) {
  for (const LeakClass leak_class : kClasses) {
    const Incident made = incident(leak_class);
    const Plan plan = make_plan(made, {});
    std::set<std::string_view> seen;
    for (const Step& step : plan.steps) {
      EXPECT_TRUE(seen.insert(step.name).second) << step.name;
      for (const std::string_view text : {step.title, step.why, step.done, step.undo})
        EXPECT_THAT(text, Not(IsEmpty())) << step.name;
      EXPECT_THAT(step.commands, Not(IsEmpty())) << step.name;
      EXPECT_EQ(find_step(plan, step.name), &step);
    }
    EXPECT_EQ(plan.steps.back().name, "close");
    EXPECT_THAT(plan_text(made, plan), HasSubstr("**Done when:**"));
    EXPECT_FALSE(holds_token_shape(plan_text(made, plan)));
    EXPECT_EQ(to_json(plan).at("steps").size(), plan.steps.size());
  }
}

// What is printed is pasted: a shell has to read every line.
TEST(Plan, CommandsAreShellText) {
  for (const LeakClass leak_class : kClasses) {
    for (const Step& step : make_plan(incident(leak_class), {}).steps) {
      for (const std::string& command : step.commands) {
        EXPECT_EQ(test::run_process({"sh", "-n"}, {.input = command + "\n"}).exit_code, 0) << command;
        EXPECT_THAT(command, Not(HasSubstr("git push"))) << command;
        EXPECT_THAT(command, Not(AnyOf(HasSubstr("--mirror"), HasSubstr("--token"), HasSubstr("--body")))) << command;
      }
    }
  }
}

TEST(SafeCommands, ByHandNameNoSecretAsAnArgument) {
  const std::vector<std::string> lines = revoke_by_hand("https://huggingface.co");
  std::string script;
  for (const std::string& line : lines) script += line + "\n";
  EXPECT_EQ(test::run_process({"bash", "-n"}, {.input = script}).exit_code, 0);
  EXPECT_THAT(script, HasSubstr("curl -q "));
  EXPECT_THAT(script, HasSubstr("--max-redirs 0"));
  EXPECT_THAT(script, Not(HasSubstr("Bearer $T")));
}

}  // namespace
}  // namespace hfscan
