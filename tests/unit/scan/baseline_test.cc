#include "scan/baseline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/text.h"
#include "unit/scan/report_builder.h"

namespace hfscan {
namespace {

using test::active_count;
using test::make_token;
using test::ReportBuilder;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

const std::string kHeader = "# hfscan-baseline 1\n";

Baseline parsed(std::string_view text) {
  const auto result = parse_baseline(text, "base");
  EXPECT_TRUE(result.ok()) << result.error().message;
  return result.ok() ? *result : Baseline();
}

std::string error_of(std::string_view text) {
  const auto result = parse_baseline(text, "base");
  EXPECT_FALSE(result.ok());
  return result.ok() ? "" : result.error().message;
}

std::string entry_line(char digit, std::string_view tail) { return cat(std::string(64, digit), " HF1001 ", tail, "\n"); }

std::string random_text(std::mt19937& random, std::size_t max_length) {
  static const std::vector<std::string> pieces = {
      "a",    "Z",    "/",    ".", " ", "\t",           "\n", "\r", "\\",      "\\x",
      "\x01", "\xff", "\xc3", "é", "…", "\xE2\x80\xAE", "#",  ":",  "=======", std::string(1, '\0')};
  std::string text;
  const std::size_t count = random() % max_length;
  for (std::size_t i = 0; i < count; ++i) text += pieces[random() % pieces.size()];
  return text;
}

TEST(Baseline, ParsingWhatWasWrittenGivesTheSameEntries) {
  std::mt19937 random(20240607);
  for (int round = 0; round < 300; ++round) {
    ReportBuilder builder;
    for (std::size_t i = 0; i < random() % 12; ++i) builder.add(random_text(random, 40), make_token(random() % 5));
    Rule odd;
    odd.id = cat("R", random_text(random, 6));
    builder.add(random_text(random, 40), make_token(9), 1, odd);
    const Baseline made = make_baseline(builder.report, "base", random_text(random, 20));
    const std::string text = serialise_baseline(made);
    const Baseline again = parsed(text);
    ASSERT_EQ(again.entries, made.entries) << text;
    ASSERT_EQ(serialise_baseline(again), text);
    ASSERT_EQ(split_lines(text).size(), made.entries.size() + 1);
  }
}

TEST(Baseline, LongestFieldsStillFitOnALine) {
  ReportBuilder builder;
  builder.add(std::string(100000, '\x01'), make_token(1));
  const Baseline made = make_baseline(builder.report, "base", std::string(100000, '\x02'));
  EXPECT_EQ(parsed(serialise_baseline(made)).entries, made.entries);
}

TEST(Baseline, HoldsNoSecretEvenWhenPathAndReasonDo) {
  const std::string token = make_token(7);
  for (std::size_t shift : {0U, 990U, 1000U, 1010U, 4060U, 4080U}) {
    ReportBuilder builder;
    builder.add(std::string(shift, '-') + token, token);
    const std::string text = serialise_baseline(make_baseline(builder.report, "base", std::string(shift, '-') + token));
    EXPECT_EQ(text.find(token.substr(3, 12)), std::string::npos) << shift;
  }
}

TEST(Baseline, MovedLinesStayKnown) {
  const Report before = ReportBuilder().add("a.py", make_token(1), 3).report;
  Report after = ReportBuilder().add("a.py", make_token(1), 900).report;
  EXPECT_EQ(apply_baseline(make_baseline(before, "base", "old, revoked"), after), 1U);
  EXPECT_EQ(after.findings[0].disposition, Disposition::baselined);
  EXPECT_EQ(after.findings[0].justification, "known in base: old, revoked");
}

TEST(Baseline, NewSecretOnTheSameLineStillFires) {
  const Report before = ReportBuilder().add("a.py", make_token(1), 3).report;
  Report after = ReportBuilder().add("a.py", make_token(1), 3).add("a.py", make_token(2), 3).report;
  apply_baseline(make_baseline(before, "base", ""), after);
  EXPECT_EQ(after.findings[0].disposition, Disposition::baselined);
  EXPECT_EQ(after.findings[1].disposition, Disposition::active);
}

TEST(Baseline, SecondCopyOfAKnownTokenIsNew) {
  const Baseline one = make_baseline(ReportBuilder().add("a.py", make_token(1)).report, "base", "");
  Report two = ReportBuilder().add("a.py", make_token(1)).add("a.py", make_token(1), 8).report;
  EXPECT_EQ(apply_baseline(one, two), 1U);
  EXPECT_EQ(active_count(two), 1U);
  const Baseline both = make_baseline(ReportBuilder().add("a.py", make_token(1)).add("a.py", make_token(1)).report, "b", "");
  EXPECT_EQ(both.entries.size(), 2U);
}

TEST(Baseline, OnlyActiveFindingsAreTouchedOrTakenUp) {
  Report report = ReportBuilder().add("a.py", make_token(1)).report;
  const Baseline known = make_baseline(report, "base", "");
  report.findings[0].disposition = Disposition::ignored_inline;
  EXPECT_EQ(apply_baseline(known, report), 0U);
  EXPECT_EQ(report.findings[0].disposition, Disposition::ignored_inline);
  EXPECT_TRUE(make_baseline(report, "base", "").entries.empty());
}

TEST(Baseline, SameFindingsInAnyOrderGiveTheSameBytes) {
  ReportBuilder builder;
  for (std::uint64_t i = 0; i < 30; ++i) builder.add(cat("f", std::to_string(i)), make_token(i));
  const std::string text = serialise_baseline(make_baseline(builder.report, "base", "r"));
  std::mt19937 random(1);
  std::shuffle(builder.report.findings.begin(), builder.report.findings.end(), random);
  EXPECT_EQ(serialise_baseline(make_baseline(builder.report, "base", "r")), text);
  std::vector<std::string_view> lines = split_lines(text);
  EXPECT_TRUE(std::is_sorted(lines.begin() + 1, lines.end()));
}

TEST(Baseline, PruneDropsWhatIsGoneAndCounts) {
  Baseline known = make_baseline(ReportBuilder().add("a", make_token(1)).add("b", make_token(2)).report, "base", "");
  Report now = ReportBuilder().add("b", make_token(2)).report;
  apply_baseline(known, now);
  const auto change = prune_baseline(known, now);
  ASSERT_TRUE(change.ok());
  EXPECT_EQ(change->dropped, 1U);
  EXPECT_EQ(change->kept, 1U);
  EXPECT_EQ(known.entries.at(0).path, "b");
}

TEST(Baseline, PruneAfterAnIncompleteScanIsRefused) {
  Baseline known = make_baseline(ReportBuilder().add("a", make_token(1)).report, "base", "");
  Report unreadable;
  unreadable.complete = false;
  const auto change = prune_baseline(known, unreadable);
  ASSERT_FALSE(change.ok());
  EXPECT_THAT(change.error().message, HasSubstr("incomplete"));
  EXPECT_EQ(known.entries.size(), 1U);
}

TEST(Baseline, UpdateAddsWhatIsNewAndKeepsOldReasons) {
  Baseline known = make_baseline(ReportBuilder().add("a", make_token(1)).report, "base", "first");
  const Report now = ReportBuilder().add("a", make_token(1)).add("b", make_token(2)).report;
  const BaselineChange change = update_baseline(known, now, "second");
  EXPECT_EQ(change.added, 1U);
  EXPECT_EQ(change.kept, 1U);
  for (const BaselineEntry& entry : known.entries) EXPECT_EQ(entry.reason, entry.path == "a" ? "first" : "second");
}

TEST(Baseline, MergeIsTheUnionWhicheverWayGitMadeIt) {
  ReportBuilder left;
  ReportBuilder right;
  for (std::uint64_t i = 0; i < 10; ++i) (i < 6 ? left : right).add("f", make_token(i));
  right.add("f", make_token(0));
  const Baseline a = make_baseline(left.report, "base", "");
  const Baseline b = make_baseline(right.report, "base", "why");
  const Baseline merged = merge_baselines(a, b);
  EXPECT_EQ(merged.entries.size(), 10U);
  EXPECT_EQ(merged.entries, merge_baselines(b, a).entries);
  const std::string lines_of_b = serialise_baseline(b).substr(kHeader.size());
  EXPECT_EQ(parsed(serialise_baseline(a) + lines_of_b).entries, merged.entries) << "merge=union of git";
}

TEST(BaselineFile, WindowsLineEndsCommentsAndMissingLastLineEndAreFine) {
  const std::string line = entry_line('a', "x y.py\tbecause");
  const Baseline baseline = parsed("# hfscan-baseline 1\r\n# note\r\n\r\n" + line.substr(0, line.size() - 1));
  ASSERT_EQ(baseline.entries.size(), 1U);
  EXPECT_EQ(baseline.entries[0].path, "x y.py");
  EXPECT_EQ(baseline.entries[0].reason, "because");
}

TEST(BaselineFile, NoLineEndsInASpaceThatAnEditorWouldStrip) {
  const std::string text = serialise_baseline(make_baseline(ReportBuilder().add(" a ", make_token(1)).report, "base", ""));
  EXPECT_THAT(text, EndsWith(" \\x20a\\x20\n"));
}

TEST(BaselineFile, ErrorsNameTheLineAndQuoteNothing) {
  const std::string token = make_token(3);
  for (const std::string& bad :
       {token, std::string(63, 'a') + " HF1001 p", std::string(64, 'a'), std::string(64, 'a') + "  p",
        std::string(64, 'a') + " HF1001 p\\q", std::string(64, 'a') + " HF1001 p\\x4", std::string(65, 'a') + " HF1001 p"}) {
    EXPECT_THAT(error_of(kHeader + entry_line('b', "ok") + bad + "\n"),
                AllOf(HasSubstr("base:3: not an entry"), Not(HasSubstr(token.substr(3, 8)))));
  }
}

TEST(BaselineFile, HeaderIsRequired) {
  EXPECT_THAT(error_of(""), HasSubstr("base:1: not a baseline"));
  EXPECT_THAT(error_of(entry_line('a', "p")), HasSubstr("base:1: not a baseline"));
  EXPECT_THAT(error_of("# hfscan-baseline 2\n"), HasSubstr("another version"));
}

TEST(BaselineFile, UnfinishedMergeIsNamedAsSuch) {
  EXPECT_THAT(error_of(kHeader + "<<<<<<< HEAD\n"), HasSubstr("base:2: conflict marker"));
}

TEST(BaselineFile, HostileContentIsRefused) {
  EXPECT_THAT(error_of(std::string(kMaxBaselineSize + 1, '#')), HasSubstr("larger than"));
  EXPECT_THAT(error_of(kHeader + entry_line('a', std::string("p\0q", 3))), HasSubstr("base:2: a NUL byte"));
  EXPECT_THAT(error_of(kHeader + entry_line('a', std::string(40000, 'p'))), HasSubstr("base:2: line longer"));
}

}  // namespace
}  // namespace hfscan
