#include "remedy/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/mask.h"
#include "base/text.h"
#include "remedy/journal_facts.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string token() { return cat("hf_", std::string(17, 'q'), std::string(17, 'Z')); }

class RecordTextTest : public ::testing::Test {
 protected:
  RecordTextTest() {
    incident_.id = "2026-11-21-aaaaaaaa";
    incident_.repository = "/home/ada/secret project/sentiment";
    incident_.remote_url = "https://github.com/acme/sentiment.git";
    incident_.leak_class = LeakClass::pushed;
    LeakedSecret secret;
    secret.id = *digest_from_hex(std::string(64, 'a'));
    secret.masked = "hf_\u2026(37)";
    secret.kind = "user_access_token";
    secret.rules = {"HF1003"};
    secret.first_commit = std::string(40, 'c');
    secret.first_date = "2026-09-14T09:00:00Z";
    LeakPlace place;
    place.path = "a|b `x` <c>.env";
    place.line = 3;
    place.blob = std::string(40, 'b');
    secret.places = {place};
    incident_.secrets = {secret};
    plan_ = make_plan(incident_, {});
  }

  void note(std::string_view event, const Json& data) { ASSERT_TRUE(journal_.append(event, data, 1795219200).ok()); }

  RecordInputs inputs() {
    status_ = *measure_status(
        plan_, journal_,
        [](const Step&) {
          return Measured{StepState::unknown, "not | asked"};
        },
        1795219300);
    return {incident_, status_, journal_, inventory_, std::string(64, 'd'), "hfscan 0.1.0", Identities::hidden, 1795219400};
  }

  test::TempFolder folder_;
  Journal journal_ = *Journal::open(folder_.path("journal.jsonl"));
  Incident incident_;
  IncidentStatus status_;
  Plan plan_;
  Json inventory_;
};

TEST_F(RecordTextTest, SaysSinceWhenAndUntilWhenATokenWasExposed) {
  EXPECT_THAT(record_text(inputs()), HasSubstr("from 2026-09-14T09:00:00Z on, and not proven to be over"));
  note("dead", {{"sha256", std::string(64, 'a')},
                {"state", "revoked"},
                {"first_401", "2026-11-21T00:00:00Z"},
                {"second_401", "2026-11-21T00:00:30Z"}});
  EXPECT_THAT(record_text(inputs()), HasSubstr("from 2026-09-14T09:00:00Z to 2026-11-21T00:00:00Z"));
}

// A later answer that is no proof takes the proof back.
TEST_F(RecordTextTest, ALaterAnswerThatIsNoProofCounts) {
  note("dead", {{"sha256", std::string(64, 'a')}, {"state", "revoked"}, {"first_401", "x"}, {"second_401", "y"}});
  note("not dead", {{"sha256", std::string(64, 'a')}, {"state", "unproven"}, {"reason", "offline"}});
  EXPECT_FALSE(proof_of_death(journal_, incident_.secrets[0]));
}

TEST_F(RecordTextTest, NamesNoFolderOfTheMachineAndNoToken) {
  incident_.secrets[0].places[0].path = token();
  note("attested", {{"step", "audit"}, {"reason", cat("looked at ", token())}});
  const RecordInputs made = inputs();
  for (const std::string& text : {record_text(made), support_text(SupportHost::github, made),
                                  support_text(SupportHost::gitlab, made), support_text(SupportHost::hub, made)}) {
    EXPECT_THAT(text, Not(HasSubstr("/home/ada")));
    EXPECT_FALSE(holds_token_shape(text));
  }
}

TEST_F(RecordTextTest, TextFromOutsideCannotBreakATable) {
  const std::string text = record_text(inputs());
  EXPECT_THAT(text, HasSubstr("a\\|b \\`x\\` \\<c>.env:3"));
  EXPECT_THAT(text, HasSubstr("not \\| asked"));
}

TEST_F(RecordTextTest, SaysWhatIsNotProven) {
  incident_.complete = false;
  note("attested", {{"step", "rotate"}, {"reason", "CI has a new one"}});
  const std::string text = record_text(inputs());
  const std::string tail = text.substr(text.find("## What is not proven"));
  EXPECT_THAT(tail, HasSubstr("'rotate' rests on somebody's word"));
  EXPECT_THAT(tail, HasSubstr("'revoke' could not be measured"));
  EXPECT_THAT(tail, HasSubstr("The scan was incomplete"));
}

TEST_F(RecordTextTest, RequestToGitHubNamesWhatItsSupportAsksFor) {
  note("rewritten", {{"first_changed", {std::string(40, 'c')}}});
  note("verified", {{"result", "clean"}, {"pull_requests", {"refs/pull/7/head"}}});
  const std::string text = support_text(SupportHost::github, inputs());
  for (const char* part : {"acme/sentiment\n", "Affected pull requests: 1", "refs/pull/7/head",
                           "First Changed Commit(s):\n  cccc", "Orphaned LFS"})
    EXPECT_THAT(text, HasSubstr(part));
}

TEST_F(RecordTextTest, RequestToGitLabListsBlobs) {
  EXPECT_THAT(support_text(SupportHost::gitlab, inputs()), HasSubstr(cat("  ", std::string(40, 'b'), "\n")));
  EXPECT_EQ(support_host_from("hf"), SupportHost::hub);
  EXPECT_FALSE(support_host_from("bitbucket"));
}

}  // namespace
}  // namespace hfscan
