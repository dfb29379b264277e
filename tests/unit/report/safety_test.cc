// What holds for every format: it prints nothing that a terminal acts on, and nothing that was to stay behind.
#include <gtest/gtest.h>

#include <algorithm>

#include <sstream>

#include "base/encoding.h"
#include "base/json.h"
#include "base/utf.h"
#include "report/reporter.h"
#include "unit/report/sample_reports.h"

namespace hfscan {
namespace {

std::string render(const ReportFormat& format, const test::Sample& sample) {
  std::ostringstream out;
  EXPECT_TRUE(format.write(sample.report, sample.options, out).ok());
  return out.str();
}

// The sequences that the colour option itself adds.
std::string without_colours(std::string text) {
  for (std::size_t begin = text.find("\x1b["); begin != std::string::npos; begin = text.find("\x1b[", begin)) {
    const std::size_t end = text.find_first_not_of("0123456789;", begin + 2);
    if (end == std::string::npos || text[end] != 'm') return text;
    text.erase(begin, end + 1 - begin);
  }
  return text;
}

// The first character that a terminal would act on, or none.
std::string dangerous_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCharacter next = decode_utf8(text, i);
    const std::string_view raw = text.substr(i, next.length);
    i += next.length;
    if (raw != "\n" && escape_for_display(raw) != raw) return cat(escape_for_display(raw), " before ", text.substr(i, 20));
  }
  return "";
}

template <typename Check>
void for_each_output(Check check) {
  for (const test::Sample& sample : test::samples()) {
    for (const ReportFormat& format : report_formats()) {
      SCOPED_TRACE(cat(sample.name, " as ", format.name));
      check(format, sample, render(format, sample));
    }
  }
}

TEST(EveryFormat, PrintsNothingThatATerminalActsOn) {
  for_each_output([](const ReportFormat&, const test::Sample& sample, const std::string& output) {
    EXPECT_EQ(dangerous_character(sample.options.colour ? without_colours(output) : output), "");
  });
}

TEST(EveryFormat, HostileNamesStayHarmlessInColourToo) {
  test::Sample sample{"hostile", test::hostile_report()};
  sample.options.colour = true;
  const std::string output = render(*report_format_by_name("text"), sample);
  EXPECT_EQ(dangerous_character(without_colours(output)), "");
  EXPECT_EQ(output.find("\x1b[2J"), std::string::npos);
}

// A line end in a name must not begin a line: CI systems read commands from there.
TEST(EveryFormat, NoNameOrMessageBeginsALine) {
  for_each_output([](const ReportFormat&, const test::Sample&, const std::string& output) {
    EXPECT_EQ(output.find("\n::error"), std::string::npos);
    EXPECT_EQ(output.find("\nline::error"), std::string::npos);
  });
}

TEST(EveryFormat, NeverShowsWhatWasToStayBehind) {
  const std::string secret = test::planted_secret();
  const std::string encoded = base64_encode(secret);
  for_each_output([&](const ReportFormat&, const test::Sample& sample, const std::string& output) {
    const std::vector<Finding>& findings = sample.report.findings;
    const auto holds = [&secret](const Finding& finding) { return finding.hit_text == secret; };
    EXPECT_TRUE(findings.empty() || std::any_of(findings.begin(), findings.end(), holds)) << "the secret is planted";
    EXPECT_EQ(output.find(secret), std::string::npos);
    EXPECT_EQ(output.find(encoded.substr(0, 40)), std::string::npos);
    EXPECT_EQ(output.find(hex_encode(secret)), std::string::npos);
  });
}

TEST(EveryFormat, IsValidUtf8) {
  for_each_output(
      [](const ReportFormat&, const test::Sample&, const std::string& output) { EXPECT_TRUE(is_valid_utf8(output)); });
}

TEST(EveryFormat, GivesTheSameBytesTwice) {
  for_each_output([](const ReportFormat& format, const test::Sample& sample, const std::string& output) {
    EXPECT_EQ(render(format, sample), output);
  });
}

TEST(EveryFormat, OfJsonCanBeReadBack) {
  for_each_output([](const ReportFormat& format, const test::Sample&, const std::string& output) {
    if (format.name == "text") return;
    if (format.name != "jsonl") {
      EXPECT_TRUE(parse_json(output, "report").ok());
      return;
    }
    for (const std::string_view line : split_lines(output)) EXPECT_TRUE(parse_json(line, "line").ok()) << line;
  });
}

}  // namespace
}  // namespace hfscan
