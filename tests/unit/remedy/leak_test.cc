#include "remedy/leak.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace hfscan {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

std::string id_of(char digit) { return std::string(64, digit); }

std::string finding(char id, std::string_view rest) {
  const std::string_view mask = R"json(","masked":"hf_…(37)","kind":"user_access_token","encoding":"plain"})json";
  return cat(R"({"rule":"HF1001","severity":"error","disposition":"active","secret":{"sha256":")", id_of(id), mask, rest, "}");
}

std::string report(const std::string& findings) {
  return cat(R"({"schema":"hfscan-report/1","command":"history","complete":true,"findings":[)", findings, "]}");
}

TEST(Leaks, OfOneSecretUnderTwoRulesAreOne) {
  const std::string text = report(cat(
      finding(
          'a',
          R"(,"location":{"path":"a.py","start":{"line":3}},"occurrences":[{"kind":"blob","path":"a.py","blob":"01","introduced":["c1"],"removed":[],"refs":["refs/heads/main"],"reachable":true}],"story":{"in_head":true,"pushed":true})"),
      ",", finding('a', R"(,"location":{"path":"b.py","start":{"line":1},"blob":"02","commit":"c2"})")));
  const Result<Leaks> leaks = read_leaks(text, "x.json");
  ASSERT_TRUE(leaks.ok());
  ASSERT_THAT(leaks->secrets, SizeIs(1));
  const LeakedSecret& secret = leaks->secrets[0];
  EXPECT_TRUE(secret.in_head);
  EXPECT_TRUE(secret.pushed);
  ASSERT_THAT(secret.places, SizeIs(2));
  EXPECT_THAT(secret.places[0].refs, ElementsAre("refs/heads/main"));
  EXPECT_THAT(secret.places[1].introduced, ElementsAre("c2"));
  EXPECT_EQ(secret.known()->size, 37U);
}

TEST(Leaks, LeaveOutWhatWasAcceptedAndWhatIsOnlyANote) {
  std::string ignored = finding('a', "");
  ignored.replace(ignored.find("active"), 6, "ignored_inline");
  std::string note = finding('b', "");
  note.replace(note.find("\"error\""), 7, "\"note\"");
  const Result<Leaks> leaks = read_leaks(report(cat(ignored, ",", note, R"(,{"rule":"HF3001"})")), "x.json");
  ASSERT_TRUE(leaks.ok());
  EXPECT_THAT(leaks->secrets, SizeIs(0));
}

TEST(Leaks, CountWhatHasNoIdentity) {
  const char* anonymous = R"json({"rule":"HF1010","severity":"error","disposition":"active","secret":{"masked":"…(8)"}})json";
  const Result<Leaks> leaks = read_leaks(report(anonymous), "x.json");
  ASSERT_TRUE(leaks.ok());
  EXPECT_EQ(leaks->without_id, 1U);
}

TEST(Leaks, AreReadFromNothingElseThanOurReports) {
  for (const char* text : {"{}", "[]", "3", R"({"schema":"other","findings":[]})", R"({"schema":"hfscan-report/1"})", "{"}) {
    EXPECT_FALSE(read_leaks(text, "x.json").ok()) << text;
  }
}

TEST(Leaks, MembersOfOtherTypesAreNoTrouble) {
  const Result<Leaks> leaks =
      read_leaks(report(cat(R"(7,null,{"secret":3,"severity":[]},)",
                            finding('c', R"(,"location":7,"occurrences":[1,{"path":4,"refs":{}}],"story":[])"))),
                 "x.json");
  ASSERT_TRUE(leaks.ok());
  EXPECT_THAT(leaks->secrets, SizeIs(1));
}

// The same file, found in the history and in the work tree, is one place.
TEST(Leaks, OfHistoryAndFilesAreJoinedByPath) {
  const std::string_view past =
      R"json(,"location":{"path":"a.py","start":{"line":3},"blob":"01"},"story":{"first":{"commit":"c1","date":"2026-01-02T00:00:00Z"}})json";
  const Result<Leaks> history = read_leaks(report(finding('a', past)), "x");
  const Result<Leaks> files = read_leaks(report(cat(finding('a', R"json(,"location":{"path":"a.py","start":{"line":3}})json"),
                                                    ",", finding('b', R"json(,"location":{"path":"b.py"})json"))),
                                         "x");
  const Leaks all = merged(*history, *files);
  ASSERT_THAT(all.secrets, SizeIs(2));
  EXPECT_THAT(all.secrets[0].places, SizeIs(1));
  EXPECT_EQ(all.secrets[0].first_date, "2026-01-02T00:00:00Z");
  EXPECT_EQ(all.find(all.secrets[1].id), &all.secrets[1]);
}

TEST(LeakedSecret, SurvivesBeingWrittenAndMasksWhatLooksLikeAToken) {
  const std::string token = cat("hf_", std::string(17, 'q'), std::string(17, 'Z'));
  Result<Leaks> leaks = read_leaks(report(finding('d', cat(R"(,"location":{"path":")", token, R"("},"occurrences":[])"))), "x");
  ASSERT_TRUE(leaks.ok());
  const std::string written = dump_pretty(to_json(leaks->secrets.at(0)));
  EXPECT_THAT(written, Not(HasSubstr(token)));
  const Result<LeakedSecret> again = leaked_secret_from(*parse_json(written, "x"));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(dump_pretty(to_json(*again)), written);
}

}  // namespace
}  // namespace hfscan
