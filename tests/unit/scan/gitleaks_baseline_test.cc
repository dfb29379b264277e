#include "scan/gitleaks_baseline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"
#include "unit/scan/report_builder.h"

namespace hfscan {
namespace {

using test::active_count;
using test::make_token;
using test::ReportBuilder;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

Json entry(const std::string& file, const std::string& secret, const std::string& rule = "huggingface-access-token") {
  return {{"RuleID", rule}, {"File", file}, {"Secret", secret}, {"Match", "t=" + secret}, {"StartLine", 3}};
}

GitleaksBaseline parsed(const Json& report) {
  const auto result = parse_gitleaks_report(dump_pretty(report), "leaks.json");
  EXPECT_TRUE(result.ok()) << result.error().message;
  return result.ok() ? *result : GitleaksBaseline();
}

TEST(GitleaksBaseline, KnowsASecretByItsHashAtItsPathOnly) {
  const GitleaksBaseline baseline = parsed(Json::array({entry("./a.py", make_token(1))}));
  Report report = ReportBuilder().add("a.py", make_token(1), 50).add("a.py", make_token(2)).add("b.py", make_token(1)).report;
  EXPECT_EQ(apply_gitleaks_baseline(baseline, report), 1U);
  EXPECT_EQ(report.findings[0].disposition, Disposition::baselined);
  EXPECT_EQ(report.findings[0].justification, "known in leaks.json");
  EXPECT_EQ(active_count(report), 2U);
  EXPECT_THAT(report.notes, IsEmpty());
}

TEST(GitleaksBaseline, RuleOfOursThatReportsTheTokenDoesNotMatter) {
  const GitleaksBaseline baseline = parsed(Json::array({entry("a.py", make_token(1))}));
  Report report = ReportBuilder().add("a.py", make_token(1), 1, test::url_rule()).report;
  EXPECT_EQ(apply_gitleaks_baseline(baseline, report), 1U);
}

TEST(GitleaksBaseline, RedactedEntriesHideAsManyFindingsAsTheyAreAndSaySo) {
  for (const std::string& mark :
       {std::string("REDACTED"), make_token(1).substr(0, 9) + "...", make_token(1).substr(0, 20), std::string()}) {
    const GitleaksBaseline baseline = parsed(Json::array({entry("a.py", mark)}));
    Report report = ReportBuilder().add("a.py", make_token(1)).add("a.py", make_token(2)).add("b.py", make_token(3)).report;
    EXPECT_EQ(apply_gitleaks_baseline(baseline, report), 1U);
    EXPECT_EQ(active_count(report), 2U);
    ASSERT_THAT(report.notes, SizeIs(1));
    EXPECT_THAT(report.notes[0], AllOf(HasSubstr("1 entry of leaks.json"), HasSubstr("by rule and file only")));
  }
}

TEST(GitleaksBaseline, RedactedEntryOfTheOtherTokenKindDoesNotMatch) {
  const GitleaksBaseline baseline = parsed(Json::array({entry("a.py", "REDACTED", "huggingface-organization-api-token")}));
  Report report = ReportBuilder().add("a.py", make_token(1)).report;
  EXPECT_EQ(apply_gitleaks_baseline(baseline, report), 0U);
}

TEST(GitleaksBaseline, FindingWithAPlaceThatIsNotKnownStaysActive) {
  const GitleaksBaseline baseline = parsed(Json::array({entry("a.py", make_token(1)), entry("a.py", "REDACTED")}));
  Report report = ReportBuilder().add("a.py", make_token(1)).occurs_at("a.py").occurs_at("new.py").report;
  EXPECT_EQ(apply_gitleaks_baseline(baseline, report), 0U);
}

TEST(GitleaksBaseline, EntriesOfOtherRulesAreCountedInANote) {
  const GitleaksBaseline baseline = parsed(Json::array({entry("a", "x", "aws-access-token"), entry("b", "y", "jwt")}));
  Report report;
  apply_gitleaks_baseline(baseline, report);
  ASSERT_THAT(report.notes, SizeIs(1));
  EXPECT_THAT(report.notes[0], HasSubstr("2 entries of leaks.json not used"));
}

TEST(GitleaksBaseline, ErrorsNeverQuoteTheReport) {
  const std::string token = make_token(1);
  for (const std::string& text :
       {token, "[\"" + token + "\"]", "{\"Secret\": \"" + token + "\"}", std::string("[{\"RuleID\": 1}]"),
        "[{\"RuleID\": \"x\", \"File\": \"f\", \"Secret\": \"" + token, std::string("[1]")}) {
    const auto result = parse_gitleaks_report(text, "leaks.json");
    ASSERT_FALSE(result.ok());
    EXPECT_THAT(result.error().message, AllOf(HasSubstr("leaks.json: "), Not(HasSubstr(token.substr(3, 8)))));
  }
}

TEST(GitleaksBaseline, IsToldApartFromOurOwnFormat) {
  EXPECT_TRUE(looks_like_gitleaks_report("\n [\n"));
  EXPECT_TRUE(looks_like_gitleaks_report("{"));
  EXPECT_FALSE(looks_like_gitleaks_report("# hfscan-baseline 1\n"));
  EXPECT_FALSE(looks_like_gitleaks_report(""));
}

}  // namespace
}  // namespace hfscan
