#include "report/text_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "report/text_finding.h"
#include "report/view.h"
#include "unit/report/sample_reports.h"

namespace hfscan {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

std::string render(const Report& report, const ReportOptions& options = test::sample_options()) {
  std::ostringstream out;
  EXPECT_TRUE(write_text_report(report, options, out).ok());
  return out.str();
}

ReportOptions verbose() {
  ReportOptions options = test::sample_options();
  options.verbosity = Verbosity::verbose;
  return options;
}

TEST(TextReport, CleanRunIsOneLine) { EXPECT_EQ(render(test::clean_report()), "clean: 10 files, 4.2 KB, 0 skipped\n"); }

TEST(TextReport, IncompleteRunIsNeverCalledClean) {
  const std::string text = render(test::incomplete_report());
  EXPECT_THAT(text, Not(HasSubstr("clean")));
  EXPECT_THAT(text, HasSubstr("incomplete: data/locked.bin: permission denied\n"));
  EXPECT_THAT(text, HasSubstr("incomplete: 2 places were not scanned; nothing found in"));
}

TEST(TextReport, VerboseNamesEveryPlaceOfASecret) {
  const Report report = test::findings_report();
  const std::string text = render(report, verbose());
  for (const Finding& finding : report.findings) {
    EXPECT_THAT(text, HasSubstr(cat(finding.location.path, ":", std::to_string(finding.location.range.start.line), ":")));
  }
}

TEST(TextReport, CutListSaysHowManyItLeftOut) {
  EXPECT_THAT(render(test::findings_report()), HasSubstr("(1 more; -v lists them)"));
}

TEST(TextReport, EveryIgnoredFindingIsListedWithItsReason) {
  const std::string text = render(test::ignored_only_report());
  EXPECT_THAT(text, HasSubstr("tests/a.py:4:9: error[HF1001]"));
  EXPECT_THAT(text, HasSubstr("(made up for the parser's test)"));
  EXPECT_THAT(text, HasSubstr("tests/b.py:5:9: error[HF1001]"));
  EXPECT_THAT(text, EndsWith("clean: 10 files, 4.2 KB, 0 skipped, 3 suppressed\n"));
}

TEST(TextReport, BaselineIsCountedAndListedWhenVerbose) {
  EXPECT_THAT(render(test::suppressed_report()), Not(HasSubstr("tests/c.py")));
  EXPECT_THAT(render(test::suppressed_report(), verbose()), HasSubstr("tests/c.py:6:9"));
}

TEST(TextReport, LastLineSaysWhatToTypeNext) {
  EXPECT_THAT(render(test::findings_report()), EndsWith("hfscan rules explain HF1001\n"));
  EXPECT_THAT(render(test::findings_report()), HasSubstr(kTokenSettingsUrl));
}

// The page of user tokens does not revoke other credentials, and must not be named for them.
TEST(TextReport, SettingsPageIsNotNamedForOtherCredentials) {
  Report report = test::empty_report();
  report.findings.push_back(test::token_at({"a.py", 1, 1}, "one"));
  report.findings[0].secret->kind = CredentialKind::s3_secret_key;
  test::finish(report);
  EXPECT_THAT(render(report), Not(HasSubstr(kTokenSettingsUrl)));
}

TEST(TextReport, ReasonOfARuleIsToldOnce) {
  const std::string text = render(test::hostile_report());
  EXPECT_EQ(text.find("= why:"), text.rfind("= why:"));
  EXPECT_NE(text.find("= why:"), std::string::npos);
}

TEST(GroupBySecret, JoinsOneSecretOfOneRuleAndNothingElse) {
  const Report report = test::findings_report();
  const std::vector<FindingGroup> groups = group_by_secret(shown_findings(report, {}));
  ASSERT_EQ(groups.size(), 4U);
  std::size_t members = 0;
  for (const FindingGroup& group : groups) {
    members += 1 + group.others.size();
    for (const Finding* other : group.others) EXPECT_EQ(other->secret->id, group.first->secret->id);
  }
  EXPECT_EQ(members, report.findings.size());
}

TEST(TextReport, ExpiredIsOnlySaidWhenTheReaderHasAClock) {
  ReportOptions options = test::sample_options();
  EXPECT_THAT(render(test::triage_report(), options), Not(HasSubstr("(expired)")));
  options.now = 1767254399;
  EXPECT_THAT(render(test::triage_report(), options), Not(HasSubstr("(expired)")));
  options.now = 1767254400;
  EXPECT_THAT(render(test::triage_report(), options), HasSubstr("expires 2026-01-01T08:00:00Z (expired)\n"));
}

TEST(TextReport, RelatedPlacesAreOneLine) {
  EXPECT_THAT(render(test::triage_report()), HasSubstr("= related: its id HFAK…(24) at 2:9, its id HFAK…(20) at 7:1\n"));
}

TEST(TextReport, SecretWithoutAnIdIsNamedByItsMask) {
  EXPECT_THAT(render(test::triage_report()), HasSubstr("= secret: …(20), not hashed, as it could be guessed\n"));
}

}  // namespace
}  // namespace hfscan
