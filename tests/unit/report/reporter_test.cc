#include "report/reporter.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "report/view.h"
#include "unit/report/sample_reports.h"

namespace hfscan {
namespace {

std::string_view format_of(std::string_view path) {
  const ReportFormat* format = report_format_by_path(path);
  return format == nullptr ? "none" : format->name;
}

TEST(ReportFormats, NamesAndExtensionsAreUniqueAndLeadBack) {
  std::set<std::string_view> seen;
  for (const ReportFormat& format : report_formats()) {
    EXPECT_TRUE(seen.insert(format.name).second) << format.name;
    EXPECT_EQ(report_format_by_name(format.name), &format);
    ASSERT_FALSE(format.extensions.empty()) << format.name;
    for (const std::string_view extension : format.extensions) {
      EXPECT_TRUE(seen.insert(extension).second) << extension;
      EXPECT_EQ(format_of(cat("out", extension)), format.name);
    }
  }
}

TEST(ReportFormats, PathIsChosenByItsLongestExtension) {
  EXPECT_EQ(format_of("out/results.sarif.json"), "sarif");
  EXPECT_EQ(format_of("results.sarif"), "sarif");
  EXPECT_EQ(format_of("sarif.json"), "json");
  EXPECT_EQ(format_of("a.ndjson"), "jsonl");
  EXPECT_EQ(format_of("a.jsonl"), "jsonl");
  EXPECT_EQ(format_of("REPORT.TXT"), "text");
}

TEST(ReportFormats, UnknownNameOrExtensionIsNone) {
  EXPECT_EQ(report_format_by_name("xml"), nullptr);
  EXPECT_EQ(report_format_by_name(""), nullptr);
  EXPECT_EQ(format_of("report"), "none");
  EXPECT_EQ(format_of("json"), "none");
  EXPECT_EQ(format_of("a.json.bak"), "none");
}

TEST(ReportFormats, StreamThatTakesNoMoreIsAnError) {
  for (const ReportFormat& format : report_formats()) {
    std::ostringstream out;
    out.setstate(std::ios::badbit);
    EXPECT_FALSE(format.write(test::findings_report(), test::sample_options(), out).ok()) << format.name;
  }
}

TEST(ReportFormats, LookAlikesAreHiddenAndCountedByAllFormatsAlike) {
  const Report report = test::look_alike_report();
  ReportOptions options = test::sample_options();
  EXPECT_EQ(shown_findings(report, options).size(), 0U);
  EXPECT_EQ(hidden_look_alikes(report, options), 3U);
  options.paranoid = true;
  EXPECT_EQ(shown_findings(report, options).size(), 1U);
  EXPECT_EQ(hidden_look_alikes(report, options), 2U);
}

}  // namespace
}  // namespace hfscan
