#include "report/json_report.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/encoding.h"
#include "report/json_text.h"
#include "unit/report/sample_reports.h"

namespace hfscan {
namespace {

Json document_of(const Report& report) {
  std::ostringstream out;
  EXPECT_TRUE(write_json_report(report, test::sample_options(), out).ok());
  Result<Json> document = parse_json(out.str(), "report");
  EXPECT_TRUE(document.ok());
  return document.ok() ? document.value() : Json();
}

TEST(JsonReport, EveryPathComesBackExactly) {
  const Report report = test::hostile_report();
  const Json document = document_of(report);
  ASSERT_EQ(document["findings"].size(), report.findings.size());
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Json& location = document["findings"][i]["location"];
    const bool encoded = location.contains("path_base64");
    const std::string path =
        encoded ? base64_decode_lenient(location["path_base64"].get<std::string>()) : location["path"].get<std::string>();
    EXPECT_EQ(path, report.findings[i].location.path);
  }
}

TEST(JsonReport, DocumentAndLinesHoldTheSame) {
  const Report report = test::findings_report();
  const Json document = document_of(report);
  std::ostringstream out;
  ASSERT_TRUE(write_jsonl_report(report, test::sample_options(), out).ok());
  Json joined = Json::object();
  Json findings = Json::array();
  const std::string text = out.str();
  for (const std::string_view line : split_lines(text)) {
    Json value = parse_json(line, "line").value();
    const std::string record = value["record"];
    value.erase("record");
    if (record == "finding") {
      findings.push_back(value);
    } else {
      joined.update(value);
    }
  }
  joined["findings"] = findings;
  // Unordered: the end of the lines comes after the findings.
  EXPECT_EQ(nlohmann::json(joined), nlohmann::json(document));
}

TEST(JsonReport, SecretIsAbsentWhereThereIsNone) {
  const Json document = document_of(test::findings_report());
  for (const Json& finding : document["findings"]) EXPECT_EQ(finding.contains("secret"), finding["rule"] == "HF1001");
}

TEST(JsonReport, TriageIsToldInFieldsOfItsOwn) {
  const Json findings = document_of(test::triage_report())["findings"];
  ASSERT_EQ(findings.size(), 3U);
  const Json& guessable = findings[0];  // sorted by path: hook.env, logs, s3
  EXPECT_FALSE(guessable["secret"].contains("sha256"));
  EXPECT_EQ(guessable["secret"]["kind"], "webhook_secret");
  EXPECT_FALSE(guessable.contains("expires"));
  EXPECT_FALSE(guessable.contains("related"));
  EXPECT_EQ(findings[1]["expires"], "2026-01-01T08:00:00Z");
  ASSERT_EQ(findings[2]["related"].size(), 2U);
  EXPECT_EQ(findings[2]["related"][0]["message"], "its id HFAK…(24)");
  EXPECT_EQ(findings[2]["related"][0]["start"]["line"], 2);
  EXPECT_EQ(findings[2]["related"][0]["end"]["column"], 33);
}

TEST(JsonReport, StoryIsThatOfTheHistory) {
  const Json document = document_of(test::history_of({test::published_secret()}));
  const Json& story = document["findings"][0]["story"];
  EXPECT_EQ(story["first"]["commit"], test::object_id("published first"));
  EXPECT_EQ(story["first"]["date"], "2025-03-10T00:00:00Z");
  EXPECT_EQ(story["first"]["author"], "Zoë 日本 <zoe@example.com>");
  EXPECT_FALSE(story.contains("gone"));
  EXPECT_EQ(story["in_head"], true);
  EXPECT_EQ(story["pushed"], true);
  EXPECT_EQ(story["refs"].size(), 7U);
  EXPECT_EQ(story["other_refs"], 3);
  EXPECT_EQ(document["findings"][0]["occurrences"][0]["other_refs"], 3);
}

TEST(JsonReport, NothingOfAHistoryIsSaidThatIsNotKnown) {
  const Json findings = document_of(test::history_of({test::unreachable_secret()}))["findings"];
  EXPECT_FALSE(findings[0]["occurrences"][0].contains("other_refs"));
  EXPECT_FALSE(findings[0]["story"].contains("other_refs"));
  const Json usual = document_of(test::findings_report())["findings"];
  for (const Json& finding : usual) EXPECT_FALSE(finding.contains("story"));
  const Json hostile = document_of(test::hostile_history_report())["findings"];
  for (const Json& finding : hostile) {
    if (finding["location"]["path"] != "refs/heads/hf_…(37)") {
      EXPECT_FALSE(finding["story"]["first"].contains("date")) << "before 1970";
      EXPECT_FALSE(finding["story"]["last"].contains("date")) << "after 9999";
    }
  }
}

TEST(JsonReport, CutsNoListOfPlaces) {
  const Json document = document_of(test::crowded_history_report());
  EXPECT_EQ(document["findings"][0]["occurrences"].size(), 500U);
}

TEST(EscapeForTerminals, KeepsTheValue) {
  const Json value = {{"a",
                       "x\x7F"
                       "\xC2\x9B"
                       "31m\xE2\x80\xAE"
                       "…日😀\xEF\xBB\xBF"}};
  const std::string text = escape_for_terminals(dump_line(value));
  EXPECT_EQ(text, "{\"a\":\"x\\u007f\\u009b31m\\u202e…日😀\\ufeff\"}");
  EXPECT_EQ(parse_json(text, "text").value(), value);
}

}  // namespace
}  // namespace hfscan
