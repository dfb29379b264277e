#include "report/sarif.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/encoding.h"
#include "base/json.h"
#include "base/utf.h"
#include "report/sarif_parts.h"
#include "report/uri.h"
#include "unit/report/sample_reports.h"

namespace hfscan {
namespace {

Json run_of(const Report& report, const ReportOptions& options = test::sample_options()) {
  std::ostringstream out;
  EXPECT_TRUE(write_sarif_report(report, options, out).ok());
  const Result<Json> document = parse_json(out.str(), "report");
  EXPECT_TRUE(document.ok());
  return document.ok() ? document.value()["runs"][0] : Json();
}

std::size_t notices(const Json& run, const std::string& id) {
  std::size_t count = 0;
  const Json& invocation = run["invocations"][0];
  if (!invocation.contains("toolExecutionNotifications")) return 0;
  for (const Json& notice : invocation["toolExecutionNotifications"]) count += notice["descriptor"]["id"] == id ? 1U : 0U;
  return count;
}

std::string percent_decoded(const std::string& uri) {
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    path += uri[i] == '%' ? hex_decode(uri.substr(i + 1, 2)).value_or("?") : std::string(1, uri[i]);
    if (uri[i] == '%') i += 2;
  }
  return path;
}

TEST(PathToUri, AnyBytesComeBackAndNoneAreSpecial) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::string uri = path_to_uri(all);
  EXPECT_EQ(percent_decoded(uri), all);
  EXPECT_EQ(uri.find_first_of(":?#[]@ \"<>\\^`{|}"), std::string::npos);
  EXPECT_EQ(path_to_uri("src/a b.py"), "src/a%20b.py");
  EXPECT_EQ(path_to_uri("c:/x\xFF"), "c%3A/x%FF");
}

TEST(Sarif, LimitKeepsTheMostSevereAndSaysWhatItLeftOut) {
  const Report report = test::huge_report();
  const Json run = run_of(report);
  ASSERT_EQ(run["results"].size(), kMaxSarifResults);
  EXPECT_EQ(sarif_results_left_out(report, {}), 1000U);
  EXPECT_EQ(notices(run, "HFD002"), 1U);
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const Json& result : run["results"]) {
    errors += result["level"] == "error" ? 1U : 0U;
    warnings += result["level"] == "warning" ? 1U : 0U;
  }
  EXPECT_EQ(errors, 3000U);
  EXPECT_EQ(warnings, 1500U);
}

TEST(Sarif, LimitedResultsKeepTheOrderOfTheReport) {
  const Json run = run_of(test::huge_report());
  std::pair<std::string, std::uint64_t> before;
  for (const Json& result : run["results"]) {
    const Json& place = result["locations"][0]["physicalLocation"];
    const std::pair<std::string, std::uint64_t> here = {place["artifactLocation"]["uri"], place["region"]["startLine"]};
    ASSERT_LT(before, here);
    before = here;
  }
}

TEST(Sarif, WithinTheLimitNothingIsSaidOfIt) {
  EXPECT_EQ(sarif_results_left_out(test::findings_report(), {}), 0U);
  EXPECT_EQ(notices(run_of(test::findings_report()), "HFD002"), 0U);
}

TEST(Sarif, RelatedPlacesHaveARegionUnlessTheyAreInAnArchive) {
  Report report = test::triage_report();
  const auto related = [&report] { return run_of(report)["results"][2]["relatedLocations"]; };
  ASSERT_EQ(related().size(), 2U);
  EXPECT_EQ(related()[1]["id"], 2);
  EXPECT_EQ(related()[1]["physicalLocation"]["artifactLocation"]["uri"], "s3/credentials");
  EXPECT_EQ(related()[1]["physicalLocation"]["region"]["startLine"], 7);
  report.findings[2].location.container = "s3.zip";
  EXPECT_EQ(related()[1]["physicalLocation"]["artifactLocation"]["uri"], "s3.zip");
  EXPECT_FALSE(related()[1]["physicalLocation"].contains("region"));
}

TEST(Sarif, SecretThatCouldBeGuessedHasNoFingerprintOfItsOwn) {
  const Json results = run_of(test::triage_report())["results"];
  EXPECT_FALSE(results[0]["partialFingerprints"].contains("hfscanSecret/v1"));
  EXPECT_TRUE(results[1]["partialFingerprints"].contains("hfscanSecret/v1"));
}

TEST(Sarif, SuppressedFindingsAreLeftOutUnlessAskedFor) {
  const Report report = test::suppressed_report();
  const Json without = run_of(report);
  EXPECT_EQ(without["results"].size(), 1U);
  EXPECT_EQ(notices(without, "HFD003"), 1U);

  ReportOptions options = test::sample_options();
  options.sarif_include_suppressed = true;
  const Json with = run_of(report, options);
  ASSERT_EQ(with["results"].size(), 4U);
  EXPECT_EQ(notices(with, "HFD003"), 0U);
  EXPECT_EQ(with["results"][0]["suppressions"][0]["kind"], "inSource");
  EXPECT_EQ(with["results"][1]["suppressions"][0]["kind"], "external");
  EXPECT_EQ(with["results"][2]["baselineState"], "unchanged");
  EXPECT_EQ(with["results"][3]["baselineState"], "new");
  EXPECT_FALSE(with["results"][3].contains("suppressions"));
}

TEST(Sarif, IncompleteRunIsNotSuccessful) {
  const Json run = run_of(test::incomplete_report());
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], false);
  EXPECT_EQ(run["invocations"][0]["exitCode"], 3);
  EXPECT_EQ(notices(run, "HFD001"), 2U);
  EXPECT_EQ(run_of(test::clean_report())["invocations"][0]["executionSuccessful"], true);
}

TEST(Sarif, CategoryIsWrittenOnlyWhenAskedFor) {
  EXPECT_FALSE(run_of(test::clean_report()).contains("automationDetails"));
  ReportOptions options = test::sample_options();
  options.sarif_category = "nightly";
  EXPECT_EQ(run_of(test::clean_report(), options)["automationDetails"]["id"], "nightly/");
}

TEST(Sarif, ColumnsAreUtf16CodeUnits) {
  Report report = test::empty_report();
  Finding finding = test::token_at({"a.py", 1, 9}, "one");
  finding.location.range.utf16_start_column = 5;
  finding.location.range.utf16_end_column = 42;
  report.findings.push_back(finding);
  test::finish(report);
  const Json region = run_of(report)["results"][0]["locations"][0]["physicalLocation"]["region"];
  EXPECT_EQ(region["startColumn"], 5);
  EXPECT_EQ(region["endColumn"], 42);
}

TEST(Sarif, LineHashIsLeftOutWhenItIsNotKnown) {
  Report report = test::empty_report();
  report.findings.push_back(test::token_at({"a.py", 1, 9}, "one"));
  report.findings[0].line_hash.clear();
  test::finish(report);
  const Json prints = run_of(report)["results"][0]["partialFingerprints"];
  EXPECT_FALSE(prints.contains("primaryLocationLineHash"));
  EXPECT_TRUE(prints.contains("hfscanSecret/v1"));
}

TEST(Sarif, IndicesLeadToWhatTheyName) {
  for (const test::Sample& sample : test::samples()) {
    const Json run = run_of(sample.report, sample.options);
    const Json& rules = run["tool"]["driver"]["rules"];
    EXPECT_EQ(rules.size(), test::sample_rules().size()) << "all rules, hit or not";
    for (const Json& result : run["results"]) EXPECT_EQ(rules[result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
    for (const Json& rule : rules) {
      if (!rule.contains("relationships")) continue;
      for (const Json& relation : rule["relationships"]) {
        const Json& target = relation["target"];
        EXPECT_EQ(run["taxonomies"][0]["taxa"][target["index"].get<std::size_t>()]["id"], target["id"]);
      }
    }
  }
}

TEST(Sarif, SecuritySeverityThatIsNoNumberIsLeftOut) {
  const Json rules = run_of(test::clean_report())["tool"]["driver"]["rules"];
  EXPECT_EQ(rules[0]["properties"]["security-severity"], "9.8");
  EXPECT_FALSE(rules[2]["properties"].contains("security-severity"));
}

TEST(Sarif, DescriptionsStayWithinTheLimitOfGitHub) {
  Rule rule = test::bare_rule();
  for (int i = 0; i < 700; ++i) rule.what += "日😀";
  const Json described = sarif::rule(rule, {});
  const std::string text = described["fullDescription"]["text"];
  EXPECT_LE(utf16_length(text), 1024U);
  EXPECT_GE(utf16_length(text), 1020U);
  EXPECT_TRUE(is_valid_utf8(text));
}

// "[text](target)" in a name would be a link to wherever it says.
TEST(Sarif, EditsAreFixesInEveryFileTheyConcern) {
  Report report = test::suppressed_report();
  Rule rule = *report.findings[0].rule;
  rule.autofix = Autofix::safe;
  Finding& finding = report.findings[0];
  finding.disposition = Disposition::active;
  finding.rule = &rule;
  Edit own{{4, 9}, ""};
  own.range = {{1, 5}, {1, 10}, 5, 10};
  finding.edits = {own, {{0, 0}, ".env\n", "a b/.gitignore"}};
  const auto fixes = [&report, &finding] {
    Json run = run_of(report);
    for (Json& result : run["results"]) {
      if (result["fingerprints"]["hfscan/v1"] == to_hex(finding.fingerprint)) return result["fixes"];
    }
    return Json();
  };
  const Json shown = fixes();
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_NE(shown[0]["description"]["text"].get<std::string>().find("safe"), std::string::npos);
  ASSERT_EQ(shown[0]["artifactChanges"].size(), 2U);
  const Json& made = shown[0]["artifactChanges"][0];
  EXPECT_EQ(made["artifactLocation"]["uri"], "a%20b/.gitignore");
  EXPECT_EQ(made["replacements"][0]["insertedContent"]["text"], ".env\n");
  const Json& changed = shown[0]["artifactChanges"][1]["replacements"][0];
  EXPECT_EQ(changed["deletedRegion"]["byteOffset"], 4);
  EXPECT_EQ(changed["deletedRegion"]["byteLength"], 5);
  EXPECT_EQ(changed["deletedRegion"]["endColumn"], 10);
  EXPECT_FALSE(changed.contains("insertedContent"));
  rule.autofix = Autofix::review;
  EXPECT_NE(fixes()[0]["description"]["text"].get<std::string>().find("review"), std::string::npos);
  rule.autofix = Autofix::none;
  EXPECT_TRUE(fixes().is_null());
  rule.autofix = Autofix::safe;
  finding.edits[0].text = "hf_" + std::string(34, 'a');
  EXPECT_TRUE(fixes().is_null());
}

TEST(Sarif, NamesMakeNoLinks) {
  EXPECT_EQ(sarif::escape_message("[a](b)\\"), "\\[a\\](b)\\\\");
  EXPECT_EQ(sarif::escape_markdown("*a* <b>"), "\\*a\\* \\<b\\>");
  const Json run = run_of(test::hostile_report());
  for (const Json& result : run["results"]) {
    const std::string text = result["message"]["text"];
    for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at + 1)) {
      EXPECT_TRUE(text[at - 1] == '\\' || text.compare(at, 10, "](https://") == 0) << text;
    }
  }
}

const Json& result_of(const Json& run, const std::string& kind) {
  for (const Json& result : run["results"]) {
    if (result["properties"]["placeKind"] == kind) return result;
  }
  ADD_FAILURE() << "no result of a " << kind;
  return run;
}

TEST(SarifHistory, MessageIsNamedInTheGitFolderAndNeverAsAFile) {
  const Json run = run_of(test::history_report());
  const Json& message = result_of(run, "commit_message");
  const Json& place = message["locations"][0];
  EXPECT_EQ(place["physicalLocation"]["artifactLocation"]["uri"], ".git");
  EXPECT_EQ(place["physicalLocation"]["region"]["startLine"], 1);
  EXPECT_EQ(place["logicalLocations"][0]["fullyQualifiedName"], cat("message of commit ", test::object_id("message first")));
  EXPECT_TRUE(message["partialFingerprints"].contains("primaryLocationLineHash")) << "each message is an alert of its own";
}

TEST(SarifHistory, StoryIsInThePropertiesWithoutAnyPerson) {
  std::ostringstream out;
  ASSERT_TRUE(write_sarif_report(test::history_report(), test::sample_options(), out).ok());
  EXPECT_EQ(out.str().find("example.com"), std::string::npos);
  EXPECT_EQ(out.str().find("Jane"), std::string::npos);
  const Json run = run_of(test::history_of({test::removed_secret()}));
  const Json& properties = run["results"][0]["properties"];
  EXPECT_EQ(properties["story"]["first"]["commit"], test::object_id("removed first"));
  EXPECT_EQ(properties["story"]["first"]["date"], "2025-03-01T00:00:00Z");
  EXPECT_EQ(properties["story"]["inHead"], false);
  EXPECT_EQ(properties["introduced"].size(), 2U);
  EXPECT_EQ(properties["refs"].size(), 3U);
}

TEST(SarifHistory, ListsAreBoundedAndPathsInHeadComeFirst) {
  const Json crowded = run_of(test::crowded_history_report());
  EXPECT_EQ(crowded["results"][0]["relatedLocations"].size(), 10U);
  EXPECT_EQ(crowded["results"][0]["properties"]["introduced"].size(), 20U);
  EXPECT_EQ(crowded["results"][0]["properties"]["places"], 500);
  const Json published = run_of(test::history_of({test::published_secret()}));
  const Json& related = published["results"][0]["relatedLocations"];
  ASSERT_EQ(related.size(), 2U);
  EXPECT_EQ(related[0]["physicalLocation"]["artifactLocation"]["uri"], "docs/usage.md");
}

TEST(SarifHistory, HasACategoryOfItsOwnUnlessOneIsGiven) {
  EXPECT_EQ(run_of(test::history_report())["automationDetails"]["id"], "hfscan/history/");
  ReportOptions options = test::sample_options();
  options.sarif_category = "nightly";
  EXPECT_EQ(run_of(test::history_report(), options)["automationDetails"]["id"], "nightly/");
  EXPECT_FALSE(run_of(test::findings_report()).contains("automationDetails"));
}

}  // namespace
}  // namespace hfscan
