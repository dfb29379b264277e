#include "remedy/record.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "remedy/journal_facts.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class RecordTest : public ::testing::Test {
 protected:
  RecordTest() {
    LeakedSecret secret;
    secret.id = *digest_from_hex(id);
    secret.masked = "hf_\u2026(37)";
    secret.kind = "user_access_token";
    secret.rules = {"HF1001"};
    secret.first_commit = std::string(40, 'c');
    secret.first_date = "2026-01-02T03:04:05Z";
    secret.places.resize(1);
    secret.places.front().path = ".env";
    incident.id = "2026-11-21-aaaaaaaa";
    incident.remote_url = "https://example.com/ann/model.git";
    incident.leak_class = LeakClass::pushed;
    incident.secrets = {secret};
  }

  void note(const char* event, Json data) {
    if (!data.contains("sha256")) data["sha256"] = id;
    ASSERT_TRUE(journal.append(event, data, 1'800'000'000).ok());
  }

  [[nodiscard]] RecordInputs inputs(Identities identities = Identities::hidden) const {
    return {incident, status, journal, Json(nullptr), "0", "hfscan", identities, 1'800'000'000};
  }
  [[nodiscard]] std::string support(SupportHost host) const { return support_text(host, inputs()); }

  test::TempFolder temp;
  std::string id = std::string(64, 'a');
  Incident incident;
  IncidentStatus status;
  Journal journal = *Journal::open(temp.path("journal.jsonl"));
};

TEST_F(RecordTest, HostsAreToldOnlyWhatIsProven) {
  for (const SupportHost host : {SupportHost::github, SupportHost::hub}) {
    EXPECT_THAT(support(host), HasSubstr("NOT proven"));
    EXPECT_THAT(support(host), HasSubstr("NOT been replaced"));
  }
  note("dead", {{"state", "revoked"}, {"first_401", "2026-11-21T10:00:00Z"}, {"second_401", "2026-11-21T10:01:00Z"}});
  note("pushing", {{"refs", 1}});
  EXPECT_THAT(support(SupportHost::github), HasSubstr("whether the push reached the server is not known"));
  note("pushed", {{"outcome", "done"}});
  for (const SupportHost host : {SupportHost::github, SupportHost::hub}) {
    EXPECT_THAT(support(host), HasSubstr("is revoked, which we have verified"));
    EXPECT_THAT(support(host), HasSubstr("rewritten and pushed"));
  }
}

TEST_F(RecordTest, AcceptedRevocationIsNoProof) {
  note("not dead", {{"state", "still_live"}, {"accepted_at", "2026-11-21T10:00:00Z"}});
  EXPECT_THAT(support(SupportHost::github), Not(HasSubstr("is revoked")));
  EXPECT_THAT(record_text(inputs()), HasSubstr("not proven to be over"));
}

TEST_F(RecordTest, NamesTipsResidueAndRules) {
  note("decided", {{"rewrite", "go"}, {"reason", "x"}});
  note("rewritten", {{"commits", 3U},
                     {"of_commits", 10U},
                     {"refs", 2U},
                     {"signatures", 1U},
                     {"tips", {{{"ref", "refs/heads/main"}, {"old", "0ld"}, {"new", "n3w"}}}}});
  note("verified", {{"result", "not clean"}, {"pull_requests", {"refs/pull/7/head"}}, {"fetchable", {"abc"}}});
  const std::string text = record_text(inputs());
  for (const char* words :
       {"3 of 10 commits", "1 signature lost", "NOT proven that nothing else changed", "| refs/heads/main | 0ld | n3w |",
        "1 more ref moved", "refs/pull/7/head", "commit abc", "came in with commit cccccccccccc, in .env; rules HF1001"})
    EXPECT_THAT(text, HasSubstr(words));
}

TEST_F(RecordTest, OwnerIsNamedOnlyWhenAskedFor) {
  note("whoami", {{"state", "live"}, {"whoami", {{"role", "write"}, {"account", "ann-of-acme"}}}});
  EXPECT_THAT(record_text(inputs()), Not(HasSubstr("ann-of-acme")));
  EXPECT_THAT(record_text(inputs(Identities::shown)), HasSubstr("ann-of-acme"));
}

TEST_F(RecordTest, PushThatChangedNothingIsNone) {
  EXPECT_FALSE(may_have_pushed(journal));
  note("pushing", {{"refs", 1}});
  EXPECT_TRUE(may_have_pushed(journal));
  note("pushed", {{"outcome", "moved"}});
  EXPECT_FALSE(may_have_pushed(journal));
  note("pushing", {{"refs", 1}});
  note("pushed", {{"outcome", "unknown"}});
  EXPECT_TRUE(may_have_pushed(journal));
}

}  // namespace
}  // namespace hfscan
